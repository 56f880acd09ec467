// The page brings its words along, so that they are translated where all others are.

/** @typedef {Record<string, string>} Words */

/**
 * `"± {n} m"` with `{n: 8}`; what is not given stays away.
 * @param {string} text @param {Record<string, string | number | undefined>} given
 */
export const fill = (text, given) => text.replace(/\{(\w+)\}/g, (_, name) => String(given[name] ?? ""));

/** Read what the page tells in a <script type="application/json">. @param {string} id */
export const facts = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/** 18.30, by the phone's own clock @param {number} at ms since 1970 */
export const clock = (at) => {
  const time = new Date(at);
  return `${String(time.getHours()).padStart(2, "0")}.${String(time.getMinutes()).padStart(2, "0")}`;
};
