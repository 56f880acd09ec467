import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clusterRadius,
  DIRECTIONS,
  hit,
  items,
  REACH,
  ring,
  towards,
  untangle,
} from "../../../static/js/maps/scene.js";

const point = (id, lat, lon) => ({
  type: "Feature",
  id,
  geometry: { type: "Point", coordinates: [lon, lat] },
  properties: { id, themes: ["belysning"], actions: [] },
});
const cluster = (id, lat, lon, n) => ({
  ...point(id, lat, lon),
  properties: { cluster: n, themes: { belysning: n }, box: [] },
});
const where = (item) => ({ x: item.lon, y: -item.lat });

test("a tap on nothing is nothing", () => {
  assert.equal(hit([], where, { x: 0, y: 0 }), undefined);
  assert.equal(hit(items([point("a", 0, 100)]), where, { x: 0, y: 0 }), undefined);
});

test("a finger needs 44 px, however small the mark", () => {
  const drawn = items([point("a", 0, 0)]);
  assert.equal(hit(drawn, where, { x: REACH, y: 0 })?.id, "a");
  assert.equal(hit(drawn, where, { x: REACH + 0.1, y: 0 }), undefined);
});

test("of two within reach the nearer one is meant", () => {
  assert.equal(hit(items([point("a", 0, 0), point("b", 0, 20)]), where, { x: 12, y: 0 })?.id, "b");
});

test("points are drawn over clusters, the southern ones last", () => {
  const drawn = items([point("south", 1, 0), point("north", 2, 0), cluster("c", 0, 0, 9)]);
  assert.deepEqual(
    drawn.map((item) => item.id),
    ["c", "north", "south"],
  );
});

test("a cluster grows with its digits", () => {
  assert.ok(clusterRadius(1000) - clusterRadius(100) === clusterRadius(100) - clusterRadius(10));
  assert.ok(clusterRadius(100_000) < 32, "never larger than its cell");
});

test("the ring of a cluster is one whole turn, the largest theme first", () => {
  const parts = ring({ klotter: 1, belysning: 3, kamera: 0 });
  assert.deepEqual(parts, [
    { theme: "belysning", from: 0, to: 0.75 },
    { theme: "klotter", from: 0.75, to: 1 },
  ]);
});

test("without a start, an arrow key takes what is nearest to the middle", () => {
  const drawn = items([point("far", 0, 90), point("near", 0, -10)]);
  assert.equal(towards(drawn, where, undefined, DIRECTIONS.ArrowRight, { x: 0, y: 0 })?.id, "near");
});

test("an arrow key goes on in its direction and never back", () => {
  const drawn = items([point("a", 0, 0), point("b", 0, 50), point("c", 0, 100), point("west", 0, -5)]);
  const [a, b, c] = ["a", "b", "c"].map((id) => drawn.find((item) => item.id === id));
  const right = (from) => towards(drawn, where, from, DIRECTIONS.ArrowRight, { x: 0, y: 0 });
  assert.equal(right(a), b);
  assert.equal(right(b), c);
  assert.equal(right(c), undefined);
});

test("rather straight ahead than nearer but far to the side", () => {
  const drawn = items([point("a", 0, 0), point("aside", -19, 10), point("ahead", 0, 40)]);
  const from = drawn.find((item) => item.id === "a");
  assert.equal(towards(drawn, where, from, DIRECTIONS.ArrowRight, { x: 0, y: 0 })?.id, "ahead");
});

test("clusters that overlap are pushed apart, a little", () => {
  const circles = [
    { x: 0, y: 0, radius: 20, fixed: false },
    { x: 30, y: 0, radius: 20, fixed: false },
  ];
  untangle(circles);
  assert.ok(circles[1].x - circles[0].x >= 41.9);
  assert.ok(Math.abs(circles[0].x) <= 20);
});

test("no cluster leaves its place for another, and no point moves at all", () => {
  const circles = [0, 0, 0, 0, 0, 0].map((at, i) => ({ x: at, y: at, radius: 30, fixed: i === 0 }));
  untangle(circles);
  assert.deepEqual([circles[0].x, circles[0].y], [0, 0]);
  assert.ok(circles.every(({ x, y }) => Math.hypot(x, y) <= 20.001));
});
