/**
 * `<form data-autosubmit>`: a changed filter sends the form at once, and the button that does it without JavaScript
 * steps aside. Typing in a text field waits for Enter or for leaving the field, as `change` does by itself.
 * Empty fields stay out of the address, so that it is worth bookmarking.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const form of root.querySelectorAll("form[data-autosubmit]")) {
    if (!(form instanceof HTMLFormElement)) continue;
    form.querySelector("[data-autosubmit-button]")?.toggleAttribute("hidden", true);
    form.addEventListener("change", () => form.requestSubmit());
    form.addEventListener("formdata", (event) => leaveOutEmpty(event.formData));
  }
}

/** @param {FormData} data */
export function leaveOutEmpty(data) {
  for (const name of new Set(data.keys())) {
    const filled = data.getAll(name).filter((value) => value !== "");
    data.delete(name);
    for (const value of filled) data.append(name, value);
  }
}
