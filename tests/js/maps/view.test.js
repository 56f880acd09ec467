import assert from "node:assert/strict";
import { test } from "node:test";
import { bestFor, fragment, question, readFragment, wider } from "../../../static/js/maps/view.js";

const box = { west: 15.1, south: 59.1, east: 15.2000000001, north: 59.2 };

test("a fragment that is no view is none", () => {
  for (const hash of [
    "",
    "#",
    "#innehall",
    "#14",
    "#14/59/x",
    "#999/59/15",
    "#14/91/15",
    "#14/59/181",
    "#14/59/15/1",
  ]) {
    assert.equal(readFragment(hash), null, hash);
  }
});

test("a view comes back from the address it stands in", () => {
  assert.deepEqual(readFragment(fragment(13.25, 59.123456, -15.1)), { zoom: 13.25, lat: 59.12346, lon: -15.1 });
});

test("the question keeps the page's filters and drops its page number, its box and what is empty", () => {
  const asked = new URLSearchParams(question("?tema=kamera&lofte=&sida=3&bbox=1,2,3,4", box, 13.6));
  assert.deepEqual(
    [...asked],
    [
      ["tema", "kamera"],
      ["bbox", "15.1,59.1,15.2,59.2"],
      ["zoom", "14"],
    ],
  );
});

test("text in a filter stays one value", () => {
  assert.equal(new URLSearchParams(question("omrade=a%26zoom%3D3", box, 9)).get("omrade"), "a&zoom=3");
});

test("the box around one spot has a width", () => {
  const around = wider({ west: 15, south: 59, east: 15, north: 59 });
  assert.ok(around.west < 15 && around.east > 15 && around.south < 59 && around.north > 59);
});

test("a zoom that the page did not bring is drawn from the next coarser one", () => {
  const brought = [{ zoom: 11 }, { zoom: 9 }];
  assert.equal(bestFor(brought, 11)?.zoom, 11);
  assert.equal(bestFor(brought, 10)?.zoom, 9);
  assert.equal(bestFor(brought, 3)?.zoom, 9);
  assert.equal(bestFor([], 3), undefined);
});
