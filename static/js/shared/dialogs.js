/**
 * `<button data-opens="merge">` opens `<dialog id="merge">`; a click on the ground beside it closes it, as Escape does.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const button of root.querySelectorAll("[data-opens]")) {
    if (!(button instanceof HTMLElement)) continue;
    const dialog = document.getElementById(button.dataset.opens ?? "");
    if (!(dialog instanceof HTMLDialogElement)) continue;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && outside(dialog, event)) dialog.close();
    });
  }
}

/** @param {HTMLDialogElement} dialog @param {MouseEvent} event @returns {boolean} */
function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
