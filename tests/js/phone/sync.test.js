import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, withPhoto } from "../../../static/js/phone/draft.js";
import { memoryStore } from "../../../static/js/phone/memory.js";
import { saved } from "../../../static/js/phone/outbox.js";
import { Sync } from "../../../static/js/phone/sync.js";

const json = (status, body) => new Response(JSON.stringify(body), { status });

/** A server that keeps what it gets by its id; `plan` may answer first. */
const server = (plan = () => undefined) => {
  const kept = new Map();
  const calls = [];
  const fetch = async (url, options) => {
    const id = url.split("/").at(-1);
    calls.push({ url, id, token: options.headers.Authorization, body: options.body });
    const instead = await plan(calls.length, { id, url, keep: () => kept.set(id, options.body) });
    if (instead) return instead;
    const known = kept.has(id);
    kept.set(id, options.body);
    return json(known ? 200 : 201, {
      id,
      receipt: `R-${id}`,
      receipt_url: `/kvitto/R-${id}`,
      district_name: "Haga",
      photos: [],
    });
  };
  return { fetch, kept, calls };
};

const phone = async (fetch, { items = [], now = () => 1_000, code = "KUMLAX", token = "t" } = {}) => {
  const store = memoryStore();
  for (const item of items) {
    await store.put(item);
    for (const { id } of item.photos) await store.putPhoto(id, new Blob(["x"], { type: "image/jpeg" }));
  }
  const receipts = [];
  const sync = new Sync({
    store,
    fetch,
    now,
    stops: [],
    phone: { code, token },
    photoLost: "Fotot finns inte kvar.",
    urls: { observations: "/api/v1/observations/", photos: "/api/v1/photos/" },
    changed: () => {},
    kept: () => {},
    sent: (item, receipt) => receipts.push([item.id, receipt.receipt]),
  });
  const go = async () => {
    await sync.run();
    clearTimeout(sync.timer);
  };
  return { store, receipts, sync, go };
};

const waiting = (id, photos = [], at = 500) =>
  saved(photos.reduce(withPhoto, begin({ id, code: "KUMLAX", token: "t", theme: "belysning", at })), at, false);

test("without coverage nothing is lost and the next one is not tried in vain", async () => {
  const { fetch, calls } = server(() => {
    throw new TypeError("Failed to fetch");
  });
  const { store, go } = await phone(fetch, { items: [waiting("a"), waiting("b", [], 600)] });
  await go();
  assert.equal(calls.length, 1);
  assert.deepEqual(
    (await store.all()).map((item) => item.state),
    ["waiting", "waiting"],
  );
});

test("a receipt cut off after the server had kept it: sent again, counted once", async () => {
  let at = 1_000;
  const { fetch, kept } = server((n, { keep }) => {
    if (n > 1) return undefined;
    keep();
    throw new TypeError("network changed");
  });
  const { store, receipts, go } = await phone(fetch, { items: [waiting("a")], now: () => at });
  await go();
  assert.equal((await store.all()).length, 1);
  at += 60_000;
  await go();
  assert.deepEqual(receipts, [["a", "R-a"]]);
  assert.equal((await store.all()).length, 0);
  assert.equal(kept.size, 1);
});

test("a page of a captive portal is no receipt", async () => {
  const { fetch } = server(() => new Response("<h1>Välkommen till tåget</h1>", { status: 200 }));
  const { store, receipts, go } = await phone(fetch, { items: [waiting("a", ["p"])] });
  await go();
  assert.deepEqual(receipts, []);
  assert.equal((await store.all())[0].photos[0].state, "waiting");
  assert.ok(await store.photo("p"));
});

test("photos go first, each to its own id, and leave the phone only with the observation", async () => {
  const { fetch, calls } = server();
  const { store, go } = await phone(fetch, { items: [waiting("a", ["p", "q"])] });
  await go();
  assert.deepEqual(
    calls.map((call) => call.url),
    ["/api/v1/photos/p", "/api/v1/photos/q", "/api/v1/observations/a"],
  );
  assert.deepEqual(JSON.parse(calls[2].body).photos, ["p", "q"]);
  assert.equal(await store.photo("p"), undefined);
});

test("a refused photo is left out and the observation arrives", async () => {
  const { fetch, calls } = server((_, { url }) =>
    url.includes("photos") ? json(415, { detail: "Filen är en webbsida." }) : undefined,
  );
  const { receipts, go } = await phone(fetch, { items: [waiting("a", ["p"])] });
  await go();
  assert.deepEqual(JSON.parse(calls[1].body).photos, []);
  assert.deepEqual(receipts, [["a", "R-a"]]);
});

test("a photo that the phone has lost does not hold the words back", async () => {
  const { fetch, calls } = server();
  const { store, receipts, go } = await phone(fetch, { items: [waiting("a", ["p"])] });
  await store.removePhoto("p");
  await go();
  assert.equal(calls.length, 1);
  assert.deepEqual(receipts, [["a", "R-a"]]);
});

test("what the server refuses is set aside with its sentence, and the others go on", async () => {
  const { fetch } = server((_, { id }) => (id === "a" ? json(410, { detail: "Vandringen är avslutad." }) : undefined));
  const { store, receipts, go } = await phone(fetch, { items: [waiting("a"), waiting("b", [], 600)] });
  await go();
  assert.deepEqual(receipts, [["b", "R-b"]]);
  const [left] = await store.all();
  assert.deepEqual(left.problem, { status: 410, sentence: "Vandringen är avslutad." });
});

test("an item of another walk goes with the token that it was made with", async () => {
  const { fetch, calls } = server();
  const { go } = await phone(fetch, { items: [waiting("a")], code: "ANNANK", token: "new" });
  await go();
  assert.equal(calls[0].token, "Bearer t");
});

test("after joining anew an item of this walk goes with the new token", async () => {
  const { fetch, calls } = server();
  const { go } = await phone(fetch, { items: [waiting("a")], token: "new" });
  await go();
  assert.equal(calls[0].token, "Bearer new");
});

test("called while it is at work, it looks once more, and sends each item once", async () => {
  const { fetch, calls } = server();
  const { store, sync, go } = await phone(fetch, { items: [waiting("a")] });
  const first = go();
  await store.put(waiting("b", [], 700));
  await Promise.all([first, sync.run(), sync.run()]);
  clearTimeout(sync.timer);
  assert.deepEqual(calls.map((call) => call.id).sort(), ["a", "b"]);
});

test("the walker's wish ends a pause", async () => {
  let down = true;
  const { fetch } = server(() => {
    if (down) throw new TypeError("Failed to fetch");
  });
  const { receipts, sync, go } = await phone(fetch, { items: [waiting("a")] });
  await go();
  down = false;
  await go();
  assert.deepEqual(receipts, []);
  await sync.hurry();
  clearTimeout(sync.timer);
  assert.deepEqual(receipts, [["a", "R-a"]]);
});
