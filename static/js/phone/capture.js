// The phone's page: the tap, the form, Spara, and what becomes of it. The page works without this; with it, it works
// without coverage too.

import { begin, isBlank, reopened, withoutPhoto, withPhoto } from "./draft.js";
import { Form } from "./form.js";
import { newId } from "./ids.js";
import { List } from "./list.js";
import { locate } from "./locate.js";
import { FIX_PATIENCE, saved } from "./outbox.js";
import { Photos } from "./photos.js";
import { Pin } from "./pin.js";
import { nowhere, withFix } from "./place.js";
import { jot, jotted, wipe } from "./scratch.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";
import { facts } from "./words.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {import("./place.js").Fix} Fix */

const RESUMED_WITHIN = 30 * 60_000;
const REST = 400; // ms without typing before the draft is kept

const root = /** @type {HTMLElement} */ (document.querySelector("[data-capture]"));
const page = facts("capture-facts");
/** @type {import("./words.js").Words} */
const words = facts("capture-words");
const token = root.dataset.token ?? "";
const marks = /** @type {HTMLTemplateElement} */ (document.querySelector("[data-marks]")).content;

/** @param {string} theme @returns {Node} */
const mark = (theme) =>
  marks.querySelector(`[data-theme="${theme}"] > *`)?.cloneNode(true) ?? document.createTextNode("");

const store = openStore();
const list = new List({ root, words, themes: page.themes, mark, resume, discard });
const sync = new Sync({
  store,
  fetch: globalThis.fetch.bind(globalThis),
  urls: page.urls,
  phone: { code: page.code, token },
  stops: page.stops,
  photoLost: words.photoLost,
  changed: refresh,
  sent: (item, receipt) => list.arrived(item, receipt),
  kept: (item) => list.kept(item),
});

/** The draft on the form. @type {Item | null} */
let current = null;
/** The draft whose position is still being asked for, and how to stop that. @type {{id: string, stop: () => void} | null} */
let search = null;
let refreshing = 0;

/** Show what is on the phone. Calls may overtake each other; only the last one draws. */
async function refresh() {
  const mine = ++refreshing;
  const items = await store.all();
  if (mine !== refreshing) return;
  list.show(items, sync.sending, current?.id ?? null);
  if (!store.durable && items.length) list.say(words.noRoom, "warn");
}

/** @param {Item} item */
async function discard(item) {
  if (!window.confirm(words.discard)) return;
  await store.remove(item);
  await refresh();
}

/** @param {Item} item */
async function resume(item) {
  const again = reopened(item, newId());
  if (again.id !== item.id) await store.remove({ ...item, photos: [] });
  await openForm?.(again, true);
}

/** Set below where the page has a form: the page of a closed walk has none. @type {((item: Item, push: boolean) => Promise<void>) | undefined} */
let openForm;

const form = root.querySelector("[data-form]");
if (form instanceof HTMLFormElement && root.dataset.sentBack === undefined) wire(form);

document.querySelector("[data-send-now]")?.addEventListener("click", () => sync.hurry());
window.addEventListener("online", () => sync.hurry());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") sync.hurry();
});
refresh();
sync.run();

