import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { letterOf, PATHS } from "../../../static/js/maps/marks.js";

const drawn = readFileSync(new URL("../../../static/img/marks.svg", import.meta.url), "utf8");
const symbols = [...drawn.matchAll(/<symbol id="([\w-]+)" viewBox="0 0 32 32">(.*?)<\/symbol>/g)];

test("the canvas knows every shape of the legend, and no other", () => {
  assert.ok(symbols.length >= 12);
  assert.deepEqual(Object.keys(PATHS).sort(), symbols.map(([, id]) => id).sort());
});

test("a shape looks the same on the map as in the legend", () => {
  for (const [, id, inside] of symbols) {
    const path = /^<path d="([^"]+)"\/>$/.exec(inside);
    if (path) assert.equal(PATHS[id], path[1], id);
  }
});

test("a letter stands where the legend has it", () => {
  const template = readFileSync(new URL("../../../templates/components/marks.html", import.meta.url), "utf8");
  const at = JSON.parse(/_LETTER_AT = (\{.*?\})/.exec(template)[1]);
  const across = JSON.parse(/_LETTER_X = (\{.*?\})/.exec(template)[1]);
  for (const shape of Object.keys(PATHS).filter((shape) => shape !== "heart")) {
    const letter = letterOf({ shape, letter: "B" });
    assert.deepEqual([letter.x, letter.y], [across[shape] ?? 16, at[shape] ?? 21.5], shape);
  }
});

test("a heart says what it is by itself", () => {
  assert.equal(letterOf({ shape: "heart", letter: "♥" }), null);
});
