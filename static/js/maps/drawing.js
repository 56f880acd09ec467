// Drawing one cluster, one point, one label on a canvas. No map, no events.

import { drawMark } from "./marks.js";
import { POINT_RADIUS, ring } from "./scene.js";

/** @typedef {import("./scene.js").Item} Item */
/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {Record<string, {label: string, shape: string, letter: string}>} Themes */

const TURN = Math.PI * 2;
const FINISHED = new Set(["klar", "verifierad"]);

/** Every measure done: drawn pale, so that the eye goes to what is left. @param {import("./scene.js").PointFacts} point */
export const isFinished = (point) =>
  point.actions.length > 0 && point.actions.every((action) => FINISHED.has(action.state));

/** 1 240 → "1,2k": a number that fits in its circle. @param {number} n */
export const shortNumber = (n) => {
  if (n < 1000) return String(n);
  const thousands = n < 10_000 ? Math.round(n / 100) / 10 : Math.round(n / 1000);
  return `${String(thousands).replace(".", ",")}k`;
};

/**
 * @param {CanvasRenderingContext2D} context @param {Item} item @param {number} x @param {number} y
 * @param {Palette} palette
 */
export const drawCluster = (context, item, x, y, palette) => {
  const { cluster, themes } = /** @type {import("./scene.js").ClusterFacts} */ (item.cluster);
  const radius = item.radius;
  context.beginPath();
  context.arc(x, y, radius + 1.5, 0, TURN);
  context.fillStyle = palette.surface;
  context.fill();
  context.lineWidth = 5;
  context.lineCap = "butt";
  for (const { theme, from, to } of ring(themes)) {
    context.beginPath();
    context.arc(x, y, radius - 2.5, (from - 0.25) * TURN, (to - 0.25) * TURN);
    context.strokeStyle = palette.theme(theme);
    context.stroke();
  }
  context.fillStyle = palette.ink;
  context.font = `600 ${radius > 20 ? 13 : 12}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(shortNumber(cluster), x, y + 0.5);
};

/**
 * @param {CanvasRenderingContext2D} context @param {Item} item @param {number} x @param {number} y
 * @param {Palette} palette @param {Themes} themes
 */
export const drawPoint = (context, item, x, y, palette, themes) => {
  const point = /** @type {import("./scene.js").PointFacts} */ (item.point);
  const [first, second] = point.themes;
  const mark = themes[first] ?? themes.ovrigt ?? { shape: "circle", letter: "" };
  const colour = palette.theme(first);
  const colours = isFinished(point)
    ? { fill: palette.surface, line: colour, ink: palette.ink }
    : { fill: colour, line: palette.surface, ink: palette.onTheme };
  drawMark(context, mark, x, y, POINT_RADIUS * 2, colours);
  if (second) {
    context.beginPath();
    context.arc(x + POINT_RADIUS - 2, y - POINT_RADIUS + 2, 5, 0, TURN);
    context.fillStyle = palette.theme(second);
    context.strokeStyle = palette.surface;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
  }
};

/**
 * The ring around what is chosen.
 * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius
 * @param {Palette} palette
 */
export const drawChosen = (context, x, y, radius, palette) => {
  for (const [width, colour] of /** @type {[number, string][]} */ ([
    [7, palette.surface],
    [3, palette.focus],
  ])) {
    context.beginPath();
    context.arc(x, y, radius + 6, 0, TURN);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
};

/** Where a name may stand instead, when something lies on its place: steps of a line. */
const ELSEWHERE = [0, -1, 1, -2, 2];
const LINE = 20;

/**
 * Names of districts, the larger ones first; one that finds no room is left out.
 * @param {CanvasRenderingContext2D} context
 * @param {{name: string, x: number, y: number, room: number}[]} labels `room`: width of the district in pixels
 * @param {{x: number, y: number, radius: number}[]} circles what they must not lie on
 * @param {Palette} palette
 */
export const drawLabels = (context, labels, circles, palette) => {
  context.font = "600 13px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = palette.land;
  context.fillStyle = palette.label;
  /** @type {{x: number, y: number, half: number}[]} */
  const taken = [];
  for (const { name, x, y, room } of labels) {
    const half = context.measureText(name).width / 2 + 4;
    if (half * 2 > room * 1.3) continue;
    const step = ELSEWHERE.find((step) => isFree(x, y + step * LINE, half, taken, circles));
    if (step === undefined) continue;
    taken.push({ x, y: y + step * LINE, half });
    context.strokeText(name, x, y + step * LINE);
    context.fillText(name, x, y + step * LINE);
  }
};

/**
 * @param {number} x @param {number} y @param {number} half half the width of the name
 * @param {{x: number, y: number, half: number}[]} names @param {{x: number, y: number, radius: number}[]} circles
 */
const isFree = (x, y, half, names, circles) =>
  !names.some((other) => Math.abs(other.x - x) < half + other.half && Math.abs(other.y - y) < 18) &&
  !circles.some(
    (circle) => Math.abs(circle.x - x) < half + circle.radius && Math.abs(circle.y - y) < 9 + circle.radius,
  );
