// The words of the draft on the form, kept at every stroke and at once: a killed page has no time for a database.

/** @typedef {import("./draft.js").Item} Item */

const KEY = "walkapp-draft";

/** @param {Item} item @param {Storage} [storage] */
export const jot = (item, storage) => {
  try {
    (storage ?? localStorage).setItem(KEY, JSON.stringify(item));
  } catch {
    // No storage: the database follows soon.
  }
};

/** @param {Storage} [storage] */
export const wipe = (storage) => {
  try {
    (storage ?? localStorage).removeItem(KEY);
  } catch {
    // Then nothing was kept either.
  }
};

/** What was jotted down and neither saved nor put away. @param {Storage} [storage] @returns {Item | undefined} */
export const jotted = (storage) => {
  try {
    const item = JSON.parse((storage ?? localStorage).getItem(KEY) ?? "null");
    return item?.state === "draft" && typeof item.id === "string" ? item : undefined;
  } catch {
    return undefined;
  }
};
