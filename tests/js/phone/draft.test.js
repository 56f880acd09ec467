import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, bodyOf, isBlank, reopened, withoutPhoto, withPhoto } from "../../../static/js/phone/draft.js";
import { withFix, withStreet } from "../../../static/js/phone/place.js";

const tap = () =>
  begin({ id: "a", code: "KUMLAX", token: "t", theme: "belysning", at: Date.UTC(2026, 10, 24, 17, 30) });

test("the time is the time of the tap, whenever it is sent", () => {
  assert.equal(bodyOf(tap(), []).observed_at, "2026-11-24T17:30:00.000Z");
});

test("the same item gives the same body, so that the server sees that it is the same", () => {
  const item = withPhoto({ ...tap(), text: "Kolsvart" }, "p1");
  assert.equal(JSON.stringify(bodyOf(item, [])), JSON.stringify(bodyOf(structuredClone(item), [])));
});

test("light is only said when the walker has corrected it", () => {
  assert.equal(bodyOf(tap(), []).light, null);
  assert.equal(bodyOf({ ...tap(), light: "ljust" }, []).light, "ljust");
});

test("Annat with a theme beside it is that theme", () => {
  assert.deepEqual(bodyOf({ ...tap(), themes: ["ovrigt", "trafik"] }, []).themes, ["trafik"]);
  assert.deepEqual(bodyOf({ ...tap(), themes: ["ovrigt"] }, []).themes, ["ovrigt"]);
  assert.deepEqual(bodyOf({ ...tap(), themes: ["vaxtlighet", "belysning"] }, []).themes, ["vaxtlighet", "belysning"]);
});

test("a refused photo is not named; one taken away is gone", () => {
  const item = withPhoto(withPhoto(tap(), "p1"), "p2");
  const refused = { ...item, photos: item.photos.map((p) => (p.id === "p1" ? { ...p, state: "refused" } : p)) };
  assert.deepEqual(bodyOf(refused, []).photos, ["p2"]);
  assert.deepEqual(bodyOf(withoutPhoto(item, "p2"), []).photos, ["p1"]);
});

test("a tap alone may be forgotten; a tap and a fix too; anything that was given may not", () => {
  assert.ok(isBlank(tap()));
  assert.ok(isBlank({ ...tap(), place: withFix(tap().place, { lat: 59, lon: 15, accuracy: 5 }) }));
  assert.ok(!isBlank({ ...tap(), text: "x" }));
  assert.ok(!isBlank({ ...tap(), feeling: "tryggt" }));
  assert.ok(!isBlank(withPhoto(tap(), "p1")));
  assert.ok(!isBlank({ ...tap(), place: withStreet(tap().place, "Torget") }));
});

test("what was refused is mended under its own id, but a taken id is given up", () => {
  const refused = (status) => ({ ...tap(), state: "refused", problem: { status, sentence: "Nej." } });
  assert.equal(reopened(refused(422), "b").id, "a");
  assert.equal(reopened(refused(409), "b").id, "b");
  assert.equal(reopened(refused(422), "b").state, "draft");
});
