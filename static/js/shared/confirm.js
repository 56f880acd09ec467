/**
 * `<form data-confirm="Stänga vandringen?">`: asks in a dialog before it sends. The answer that does it has the words
 * of the form's own button, so that nobody has to guess what "OK" means.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const form of root.querySelectorAll("form[data-confirm]")) {
    if (!(form instanceof HTMLFormElement) || typeof HTMLDialogElement !== "function") continue;
    form.addEventListener("submit", (event) => {
      if (form.dataset.confirmed === "yes") return;
      event.preventDefault();
      ask(form, event.submitter instanceof HTMLButtonElement ? event.submitter : null);
    });
  }
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement | null} submitter */
function ask(form, submitter) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const question = document.createElement("p");
  question.id = "confirm-question";
  question.textContent = form.dataset.confirm ?? "";
  dialog.setAttribute("aria-labelledby", question.id);
  const kind = submitter?.classList.contains("button-danger") ? "button-danger" : "button-primary";
  const yes = makeButton(submitter?.textContent?.trim() || "Ja", `button ${kind}`);
  const no = makeButton("Avbryt", "button button-secondary");
  const actions = document.createElement("div");
  actions.className = "actions";
  actions.append(no, yes);
  dialog.append(question, actions);
  yes.addEventListener("click", () => {
    form.dataset.confirmed = "yes";
    dialog.close();
    form.requestSubmit(submitter);
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    submitter?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
}

/** @param {string} text @param {string} className @returns {HTMLButtonElement} */
function makeButton(text, className) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text;
  return button;
}
