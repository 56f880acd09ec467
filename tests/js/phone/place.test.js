import assert from "node:assert/strict";
import { test } from "node:test";
import {
  nowhere,
  nudged,
  placeBody,
  stateOf,
  withFix,
  withPin,
  withStop,
  withStreet,
} from "../../../static/js/phone/place.js";

const fix = (accuracy, lat = 59.1277, lon = 15.1434) => ({ lat, lon, accuracy });
const stops = [{ number: 4, name: "Stationen", lat: 59.12, lon: 15.14 }];

for (const [what, bad] of [
  ["0, 0", fix(5, 0, 0)],
  ["no number", fix(5, Number.NaN, 15)],
  ["no accuracy", fix(Number.POSITIVE_INFINITY)],
  ["a latitude of 91", fix(5, 91, 15)],
])
  test(`a fix with ${what} is no fix`, () => {
    assert.deepEqual(withFix(nowhere(), bad), nowhere());
  });

test("a worse fix changes nothing, a better one does", () => {
  const first = withFix(nowhere(), fix(30));
  assert.equal(withFix(first, fix(45, 59.2)), first);
  assert.equal(withFix(first, fix(8, 59.2)).lat, 59.2);
});

test("no fix moves a pin that the walker has put down", () => {
  const place = withPin(withFix(nowhere(), fix(30)), 59.13, 15.15);
  assert.equal(withFix(place, fix(3)), place);
});

test("the state is said in words: good, fair, poor, searching, none", () => {
  const word = (place, searching = false) => stateOf(place, searching).word;
  assert.deepEqual(stateOf(withFix(nowhere(), fix(8.4)), true), { tone: "good", word: "placeGood", n: 8 });
  assert.equal(word(withFix(nowhere(), fix(35))), "placeFair");
  assert.deepEqual(stateOf(withFix(nowhere(), fix(80)), false), { tone: "poor", word: "placePoor", n: 80 });
  assert.equal(word(nowhere(), true), "placeSearching");
  assert.equal(word(nowhere()), "placeNone");
  assert.equal(word(withStreet(nowhere(), "Skolvägen")), "placeStreet");
  assert.equal(word(withStop(nowhere(), 4)), "placeStop");
  assert.equal(word(withPin(nowhere(), 59, 15)), "placePin");
});

test("an accuracy of half a metre is not said to be zero", () => {
  assert.equal(stateOf(withFix(nowhere(), fix(0.2)), false).n, 1);
});

test("nothing known is sent as nothing, and as no error", () => {
  assert.deepEqual(placeBody(nowhere(), stops), {
    lat: null,
    lon: null,
    accuracy_m: null,
    place_method: "none",
    stop: null,
    place: "",
  });
});

test("a stop whose position is known is sent without the phone's own", () => {
  const body = placeBody(withStop(withFix(nowhere(), fix(80)), 4), stops);
  assert.deepEqual([body.place_method, body.stop, body.lat], ["stop", 4, null]);
});

test("a stop without a position takes the phone's, which is better than none", () => {
  const body = placeBody(withStop(withFix(nowhere(), fix(12)), 7), stops);
  assert.deepEqual([body.place_method, body.stop, body.lat, body.accuracy_m], ["stop", 7, 59.1277, 12]);
});

test("a stop taken back leaves the fix", () => {
  const body = placeBody(withStop(withStop(withFix(nowhere(), fix(12)), 4), null), stops);
  assert.deepEqual([body.place_method, body.stop, body.lat], ["gps", null, 59.1277]);
});

test("a street name is a place of its own, and stays beside a fix", () => {
  assert.equal(placeBody(withStreet(nowhere(), "Skolvägen"), stops).place_method, "street");
  const both = placeBody(withStreet(withFix(nowhere(), fix(9)), "Skolvägen"), stops);
  assert.deepEqual([both.place_method, both.place], ["gps", "Skolvägen"]);
});

test("the buttons move the pin by metres", () => {
  const start = withFix(nowhere(), fix(9));
  const moved = nudged(start, 10, -10);
  assert.equal(moved.said, "pin");
  assert.ok(Math.abs((moved.lat - start.lat) * 111_320 - 10) < 0.01);
  assert.ok(Math.abs((moved.lon - start.lon) * 57_100 + 10) < 0.1);
  assert.deepEqual(nudged(nowhere(), 10, 0), nowhere());
});
