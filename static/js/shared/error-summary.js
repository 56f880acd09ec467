/**
 * `[data-error-summary]` takes the focus when the page comes back with errors, so that a screen reader and the
 * keyboard begin where something has to be mended.
 * @param {ParentNode} root
 */
export function start(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary instanceof HTMLElement) summary.focus();
}
