// What is kept while the page is open: for browsers that keep nothing else, and for tests.

/** @typedef {import("./draft.js").Item} Item */

/**
 * Where items and photos are kept. Nothing in it fails: what a phone cannot keep stays in memory, and `durable` says so.
 * @typedef {object} Store
 * @property {boolean} durable whether all of it survives the page
 * @property {() => Promise<Item[]>} all
 * @property {(id: string) => Promise<Item | undefined>} item
 * @property {(item: Item) => Promise<void>} put
 * @property {(item: Item) => Promise<void>} remove with its photos
 * @property {(id: string) => Promise<Blob | undefined>} photo
 * @property {(id: string, blob: Blob) => Promise<void>} putPhoto
 * @property {(id: string) => Promise<void>} removePhoto
 */

/** @returns {Store} */
export const memoryStore = () => {
  /** @type {Map<string, Item>} */
  const items = new Map();
  /** @type {Map<string, Blob>} */
  const photos = new Map();
  return {
    durable: false,
    all: async () => [...items.values()],
    item: async (id) => items.get(id),
    put: async (item) => void items.set(item.id, item),
    remove: async (item) => {
      items.delete(item.id);
      for (const { id } of item.photos) photos.delete(id);
    },
    photo: async (id) => photos.get(id),
    putPhoto: async (id, blob) => void photos.set(id, blob),
    removePhoto: async (id) => void photos.delete(id),
  };
};
