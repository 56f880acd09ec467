// What is on the phone and what has arrived: rows, counts, and the sentence that was said last.

import { sayingThemes } from "./draft.js";
import { clock, fill } from "./words.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {import("./outbox.js").Receipt} Receipt */

/**
 * @typedef {object} Wish
 * @property {HTMLElement} root
 * @property {import("./words.js").Words} words
 * @property {Record<string, string>} themes
 * @property {(theme: string) => Node} mark
 * @property {(item: Item) => void} resume
 * @property {(item: Item) => void} discard
 */

export class List {
  /** @param {Wish} wish */
  constructor(wish) {
    this.wish = wish;
    this.said = this.#one("[data-said]");
    this.unsent = this.#one("[data-unsent]");
    this.tally = document.querySelector("[data-tally]");
    this.sentCount = Number(this.#one("[data-sent-count]").textContent);
  }

  /** @param {Item[]} items @param {string | null} sending @param {string | null} open the draft that is on the form */
  show(items, sending, open) {
    const { words } = this.wish;
    const shown = items.filter((item) => item.id !== open).sort((a, b) => a.tappedAt - b.tappedAt);
    this.unsent.hidden = shown.length === 0;
    this.#one("[data-unsent-count]").textContent = String(shown.length);
    this.#one("[data-unsent-rows]").replaceChildren(...shown.map((item) => this.#row(item, item.id === sending)));
    this.#one("[data-send-now]").hidden = !shown.some((item) => item.state === "waiting" && item.tries > 0);
    if (this.tally && (shown.length || this.sentCount)) {
      const word = shown.length ? words.tally : words.tallySent;
      this.tally.textContent = fill(word, { unsent: shown.length, sent: this.sentCount });
    }
  }

  /** @param {Item} item @param {Receipt} receipt */
  arrived(item, receipt) {
    const { words } = this.wish;
    this.sentCount += 1;
    this.#one("[data-sent-count]").textContent = String(this.sentCount);
    this.#one("[data-sent-none]").hidden = true;
    const row = this.#clone("[data-sent-template]");
    const link = /** @type {HTMLAnchorElement} */ (row.querySelector("[data-slot=link]"));
    link.href = receipt.receiptUrl;
    fillSlot(row, "what", this.#themes(item));
    fillSlot(row, "where", [clock(item.tappedAt), item.place.street || receipt.district].filter(Boolean).join(" · "));
    fillSlot(row, "receipt", receipt.receipt);
    row.querySelector("[data-slot=marks]")?.append(...sayingThemes(item.themes).map(this.wish.mark));
    this.#one("[data-sent-rows]").prepend(row);
    const lost = item.photos.find((photo) => photo.state === "refused");
    this.say(lost ? fill(words.photoNotKept, { why: lost.sentence }) : words.sent, lost ? "warn" : "done");
    const code = document.createElement("a");
    code.className = "receipt-code";
    code.href = receipt.receiptUrl;
    code.textContent = fill(words.receipt, { receipt: receipt.receipt });
    this.said.firstElementChild?.append(" ", code);
  }

  /** It did not arrive now: said once, for it is tried again and again. @param {Item} item */
  kept(item) {
    const { words } = this.wish;
    if (item.state === "refused") this.say(words.notTaken, "stop");
    else if (item.tries === 1) this.say(words.savedWaiting, "warn");
  }

  /** @param {string} sentence @param {"done" | "warn" | "stop"} tone */
  say(sentence, tone = "done") {
    const words = document.createElement("p");
    words.className = `notice tone-${tone}`;
    words.textContent = sentence;
    this.said.replaceChildren(...(sentence ? [words] : []));
  }

  /** @param {Item} item @param {boolean} sending */
  #row(item, sending) {
    const { words } = this.wish;
    const row = this.#clone("[data-unsent-template]");
    fillSlot(row, "what", this.#themes(item));
    fillSlot(row, "state", [clock(item.tappedAt), this.#state(item, sending)].join(" · "));
    row.querySelector("[data-slot=marks]")?.append(...sayingThemes(item.themes).map(this.wish.mark));
    const why = /** @type {HTMLElement} */ (row.querySelector("[data-slot=why]"));
    why.textContent = item.state === "refused" ? (item.problem?.sentence ?? "") : "";
    why.hidden = why.textContent === "";
    row.classList.toggle("is-refused", item.state === "refused");
    const resume = /** @type {HTMLButtonElement} */ (row.querySelector("[data-resume]"));
    resume.textContent = item.state === "draft" ? words.resumeDraft : words.resumeRefused;
    resume.addEventListener("click", () => this.wish.resume(item));
    row.querySelector("[data-discard]")?.addEventListener("click", () => this.wish.discard(item));
    /** @type {HTMLElement} */ (resume.parentElement).hidden = item.state === "waiting";
    return row;
  }

  /** @param {Item} item @param {boolean} sending */
  #state(item, sending) {
    const { words } = this.wish;
    if (item.state === "draft") return words.draft;
    if (item.state === "refused") return words.refused;
    if (item.problem?.status === 401) return words.rejoin;
    if (sending || item.tries === 0) return words.sending;
    return item.problem && item.problem.status >= 429 ? words.busy : words.waiting;
  }

  /** @param {Item} item */
  #themes(item) {
    return sayingThemes(item.themes)
      .map((theme) => this.wish.themes[theme] ?? theme)
      .join(", ");
  }

  /** @param {string} selector */
  #one(selector) {
    return /** @type {HTMLElement} */ (this.wish.root.querySelector(selector));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #clone(selector) {
    const { content } = /** @type {HTMLTemplateElement} */ (this.wish.root.querySelector(selector));
    return /** @type {HTMLElement} */ (/** @type {Element} */ (content.firstElementChild).cloneNode(true));
  }
}

/** @param {HTMLElement} row @param {string} name @param {string} text */
const fillSlot = (row, name, text) => {
  const slot = row.querySelector(`[data-slot=${name}]`);
  if (slot) slot.textContent = text;
};
