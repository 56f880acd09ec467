import assert from "node:assert/strict";
import { test } from "node:test";
import { other } from "../../../static/js/shared/scheme.js";

test("the first press turns what the system shows, the next ones what was chosen", () => {
  assert.equal(other(undefined, true), "light");
  assert.equal(other(undefined, false), "dark");
  assert.equal(other("light", true), "dark");
  assert.equal(other("dark", false), "light");
});
