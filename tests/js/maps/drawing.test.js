import assert from "node:assert/strict";
import { test } from "node:test";
import { drawLabels, isFinished, shortNumber } from "../../../static/js/maps/drawing.js";
import { say } from "../../../static/js/maps/panel.js";

test("a number fits in its circle, written as Swedes write it", () => {
  assert.deepEqual([7, 999, 1000, 1849, 9999, 12_345].map(shortNumber), ["7", "999", "1k", "1,8k", "10k", "12k"]);
});

test("an observation is finished when every measure is, and there is one", () => {
  const seen = (...states) => ({ actions: states.map((state) => ({ state })) });
  assert.equal(isFinished(seen()), false);
  assert.equal(isFinished(seen("klar", "planerad")), false);
  assert.equal(isFinished(seen("klar", "verifierad")), true);
});

const paper = () => ({
  written: [],
  measureText: (name) => ({ width: name.length * 8 }),
  strokeText() {},
  fillText(name, x, y) {
    this.written.push([name, x, y]);
  },
});
const palette = { land: "#fff", label: "#000" };

test("a name steps aside for what was seen, and stays away where there is no room", () => {
  const context = paper();
  const circles = [{ x: 100, y: 100, radius: 15 }];
  drawLabels(
    context,
    [
      { name: "Malmen", x: 100, y: 100, room: 300 },
      { name: "Åbytorp-Hardemo", x: 400, y: 0, room: 40 },
    ],
    circles,
    palette,
  );
  assert.deepEqual(context.written, [["Malmen", 100, 60]]);
});

test("two names never lie on each other", () => {
  const context = paper();
  const here = { x: 0, y: 0, room: 300 };
  drawLabels(
    context,
    [
      { name: "Haga", ...here },
      { name: "Sörby", ...here },
    ],
    [],
    palette,
  );
  assert.deepEqual(context.written, [
    ["Haga", 0, 0],
    ["Sörby", 0, -20],
  ]);
});

test("a sentence takes its values as they are, hostile ones too", () => {
  assert.equal(say("{n} av {total}: {gone}", { n: 1, total: "$&{n}" }), "1 av $&{n}: ");
});
