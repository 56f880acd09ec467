// The colours of the map, from the style sheet's custom properties: the canvas follows the colour scheme.

/**
 * @typedef {object} Palette
 * @property {(theme: string) => string} theme
 * @property {string} onTheme the letter on it
 * @property {string} surface
 * @property {string} ink
 * @property {string} land
 * @property {string} label
 * @property {string} focus
 */

/** @param {Element} element @returns {Palette} */
export const readPalette = (element) => {
  const style = getComputedStyle(element);
  /** @type {Map<string, string>} */
  const themes = new Map();
  /** @param {string} name */
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    theme: (theme) => {
      let colour = themes.get(theme);
      if (colour === undefined) {
        colour = read(`--theme-${theme.replaceAll("_", "-")}`) || read("--theme-ovrigt");
        themes.set(theme, colour);
      }
      return colour;
    },
    onTheme: read("--on-theme"),
    surface: read("--surface"),
    ink: read("--ink"),
    land: read("--map-land"),
    label: read("--ink-soft"),
    focus: read("--accent"),
  };
};

/** Call back whenever the reader's colour scheme or contrast changes. @param {() => void} then */
export const onSchemeChange = (then) => {
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", then);
  }
};
