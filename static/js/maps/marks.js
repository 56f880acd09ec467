// How a theme looks on the map: the symbols of static/img/marks.svg (a test holds the two together) as canvas paths.

/** @typedef {{fill: string, line: string, ink: string}} MarkColours inside, outline, letter */

/** The box that a shape is drawn in. */
const BOX = 32;

/** @type {Record<string, string>} */
export const PATHS = {
  circle: "M16 2a14 14 0 1 1 0 28 14 14 0 0 1 0-28z",
  triangle: "M14.2 2.6a2.1 2.1 0 0 1 3.6 0l13.3 24.2a2.1 2.1 0 0 1-1.8 3.2H2.7a2.1 2.1 0 0 1-1.8-3.2z",
  square: "M6 3h20a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z",
  diamond:
    "M14.4 1.3a2.3 2.3 0 0 1 3.2 0l13.1 13.1a2.3 2.3 0 0 1 0 3.2L17.6 30.7a2.3 2.3 0 0 1-3.2 0L1.3 17.6a2.3 2.3 0 0 1 0-3.2z",
  pentagon:
    "M14.7 1.9a2.2 2.2 0 0 1 2.6 0l12.6 9.2c.8.6 1.1 1.6.8 2.5l-4.8 14.9a2.2 2.2 0 0 1-2.1 1.5H8.2a2.2 2.2 0 0 1-2.1-1.5L1.3 13.6c-.3-.9 0-1.9.8-2.5z",
  hexagon:
    "M9.4 2.5h13.2c.8 0 1.5.4 1.9 1.1l6.5 11.3c.4.7.4 1.5 0 2.2l-6.5 11.3c-.4.7-1.1 1.1-1.9 1.1H9.4c-.8 0-1.5-.4-1.9-1.1L1 17.1c-.4-.7-.4-1.5 0-2.2L7.5 3.6c.4-.7 1.1-1.1 1.9-1.1z",
  octagon:
    "M10.9 2h10.2c.5 0 1 .2 1.3.6l7 7c.4.3.6.8.6 1.3v10.2c0 .5-.2 1-.6 1.3l-7 7c-.3.4-.8.6-1.3.6H10.9c-.5 0-1-.2-1.3-.6l-7-7c-.4-.3-.6-.8-.6-1.3V10.9c0-.5.2-1 .6-1.3l7-7c.3-.4.8-.6 1.3-.6z",
  shield:
    "M16 1.2c3.6 2.3 7.5 3.5 11.9 3.7.8 0 1.4.7 1.4 1.5v9.1c0 7.3-4.9 12.5-12.6 15.2-.5.2-.9.2-1.4 0C7.6 28 2.7 22.8 2.7 15.5V6.4c0-.8.6-1.5 1.4-1.5C8.5 4.7 12.4 3.5 16 1.2z",
  cross:
    "M11 1.5h10a1.5 1.5 0 0 1 1.5 1.5v6.5H29a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5h-6.5V29a1.5 1.5 0 0 1-1.5 1.5H11A1.5 1.5 0 0 1 9.5 29v-6.5H3A1.5 1.5 0 0 1 1.5 21V11A1.5 1.5 0 0 1 3 9.5h6.5V3A1.5 1.5 0 0 1 11 1.5z",
  flag: "M3.8 4h18.4c.5 0 1 .2 1.3.6l7.9 10.3c.5.7.5 1.5 0 2.2l-7.9 10.3c-.3.4-.8.6-1.3.6H3.8A2 2 0 0 1 1.8 26V6a2 2 0 0 1 2-2z",
  heart:
    "M16 29.6C7 23.4 1.2 17.7 1.2 11.2 1.2 6.6 4.7 3 9.1 3c2.8 0 5.3 1.4 6.9 3.7C17.6 4.4 20.1 3 22.9 3c4.4 0 7.9 3.6 7.9 8.2 0 6.5-5.8 12.2-14.8 18.4z",
  drop: "M14.7 1.6a1.7 1.7 0 0 1 2.6 0c4.6 5.5 10.2 11.7 10.2 17.7a11.5 11.5 0 0 1-23 0c0-6 5.6-12.2 10.2-17.7z",
};

/** Where the letter's foot stands, as in templates/components/marks.html. */
const LETTER_Y = /** @type {Record<string, number>} */ ({ triangle: 26, pentagon: 22.7, shield: 21, drop: 24.7 });
const LETTER_X = /** @type {Record<string, number>} */ ({ flag: 14 });

/** @type {Map<string, Path2D>} */
const made = new Map();

/** @param {string} shape */
const pathOf = (shape) => {
  let path = made.get(shape);
  if (!path) {
    path = new Path2D(PATHS[shape] ?? PATHS.circle);
    made.set(shape, path);
  }
  return path;
};

/** A heart says what it is by itself. @param {{shape: string, letter: string}} mark */
export const letterOf = ({ shape, letter }) =>
  shape === "heart" ? null : { letter, x: LETTER_X[shape] ?? 16, y: LETTER_Y[shape] ?? 21.5 };

/**
 * Draw one mark with its middle at x, y.
 * @param {CanvasRenderingContext2D} context
 * @param {{shape: string, letter: string}} mark
 * @param {number} x @param {number} y
 * @param {number} size width and height in CSS pixels
 * @param {MarkColours} colours
 */
export const drawMark = (context, mark, x, y, size, colours) => {
  const scale = size / BOX;
  const path = pathOf(mark.shape);
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(scale, scale);
  context.lineJoin = "round";
  context.lineWidth = 4 / scale;
  context.strokeStyle = colours.line;
  context.stroke(path);
  context.fillStyle = colours.fill;
  context.fill(path);
  const letter = letterOf(mark);
  if (letter) {
    context.fillStyle = colours.ink;
    context.font = "700 16px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.fillText(letter.letter, letter.x, letter.y);
  }
  context.restore();
};