/** @param {HTMLFormElement} element */
function wire(element) {
  document.documentElement.dataset.scripted = "";
  const views = { start: view("start"), form: view("form") };
  const fields = new Form(element, { words, themes: page.themes, light: page.light, mark });
  const photos = new Photos({
    root: /** @type {HTMLElement} */ (element.querySelector("[data-photos]")),
    words,
    most: page.mostPhotos,
    keep: keepPhoto,
    drop: dropPhoto,
  });
  const pin = new Pin({
    root: /** @type {HTMLElement} */ (element.querySelector("[data-pin]")),
    words,
    districts: page.urls.districts,
    middle: page.middle,
    box: page.box,
    stops: page.stops,
    place: () => current?.place ?? nowhere(),
    moved: (place) => {
      replacing = "";
      setPlace(place, false);
    },
    here: () => {
      if (!current) return;
      // The pin stays where it is until the phone knows better: it may never say.
      replacing = current.id;
      ask(current.id);
    },
  });
  let rest = 0;
  /** The draft whose place the next fix replaces, also a pin. */
  let replacing = "";

  openForm = async (item, push) => {
    current = item;
    fields.show(item);
    photos.show(await Promise.all(item.photos.map(async ({ id }) => ({ id, blob: await store.photo(id) }))));
    fields.place.open = false;
    if (push) history.pushState({ view: "form" }, "", `${page.urls.new}?tema=${item.themes[0]}`);
    turnTo("form");
    showPlace();
    await keep();
    refresh();
  };

  /** The tap: its time and its place count. @param {string} theme @param {boolean} push */
  const tap = (theme, push) => {
    list.say("");
    const item = begin({ id: newId(), code: page.code, token, theme, at: Date.now() });
    current = item;
    ask(item.id);
    openForm?.(item, push);
  };

  /** @param {string} id of the item */
  function ask(id) {
    search?.stop();
    const stop = locate({
      patience: FIX_PATIENCE,
      onFix: (fix) => found(id, fix),
      onEnd: () => {
        if (search?.id === id) search = null;
        if (current?.id === id) showPlace();
        else sync.hurry();
      },
    });
    search = { id, stop };
  }

  /** A fix for the draft on the form, or for one that was saved before it came. @param {string} id @param {Fix} fix */
  async function found(id, fix) {
    if (current?.id === id) {
      const { street, stop } = current.place;
      const place = replacing === id ? { ...nowhere(), street, stop } : current.place;
      replacing = "";
      setPlace(withFix(place, fix), place.lat === null);
      return;
    }
    const item = await store.item(id);
    if (item?.state !== "waiting" || item.tries > 0 || sync.sending === id) return;
    search?.stop();
    search = null;
    await store.put({ ...item, place: withFix(item.place, fix), retryAt: 0 });
    sync.run();
  }

  /** @param {import("./place.js").Place} place @param {boolean} look */
  function setPlace(place, look) {
    if (!current) return;
    current = { ...current, place };
    showPlace();
    pin.show(place, look);
    keepSoon();
  }

  function showPlace() {
    if (current) fields.showPlace(current, search?.id === current.id);
  }

  /** @param {string} id @param {Blob} blob */
  async function keepPhoto(id, blob) {
    await store.putPhoto(id, blob);
    if (current) current = withPhoto(current, id);
    await keep();
  }

  /** @param {string} id */
  function dropPhoto(id) {
    if (current) current = withoutPhoto(current, id);
    store.removePhoto(id);
    keepSoon();
  }

  /** Keep the draft as it is now. */
  async function keep() {
    clearTimeout(rest);
    if (!current) return;
    current = fields.read(current);
    await store.put(current);
  }

  function keepSoon() {
    clearTimeout(rest);
    rest = window.setTimeout(keep, REST);
  }

  async function save() {
    const button = /** @type {HTMLButtonElement} */ (element.querySelector("[data-save]"));
    if (!current || button.disabled) return;
    button.disabled = true;
    try {
      if (photos.pending.size) list.say(words.savedPhotos);
      await photos.settled();
      const draft = fields.read(current);
      // Nobody waits for GPS; but what nobody has placed may wait on the phone for the fix of its tap.
      const comes = search?.id === draft.id && draft.place.lat === null && !draft.place.said && !draft.place.street;
      if (!comes) search?.stop();
      clearTimeout(rest);
      current = null;
      await store.put(saved(draft, Date.now(), comes));
      wipe();
      list.say(words.saved);
      leave();
      sync.run();
    } finally {
      button.disabled = false;
    }
  }

  /** Back to the start page; what was begun is kept there, a bare tap is forgotten. */
  async function putAway() {
    clearTimeout(rest);
    const draft = current && fields.read(current);
    current = null;
    search?.stop();
    search = null;
    if (draft) await (isBlank(draft) ? store.remove(draft) : store.put(draft));
    wipe();
    refresh();
  }

  /** From the form to the start page, also in the browser's history. */
  function leave() {
    if (history.state?.view === "form") history.back();
    else {
      history.replaceState(null, "", page.urls.start);
      turnTo("start");
    }
    refresh();
  }

  /** @param {"start" | "form"} name */
  function turnTo(name) {
    views.start.hidden = name !== "start";
    views.form.hidden = name !== "form";
    document.title = document.title.replace(
      /^[^–]*/,
      `${name === "form" && current ? page.themes[current.themes[0]] : (root.dataset.title ?? "")} `,
    );
    window.scrollTo(0, 0);
    const heading =
      name === "form" ? views.form.querySelector("h1") : views.start.querySelector("[data-start-heading]");
    if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  }

  root.querySelector("[data-themes]")?.addEventListener("submit", (event) => {
    const button = /** @type {SubmitEvent} */ (event).submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    tap(button.value, true);
  });
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  for (const kind of ["input", "change"])
    element.addEventListener(kind, () => {
      if (!current) return;
      current = fields.read(current);
      jot(current);
      showPlace();
      keepSoon();
    });
  element.querySelector("[data-back]")?.addEventListener("click", async (event) => {
    event.preventDefault();
    await putAway();
    leave();
  });
  fields.place.addEventListener("toggle", () => {
    if (fields.place.open) pin.open();
  });
  window.addEventListener("popstate", async (event) => {
    if (event.state?.view === "form") history.replaceState(null, "", page.urls.start);
    await putAway();
    turnTo("start");
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  window.addEventListener("pagehide", () => keep());

  const recovered = recover();
  if (!views.form.hidden) recovered.then(arrive);

  /** What a page that was killed had no time to keep. */
  async function recover() {
    const last = jotted();
    wipe();
    const kept = last && (await store.item(last.id));
    if (!last || (kept && kept.state !== "draft")) return;
    // The database knows best which photos there are: each is in it before its draft is.
    await store.put({ ...last, photos: kept?.photos ?? last.photos });
    refresh();
  }

  /** The page came with the form open: a reload goes on with its draft, a link begins one. */
  async function arrive() {
    const main = /** @type {HTMLInputElement} */ (element.querySelector("[data-main]"));
    const before = (await store.all()).find(
      (item) =>
        item.state === "draft" &&
        item.code === page.code &&
        item.themes[0] === main.value &&
        Date.now() - item.tappedAt < RESUMED_WITHIN,
    );
    if (!before) tap(main.value, false);
    else {
      await openForm?.(before, false);
      if (before.place.lat === null) ask(before.id);
      showPlace();
    }
  }

  /** @param {string} name */
  function view(name) {
    return /** @type {HTMLElement} */ (root.querySelector(`[data-view=${name}]`));
  }
}
