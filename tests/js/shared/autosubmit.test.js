import assert from "node:assert/strict";
import { test } from "node:test";
import { leaveOutEmpty } from "../../../static/js/shared/autosubmit.js";

test("an empty filter stays out of the address, a chosen one stays, and so does each of several", () => {
  const data = new FormData();
  for (const [name, value] of [
    ["tema", "belysning"],
    ["tema", ""],
    ["tema", "kamera"],
    ["lage", ""],
  ])
    data.append(name, value);

  leaveOutEmpty(data);

  assert.deepEqual(
    [...data],
    [
      ["tema", "belysning"],
      ["tema", "kamera"],
    ],
  );
});
