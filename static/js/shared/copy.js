/**
 * `<button data-copies="#id" data-copied="Kopierat" hidden>`: copies the text or value of that element and says so
 * for a moment. It shows itself only where the browser can copy.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const button of root.querySelectorAll("button[data-copies]")) {
    if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copies ?? "");
      if (!source) return;
      await navigator.clipboard.writeText(source instanceof HTMLInputElement ? source.value : textOf(source));
      say(button);
    });
  }
}

/** @param {Element} source @returns {string} */
const textOf = (source) => (source instanceof HTMLAnchorElement ? source.href : (source.textContent ?? "").trim());

/** @param {HTMLButtonElement} button */
function say(button) {
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  words.textContent = button.dataset.copied ?? "Kopierat";
  button.setAttribute("aria-live", "polite");
  setTimeout(() => {
    words.textContent = before;
  }, 2500);
}
