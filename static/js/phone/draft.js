// An observation on the phone, from the tap on. Its id and those of its photos are made here and never change. Pure.

import { nowhere, placeBody } from "./place.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("./place.js").Stop} Stop */

/** @typedef {{id: string, state: "waiting" | "sent" | "refused", sentence?: string}} PhotoNote */
/** Why something is still here: `status` 0 is no answer at all. @typedef {{status: number, sentence: string}} Problem */

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} code of the walk
 * @property {string} token of the phone when it was made, or when its photos were sent
 * @property {"draft" | "waiting" | "refused"} state
 * @property {string[]} themes the button that was tapped comes first
 * @property {string} text
 * @property {string | null} feeling
 * @property {string | null} light only when the walker has corrected it
 * @property {Place} place
 * @property {PhotoNote[]} photos
 * @property {number} tappedAt ms since 1970
 * @property {number} savedAt
 * @property {number} tries
 * @property {number} retryAt not before then
 * @property {Problem | null} problem
 */

/** @param {{id: string, code: string, token: string, theme: string, at: number}} tap @returns {Item} */
export const begin = ({ id, code, token, theme, at }) => ({
  id,
  code,
  token,
  state: "draft",
  themes: [theme],
  text: "",
  feeling: null,
  light: null,
  place: nowhere(),
  photos: [],
  tappedAt: at,
  savedAt: 0,
  tries: 0,
  retryAt: 0,
  problem: null,
});

/** Nothing but the tap: it may be forgotten without asking. @param {Item} item */
export const isBlank = (item) =>
  item.themes.length === 1 &&
  !item.text.trim() &&
  !item.feeling &&
  !item.light &&
  item.photos.length === 0 &&
  !item.place.said &&
  !item.place.street;

/** "Annat" beside a theme that says something says nothing more (the server's rule too). @param {string[]} themes */
export const sayingThemes = (themes) => {
  const telling = themes.filter((theme) => theme !== "ovrigt");
  return telling.length ? telling : themes;
};

/** What the server gets. The same item gives the same body, however often it is sent. @param {Item} item @param {readonly Stop[]} stops */
export const bodyOf = (item, stops) => ({
  themes: sayingThemes(item.themes),
  text: item.text,
  feeling: item.feeling,
  light: item.light,
  ...placeBody(item.place, stops),
  observed_at: new Date(item.tappedAt).toISOString(),
  photos: item.photos.filter((photo) => photo.state !== "refused").map((photo) => photo.id),
});

/**
 * Back on the form, to be mended. What is taken on the server under its id can only be sent as another one.
 * @param {Item} item @param {string} newId @returns {Item}
 */
export const reopened = (item, newId) => ({
  ...item,
  id: item.problem?.status === 409 ? newId : item.id,
  state: "draft",
  tries: 0,
  retryAt: 0,
});

/** @param {Item} item @param {string} id @returns {Item} */
export const withoutPhoto = (item, id) => ({ ...item, photos: item.photos.filter((photo) => photo.id !== id) });

/** @param {Item} item @param {string} id @returns {Item} */
export const withPhoto = (item, id) => ({ ...item, photos: [...item.photos, { id, state: "waiting" }] });
