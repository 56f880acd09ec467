// Sends what was saved, one step at a time, and tells the page what came of it.

import { bodyOf } from "./draft.js";
import { answered, due, hurried, nextAt, nextStep, withToken } from "./outbox.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {import("./memory.js").Store} Store */
/** @typedef {import("./outbox.js").Answer} Answer */
/** @typedef {import("./outbox.js").Receipt} Receipt */
/** @typedef {import("./outbox.js").Step} Step */

/**
 * @typedef {object} Parts
 * @property {Store} store
 * @property {typeof globalThis.fetch} fetch
 * @property {{observations: string, photos: string}} urls
 * @property {{code: string, token: string}} phone the walk of this page, and the phone's token in it
 * @property {readonly import("./place.js").Stop[]} stops
 * @property {string} photoLost what is said of a photo that the phone has lost
 * @property {() => void} changed
 * @property {(item: Item, receipt: Receipt) => void} sent
 * @property {(item: Item) => void} kept it was tried and did not arrive
 * @property {() => number} [now]
 */

const PATIENCE = { photo: 120_000, observation: 30_000 };

export class Sync {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.now = parts.now ?? Date.now;
    this.busy = false;
    this.again = false;
    /** Which item is on its way. @type {string | null} */
    this.sending = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** Send all that is due. Called while it is at work, it looks once more when it is done. */
  async run() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.again = false;
        await alone(() => this.#work());
      } while (this.again);
    } finally {
      this.busy = false;
    }
    await this.#plan();
  }

  /** There is coverage, or the walker asks for it: no pauses. */
  async hurry() {
    for (const item of await this.parts.store.all()) {
      const ready = hurried(item);
      if (ready !== item) await this.parts.store.put(ready);
    }
    await this.run();
  }

  async #work() {
    const { store, phone, changed, sent, kept } = this.parts;
    for (;;) {
      const item = due(await store.all(), this.now());
      if (!item) break;
      const current = item.code === phone.code ? withToken(item, phone.token) : item;
      const step = nextStep(current);
      if (this.sending !== item.id) {
        this.sending = item.id;
        changed();
      }
      const answer = await this.#send(current, step);
      const outcome = answered(current, step, answer, this.now());
      if (!outcome.goOn) this.sending = null;
      if (outcome.receipt) {
        await store.remove(item);
        sent(outcome.item, outcome.receipt);
      } else await store.put(outcome.item);
      if (!outcome.goOn) changed();
      if (!outcome.goOn && !outcome.receipt) kept(outcome.item);
      if (answer.status === 0) break; // no coverage for this one is none for the next
    }
    this.sending = null;
  }

  /** @param {Item} item @param {Step} step @returns {Promise<Answer>} */
  async #send(item, step) {
    const { store, urls, stops, photoLost } = this.parts;
    if (step.kind === "observation")
      return this.#put(
        urls.observations + item.id,
        item.token,
        "application/json",
        JSON.stringify(bodyOf(item, stops)),
        PATIENCE.observation,
      );
    const photo = await store.photo(step.id);
    if (!photo) return { status: 422, body: { detail: photoLost } };
    return this.#put(urls.photos + step.id, item.token, photo.type || "image/jpeg", photo, PATIENCE.photo);
  }

  /**
   * @param {string} url @param {string} token @param {string} type @param {BodyInit} body @param {number} patience ms
   * @returns {Promise<Answer>}
   */
  async #put(url, token, type, body, patience) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), patience);
    try {
      const response = await this.parts.fetch(url, {
        method: "PUT",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": type },
        body,
        credentials: "omit",
        redirect: "manual",
        signal: giveUp.signal,
      });
      return { status: response.status, body: await response.json().catch(() => null) };
    } catch {
      return { status: 0, body: null };
    } finally {
      clearTimeout(timer);
    }
  }

  async #plan() {
    clearTimeout(this.timer);
    const at = nextAt(await this.parts.store.all());
    if (at !== undefined) this.timer = setTimeout(() => this.run(), Math.max(250, at - this.now()));
  }
}

/** Two tabs must not send the same item at once; the one that is late leaves it to the other. @param {() => Promise<void>} work */
const alone = async (work) => {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  await locks.request("walkapp-outbox", { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
};
