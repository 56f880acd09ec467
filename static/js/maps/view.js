// Which part of the map is asked for, and how it stands in addresses. Pure.

/** @typedef {{west: number, south: number, east: number, north: number}} Box */

/** The server gathers by whole zooms; the map's own may lie between. @param {number} zoom */
export const gridZoom = (zoom) => Math.round(zoom);

/** @param {number} degrees six decimals are 0.1 m */
const short = (degrees) => Number(degrees.toFixed(6)).toString();

/** A box around one spot, some metres wide: one without any width is none. @param {Box} box @returns {Box} */
export const wider = ({ west, south, east, north }) => ({
  west: west - 0.00002,
  south: south - 0.00001,
  east: east + 0.00002,
  north: north + 0.00001,
});

/**
 * The question to /api/v1/map: the page's own filters and the view.
 * @param {string} filters a query string, with or without "?" @param {Box} box @param {number} zoom
 */
export const question = (filters, box, zoom) => {
  const asked = new URLSearchParams(filters);
  for (const name of ["sida", "bbox", "zoom"]) asked.delete(name);
  for (const [name, value] of [...asked]) if (value === "") asked.delete(name, value);
  asked.set("bbox", [box.west, box.south, box.east, box.north].map(short).join(","));
  asked.set("zoom", String(gridZoom(zoom)));
  return asked.toString();
};

/**
 * A view in the address: #14.25/59.12345/15.12345
 * @param {number} zoom @param {number} lat @param {number} lon
 */
export const fragment = (zoom, lat, lon) => `#${Number(zoom.toFixed(2))}/${lat.toFixed(5)}/${lon.toFixed(5)}`;

/** @param {string} hash @returns {{zoom: number, lat: number, lon: number} | null} */
export const readFragment = (hash) => {
  const parts = /^#(\d{1,2}(?:\.\d{1,2})?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/.exec(hash);
  if (!parts) return null;
  const [zoom, lat, lon] = parts.slice(1).map(Number);
  return lat <= 85 && lat >= -85 && lon <= 180 && lon >= -180 ? { zoom, lat, lon } : null;
};

/**
 * The answer in the page that fits best to a zoom: the same, else the next coarser, else the coarsest.
 * @template {{zoom: number}} A
 * @param {A[]} answers @param {number} zoom
 * @returns {A | undefined}
 */
export const bestFor = (answers, zoom) => {
  const sorted = [...answers].sort((a, b) => a.zoom - b.zoom);
  return sorted.filter((answer) => answer.zoom <= zoom).pop() ?? sorted[0];
};
