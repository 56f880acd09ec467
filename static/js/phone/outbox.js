// What happens to an item that was saved: one step at a time, and nothing is dropped without a receipt. Pure.

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {import("./draft.js").PhotoNote} PhotoNote */
/** @typedef {{kind: "photo" | "observation", id: string}} Step */
/** `status` 0: no answer. `body`: the answer's JSON, or null when it was none. @typedef {{status: number, body: unknown}} Answer */
/** @typedef {{receipt: string, receiptUrl: string, district: string, photos: string[]}} Receipt */
/** @typedef {{item: Item, receipt: Receipt | null, goOn: boolean}} Outcome `goOn`: the item has a further step now */

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 300_000;
/** How long a saved item without a place waits for the fix that was asked for at the tap, ms after the tap. */
export const FIX_PATIENCE = 20_000;

/** What the server will never take, whoever says so. */
const FINAL = new Set([413, 415, 422]);
/** What may be otherwise next time. */
const PASSING = new Set([401, 408, 425, 429]);

/** Spara. @param {Item} item @param {number} now @param {boolean} fixIsComing @returns {Item} */
export const saved = (item, now, fixIsComing) => ({
  ...item,
  state: "waiting",
  savedAt: now,
  tries: 0,
  retryAt: fixIsComing ? item.tappedAt + FIX_PATIENCE : 0,
  problem: null,
});

/** The one to send now: the oldest whose time has come. @param {readonly Item[]} items @param {number} now @returns {Item | undefined} */
export const due = (items, now) =>
  items.filter((item) => item.state === "waiting" && item.retryAt <= now).sort((a, b) => a.savedAt - b.savedAt)[0];

/** When to look again, ms since 1970; undefined when nothing waits. @param {readonly Item[]} items @returns {number | undefined} */
export const nextAt = (items) => {
  const times = items.filter((item) => item.state === "waiting").map((item) => item.retryAt);
  return times.length ? Math.min(...times) : undefined;
};

/** Photos go first, so that the observation's receipt can say that they are there. @param {Item} item @returns {Step} */
export const nextStep = (item) => {
  const photo = item.photos.find((one) => one.state === "waiting");
  return photo ? { kind: "photo", id: photo.id } : { kind: "observation", id: item.id };
};

/** A phone that has joined anew must send its photos again: they belong to the token. @param {Item} item @param {string} token @returns {Item} */
export const withToken = (item, token) =>
  item.token === token
    ? item
    : { ...item, token, photos: item.photos.map((one) => (one.state === "sent" ? { ...one, state: "waiting" } : one)) };

/** All at once again, by the walker's wish or because there is coverage. @param {Item} item @returns {Item} */
export const hurried = (item) => (item.state === "waiting" && item.tries > 0 ? { ...item, retryAt: 0 } : item);

/** @param {number} tries */
export const pause = (tries) => Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, tries - 1));

/** @param {unknown} body @returns {Record<string, unknown>} */
const fields = (body) =>
  typeof body === "object" && body !== null ? /** @type {Record<string, unknown>} */ (body) : {};

/** @param {unknown} value */
const word = (value) => (typeof value === "string" ? value : "");

/** A receipt is 200 or 201 *and* the thing's own id: a captive portal answers 200 too. @param {Answer} answer @param {string} id */
const isReceipt = (answer, id) => (answer.status === 200 || answer.status === 201) && fields(answer.body).id === id;

/** Our own server says no in a sentence; anything else between here and there may not. @param {Answer} answer */
const isRefusal = ({ status, body }) =>
  status >= 400 && status < 500 && !PASSING.has(status) && (word(fields(body).detail) !== "" || FINAL.has(status));

/** @param {Item} item @param {Step} step @param {Answer} answer @param {number} now @returns {Outcome} */
export const answered = (item, step, answer, now) => {
  const { status, body } = answer;
  const sentence = word(fields(body).detail);
  if (isReceipt(answer, step.id)) {
    if (step.kind === "photo") return { item: photoIs(item, step.id, { state: "sent" }), receipt: null, goOn: true };
    return { item, receipt: receiptOf(body), goOn: false };
  }
  if (isRefusal(answer)) {
    // A refused photo never costs the observation its text.
    if (step.kind === "photo")
      return { item: photoIs(item, step.id, { state: "refused", sentence }), receipt: null, goOn: true };
    return { item: { ...item, state: "refused", problem: { status, sentence } }, receipt: null, goOn: false };
  }
  const tries = item.tries + 1;
  return {
    item: { ...item, tries, retryAt: now + pause(tries), problem: { status, sentence } },
    receipt: null,
    goOn: false,
  };
};

/** @param {Item} item @param {string} id @param {Partial<PhotoNote>} change @returns {Item} */
const photoIs = (item, id, change) => ({
  ...item,
  tries: 0,
  photos: item.photos.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

/** @param {unknown} body @returns {Receipt} */
const receiptOf = (body) => {
  const { receipt, receipt_url, district_name, photos } = fields(body);
  return {
    receipt: word(receipt),
    receiptUrl: word(receipt_url),
    district: word(district_name),
    photos: Array.isArray(photos) ? photos.map(word) : [],
  };
};
