// The form's two photo inputs: what they give is shrunk, kept under an id of its own, and shown with a way to take it back.

import { newId } from "./ids.js";
import { shrink } from "./shrink.js";
import { fill } from "./words.js";

/** @typedef {import("./words.js").Words} Words */

/**
 * @typedef {object} Wish
 * @property {HTMLElement} root
 * @property {Words} words
 * @property {number} most how many photos one observation may have
 * @property {(id: string, blob: Blob) => Promise<void>} keep
 * @property {(id: string) => void} drop
 */

export class Photos {
  /** @param {Wish} wish */
  constructor(wish) {
    this.wish = wish;
    this.thumbs = /** @type {HTMLElement} */ (wish.root.querySelector("[data-thumbs]"));
    this.problem = /** @type {HTMLElement} */ (wish.root.querySelector("[data-photo-problem]"));
    /** Photos on their way into the store. @type {Set<Promise<void>>} */
    this.pending = new Set();
    this.count = 0;
    for (const input of wish.root.querySelectorAll("input[type=file]"))
      if (input instanceof HTMLInputElement) input.addEventListener("change", () => this.#take(input));
  }

  /** All that was chosen is in the store. */
  async settled() {
    await Promise.all(this.pending);
  }

  /** Show a draft's photos, and no others. @param {{id: string, blob: Blob | undefined}[]} photos */
  show(photos) {
    for (const image of this.thumbs.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.thumbs.replaceChildren();
    this.count = 0;
    this.#say("");
    for (const { id, blob } of photos) if (blob) this.#add(id, blob);
  }

  /** @param {HTMLInputElement} input */
  #take(input) {
    const room = this.wish.most - this.count;
    const files = [...(input.files ?? [])];
    this.#say(files.length > room ? fill(this.wish.words.photosFull, { n: this.wish.most }) : "");
    for (const file of files.slice(0, Math.max(0, room))) {
      const id = newId();
      this.#add(id, file);
      const work = shrink(file)
        .then((small) => this.wish.keep(id, small))
        .finally(() => this.pending.delete(work));
      this.pending.add(work);
    }
    input.value = ""; // the camera may be used again
  }

  /** @param {string} id @param {Blob} blob */
  #add(id, blob) {
    this.count += 1;
    const row = document.createElement("li");
    const image = document.createElement("img");
    image.className = "thumb";
    image.src = URL.createObjectURL(blob);
    image.width = image.height = 120;
    image.alt = fill(this.wish.words.photoNumber, { n: this.count });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "thumb-remove";
    button.setAttribute("aria-label", fill(this.wish.words.removePhoto, { n: this.count }));
    button.textContent = "×";
    button.addEventListener("click", () => {
      URL.revokeObjectURL(image.src);
      row.remove();
      this.count -= 1;
      this.#say("");
      this.wish.drop(id);
      this.wish.root.querySelector("input")?.focus();
    });
    row.append(image, button);
    this.thumbs.append(row);
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.problem.textContent = sentence;
    this.problem.hidden = sentence === "";
  }
}
