/**
 * `[data-scheme-toggle]`: light or dark on this phone, whatever the system says; kept locally, never sent.
 * scheme-early.js puts the choice back before the first paint.
 * @param {ParentNode} root
 */
export function start(root) {
  const button = root.querySelector("[data-scheme-toggle]");
  if (!(button instanceof HTMLButtonElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const chosen = document.documentElement.dataset.scheme;
    const scheme = other(chosen, matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.scheme = scheme;
    try {
      localStorage.setItem("walkapp-scheme", scheme);
    } catch {
      // A private window may refuse to keep it; then it holds for this page.
    }
  });
}

/** @param {string | undefined} chosen @param {boolean} systemDark @returns {"light" | "dark"} */
export function other(chosen, systemDark) {
  const dark = chosen ? chosen === "dark" : systemDark;
  return dark ? "light" : "dark";
}
