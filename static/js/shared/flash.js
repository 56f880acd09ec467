/**
 * `[data-flash]` can be put away with its `[data-flash-close]`; the focus goes back to the page. It never vanishes by
 * itself: who reads slowly must have the time.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const flash of root.querySelectorAll("[data-flash]")) {
    const close = flash.querySelector("[data-flash-close]");
    if (!(close instanceof HTMLButtonElement)) continue;
    close.hidden = false;
    close.addEventListener("click", () => {
      flash.remove();
      document.querySelector("main")?.focus();
    });
  }
}
