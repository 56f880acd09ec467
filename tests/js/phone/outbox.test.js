import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, withPhoto } from "../../../static/js/phone/draft.js";
import { answered, due, hurried, nextAt, nextStep, pause, saved, withToken } from "../../../static/js/phone/outbox.js";

const NOW = 1_000_000;
const item = (id = "a", photos = []) =>
  photos.reduce(withPhoto, begin({ id, code: "KUMLAX", token: "t", theme: "belysning", at: NOW - 5_000 }));
const waiting = (id, photos) => saved(item(id, photos), NOW, false);
const observation = { kind: "observation", id: "a" };
const photo = { kind: "photo", id: "p1" };
const problem = (status, detail = "Nej.") => ({ status, body: { status, detail } });

for (const [what, answer] of [
  ["no answer", { status: 0, body: null }],
  ["a captive portal's 200", { status: 200, body: null }],
  ["a 200 with another id", { status: 200, body: { id: "b", receipt: "X" } }],
  ["a 200 with an array", { status: 200, body: [] }],
  ["a captive portal's 404", { status: 404, body: null }],
  ["a proxy's 403 in HTML", { status: 403, body: null }],
  ["a redirect", { status: 302, body: null }],
  ["401", problem(401)],
  ["408", problem(408)],
  ["429", problem(429)],
  ["500", problem(500)],
  ["503", problem(503)],
])
  for (const step of [observation, photo])
    test(`after ${what} to the ${step.kind} the item is kept and tried again`, () => {
      const { item: after, receipt, goOn } = answered(waiting("a", ["p1"]), step, answer, NOW);
      assert.equal(receipt, null);
      assert.equal(goOn, false);
      assert.equal(after.state, "waiting");
      assert.equal(after.photos[0].state, "waiting");
      assert.ok(after.retryAt > NOW);
      assert.equal(after.problem.status, answer.status);
    });

for (const status of [400, 404, 409, 410, 413, 415, 422])
  test(`a ${status} with a sentence sets the observation aside with that sentence`, () => {
    const { item: after } = answered(waiting("a"), observation, problem(status, "Texten är för lång."), NOW);
    assert.equal(after.state, "refused");
    assert.deepEqual(after.problem, { status, sentence: "Texten är för lång." });
    assert.equal(due([after], NOW + 1e9), undefined);
  });

test("a refused photo costs the observation nothing else", () => {
  const { item: after, goOn } = answered(waiting("a", ["p1", "p2"]), photo, problem(415, "Ingen bild."), NOW);
  assert.equal(after.state, "waiting");
  assert.deepEqual(after.photos[0], { id: "p1", state: "refused", sentence: "Ingen bild." });
  assert.ok(goOn);
  assert.deepEqual(nextStep(after), { kind: "photo", id: "p2" });
});

test("photos go first, then the observation, then the receipt", () => {
  let now = waiting("a", ["p1"]);
  assert.deepEqual(nextStep(now), photo);
  now = answered(now, photo, { status: 201, body: { id: "p1" } }, NOW).item;
  assert.deepEqual(nextStep(now), observation);
  const body = {
    id: "a",
    receipt: "ACEF-GHJK-MNPR",
    receipt_url: "/kvitto/ACEF-GHJK-MNPR",
    district_name: "Haga",
    photos: ["p1"],
  };
  assert.deepEqual(answered(now, observation, { status: 200, body }, NOW).receipt, {
    receipt: "ACEF-GHJK-MNPR",
    receiptUrl: "/kvitto/ACEF-GHJK-MNPR",
    district: "Haga",
    photos: ["p1"],
  });
});

test("a photo's receipt is not the observation's", () => {
  const { receipt } = answered(waiting("a", ["p1"]), photo, { status: 201, body: { id: "p1" } }, NOW);
  assert.equal(receipt, null);
});

test("the oldest goes first; one that waits lets the others pass; a draft is never sent", () => {
  const older = { ...waiting("a"), savedAt: NOW - 10 };
  const younger = waiting("b");
  assert.equal(due([younger, item("c"), older], NOW).id, "a");
  assert.equal(due([younger, { ...older, retryAt: NOW + 1 }], NOW).id, "b");
  assert.equal(nextAt([{ ...older, retryAt: NOW + 9 }, item("c")]), NOW + 9);
  assert.equal(nextAt([item("c")]), undefined);
});

test("pauses double up to five minutes", () => {
  assert.deepEqual([1, 2, 3, 4].map(pause), [2_000, 4_000, 8_000, 16_000]);
  assert.equal(pause(40), 300_000);
});

test("coverage or the button ends a pause, but not the wait for the fix of the tap", () => {
  const failed = answered(waiting("a"), observation, { status: 0, body: null }, NOW).item;
  assert.equal(hurried(failed).retryAt, 0);
  const coming = saved(item(), NOW, true);
  assert.equal(coming.retryAt, NOW - 5_000 + 20_000);
  assert.equal(hurried(coming), coming);
});

test("with a new token the photos go again, since they belong to the old one", () => {
  const sent = answered(waiting("a", ["p1"]), photo, { status: 201, body: { id: "p1" } }, NOW).item;
  assert.equal(withToken(sent, "t"), sent);
  assert.deepEqual(nextStep(withToken(sent, "new")), photo);
  assert.equal(withToken(sent, "new").token, "new");
});
