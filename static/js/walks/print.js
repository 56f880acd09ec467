/** `<button data-print hidden>`: prints the page; shows itself since it can do so only with JavaScript. */
for (const button of document.querySelectorAll("button[data-print]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
