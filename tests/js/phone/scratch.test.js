import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "../../../static/js/phone/draft.js";
import { jot, jotted, wipe } from "../../../static/js/phone/scratch.js";

const pocket = (start) => {
  const kept = new Map(start);
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  };
};
const full = {
  getItem: () => {
    throw new Error("denied");
  },
  setItem: () => {
    throw new Error("QuotaExceededError");
  },
  removeItem: () => {
    throw new Error("denied");
  },
};
const draft = begin({ id: "a", code: "KUMLAX", token: "t", theme: "belysning", at: 1 });

test("a phone that keeps nothing is no error", () => {
  jot(draft, full);
  wipe(full);
  assert.equal(jotted(full), undefined);
});

test("what somebody else wrote there is no draft", () => {
  for (const text of ["", "{", "null", "17", '"a"', '{"state":"waiting","id":"a"}', '{"state":"draft"}'])
    assert.equal(jotted(pocket([["walkapp-draft", text]])), undefined, text);
});

test("the last word is there until it is wiped", () => {
  const storage = pocket();
  jot({ ...draft, text: "Kols" }, storage);
  jot({ ...draft, text: "Kolsvart" }, storage);
  assert.equal(jotted(storage).text, "Kolsvart");
  wipe(storage);
  assert.equal(jotted(storage), undefined);
});
