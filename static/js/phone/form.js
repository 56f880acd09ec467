// The form shows a draft and reads it back.

import { stateOf, withStop, withStreet } from "./place.js";
import { fill } from "./words.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {import("./words.js").Words} Words */

const MOST_THEMES = 3;

export class Form {
  /**
   * @param {HTMLFormElement} form
   * @param {{words: Words, themes: Record<string, string>, light: [string, string][], mark: (theme: string) => Node}} page
   */
  constructor(form, page) {
    this.form = form;
    this.page = page;
    this.place = /** @type {HTMLDetailsElement} */ (form.querySelector("[data-place]"));
    this.further = /** @type {HTMLDetailsElement} */ (form.querySelector("[data-further]"));
    /** @type {HTMLInputElement[]} */
    this.themes = [...form.querySelectorAll("input[type=checkbox][name=themes]")].filter(
      (one) => one instanceof HTMLInputElement,
    );
    this.lightTouched = false;
    form.querySelector("[data-light]")?.addEventListener("change", () => {
      this.lightTouched = true;
    });
    form.addEventListener("change", () => this.#limitThemes());
  }

  /** @param {Item} item */
  show(item) {
    const [main, ...others] = item.themes;
    this.form.reset();
    this.#slot("mark").replaceChildren(this.page.mark(main));
    this.#slot("heading").textContent = this.page.themes[main] ?? "";
    const open = main === "ovrigt";
    this.#slot("more").textContent = open ? this.page.words.which : this.page.words.more;
    // "Annat" asks what first; all others have said it with their button.
    const more = /** @type {HTMLElement} */ (this.form.querySelector("[data-more]"));
    if (open) this.form.querySelector("[data-photos]")?.before(more);
    else this.#field("text").closest(".field")?.after(more);
    for (const box of this.themes) {
      const own = box.value === main || (open && !this.further.contains(box));
      box.checked = others.includes(box.value);
      box.disabled = own;
      /** @type {HTMLElement} */ (box.closest(".choice")).hidden = own;
    }
    this.#limitThemes();
    this.further.open = open || this.themes.some((box) => box.checked && this.further.contains(box));
    this.#field("text").value = item.text;
    this.#field("place").value = item.place.street;
    if (this.#has("stop")) this.#field("stop").value = item.place.stop === null ? "" : String(item.place.stop);
    this.#choose("feeling", item.feeling);
    this.#choose("light", item.light ?? this.#lightNow());
    this.lightTouched = item.light !== null;
    this.#errors(item.problem?.sentence ?? "");
  }

  /** The draft with what stands in the form now. @param {Item} item @returns {Item} */
  read(item) {
    let { place } = item;
    if (this.#has("stop")) {
      const stop = this.#field("stop").value;
      const number = stop === "" ? null : Number(stop);
      if (number !== place.stop) place = withStop(place, number);
    }
    const extra = this.themes.filter((box) => box.checked && !box.disabled).map((box) => box.value);
    return {
      ...item,
      themes: [item.themes[0], ...extra].slice(0, MOST_THEMES),
      text: this.#field("text").value.trim(),
      feeling: this.#chosen("feeling"),
      light: this.lightTouched ? this.#chosen("light") : null,
      place: withStreet(place, this.#field("place").value.trim()),
    };
  }

  /** Where it is, in words. @param {Item} item @param {boolean} searching */
  showPlace(item, searching) {
    const { tone, word, n, text } = stateOf(item.place, searching);
    const slot = this.#slot("state");
    const said = fill(this.page.words[word], { n, text });
    if (slot.textContent !== said) slot.textContent = said;
    this.place.dataset.tone = tone;
  }

  /** @param {string} sentence */
  #errors(sentence) {
    this.form.querySelector("[data-problem]")?.remove();
    if (!sentence) return;
    const box = document.createElement("div");
    box.className = "error-summary";
    box.dataset.problem = "";
    box.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.textContent = sentence;
    box.append(said);
    this.form.querySelector(".capture-head")?.after(box);
  }

  #limitThemes() {
    const checked = this.themes.filter((box) => box.checked).length;
    for (const box of this.themes)
      if (!(/** @type {HTMLElement} */ (box.closest(".choice")).hidden))
        box.disabled = !box.checked && checked >= MOST_THEMES - 1;
  }

  /** Light or dark at this hour, as the server has worked it out. */
  #lightNow() {
    const past = this.page.light.filter(([at]) => new Date(at).getTime() <= Date.now());
    return (past.at(-1) ?? this.page.light[0])[1];
  }

  /** @param {string} name */
  #has(name) {
    return this.form.elements.namedItem(name) !== null;
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  /** @param {string} name @param {string | null} value */
  #choose(name, value) {
    for (const radio of this.form.querySelectorAll(`input[type=radio][name=${name}]`))
      if (radio instanceof HTMLInputElement) radio.checked = radio.value === value;
  }

  /** @param {string} name @returns {string | null} */
  #chosen(name) {
    const radio = this.form.querySelector(`input[type=radio][name=${name}]:checked`);
    return radio instanceof HTMLInputElement ? radio.value : null;
  }

  /** @param {string} name */
  #slot(name) {
    return /** @type {HTMLElement} */ (this.form.querySelector(`[data-slot=${name}]`));
  }
}
