import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../../static/js/phone/shrink.js";

test("the longest side becomes 1600 px and the shape stays", () => {
  assert.deepEqual(fit(4032, 3024), { width: 1600, height: 1200 });
  assert.deepEqual(fit(3024, 4032), { width: 1200, height: 1600 });
});

test("a small photo is not blown up", () => {
  assert.deepEqual(fit(800, 600), { width: 800, height: 600 });
});

test("a photo as thin as a hair still has a width", () => {
  assert.deepEqual(fit(1, 40_000), { width: 1, height: 1600 });
});
