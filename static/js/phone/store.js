// What the phone keeps until the server has said that it has it: in IndexedDB, one record an item, one a photo.

import { openDB } from "../../vendor/idb/index.js";
import { memoryStore } from "./memory.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {import("./memory.js").Store} Store */
/** @typedef {import("../../vendor/idb/index.js").IDBPDatabase} Database */

const NAME = "walkapp";
const VERSION = 1;

/** @returns {Promise<Database>} */
const open = () =>
  openDB(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore("items", { keyPath: "id" });
      db.createObjectStore("photos");
    },
    // A newer page in another tab must not wait for this one.
    blocking: (_current, _blocked, event) => /** @type {IDBDatabase} */ (event.target).close(),
  });

/** The store of this phone. A private window, a full or a broken disk: then memory, and `durable` is false. @returns {Store} */
export const openStore = () => {
  const spare = memoryStore();
  /** @type {Promise<Database> | undefined} */
  let opened;

  /**
   * On the database; a connection that was closed or lost is opened anew, once.
   * @template T
   * @param {(db: Database) => Promise<T>} work @param {() => Promise<T>} otherwise
   * @returns {Promise<T>}
   */
  const tried = async (work, otherwise) => {
    for (let turn = 0; turn < 2; turn += 1)
      try {
        opened ??= open();
        return await work(await opened);
      } catch {
        opened = undefined;
      }
    store.durable = false;
    return otherwise();
  };

  /** @type {Store} */
  const store = {
    durable: true,
    all: async () => {
      const kept = await tried(
        (db) => db.getAll("items"),
        async () => [],
      );
      return [...kept, ...(await spare.all())];
    },
    item: async (id) =>
      (await spare.item(id)) ??
      tried(
        (db) => db.get("items", id),
        async () => undefined,
      ),
    put: (item) =>
      tried(
        async (db) => {
          await db.put("items", item);
          await spare.remove({ ...item, photos: [] });
        },
        async () => {
          await spare.put(item);
        },
      ),
    remove: async (item) => {
      await spare.remove(item);
      await tried(
        async (db) => {
          const work = db.transaction(["items", "photos"], "readwrite");
          await Promise.all([
            work.objectStore("items").delete(item.id),
            ...item.photos.map(({ id }) => work.objectStore("photos").delete(id)),
            work.done,
          ]);
        },
        async () => {},
      );
    },
    photo: async (id) =>
      (await spare.photo(id)) ??
      tried(
        (db) => db.get("photos", id),
        async () => undefined,
      ),
    putPhoto: (id, blob) =>
      tried(
        async (db) => void (await db.put("photos", blob, id)),
        () => spare.putPhoto(id, blob),
      ),
    removePhoto: async (id) => {
      await spare.removePhoto(id);
      await tried(
        (db) => db.delete("photos", id),
        async () => {},
      );
    },
  };
  return store;
};
