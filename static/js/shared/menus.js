/**
 * `<details data-menu>`: an open menu closes with Escape (the focus stays on its summary) and on a click elsewhere.
 * @param {Document} root
 */
export function start(root) {
  for (const menu of root.querySelectorAll("details[data-menu]")) {
    if (!(menu instanceof HTMLDetailsElement)) continue;
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    root.addEventListener("click", (event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
  }
}
