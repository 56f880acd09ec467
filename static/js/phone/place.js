// Where something is, as far as one knows: a fix, a pin, a stop and a street name are equals. Pure.

/**
 * `said` is what the walker chose by hand; then no fix may change it any more.
 * @typedef {object} Place
 * @property {number | null} lat degrees WGS 84
 * @property {number | null} lon
 * @property {number | null} accuracy metres, 68 %
 * @property {"pin" | "stop" | null} said
 * @property {number | null} stop
 * @property {string} street
 */

/** @typedef {{lat: number, lon: number, accuracy: number}} Fix */
/** @typedef {{number: number, name: string, lat: number, lon: number}} Stop a stop whose position is known */
/** @typedef {{tone: "good" | "fair" | "poor" | "busy", word: string, n?: number, text?: string}} State */

/** Up to here, in metres, a fix needs no help. */
export const GOOD = 20;
/** Beyond this the walker is asked to point. */
export const POOR = 50;

/** @returns {Place} */
export const nowhere = () => ({ lat: null, lon: null, accuracy: null, said: null, stop: null, street: "" });

/** Phones have answered 0, 0 for "don't know". @param {Fix} fix */
const makesSense = ({ lat, lon, accuracy }) =>
  [lat, lon, accuracy].every(Number.isFinite) &&
  Math.abs(lat) <= 90 &&
  Math.abs(lon) <= 180 &&
  !(lat === 0 && lon === 0);

/** A fix counts when it is better than what there is and nothing was chosen by hand. @param {Place} place @param {Fix} fix */
export const withFix = (place, fix) => {
  const better = place.lat === null || place.accuracy === null || fix.accuracy < place.accuracy;
  if (place.said === "pin" || !makesSense(fix) || !better) return place;
  return { ...place, lat: fix.lat, lon: fix.lon, accuracy: fix.accuracy };
};

/** @param {Place} place @param {number} lat @param {number} lon @returns {Place} */
export const withPin = (place, lat, lon) => ({ ...place, lat, lon, accuracy: null, said: "pin" });

/** @param {Place} place @param {number | null} stop @returns {Place} */
export const withStop = (place, stop) => ({
  ...place,
  stop,
  said: stop === null ? (place.said === "stop" ? null : place.said) : "stop",
});

/** @param {Place} place @param {string} street @returns {Place} */
export const withStreet = (place, street) => ({ ...place, street });

const METRES_A_DEGREE = 111_320;

/** The pin moved by so many metres. @param {Place} place @param {number} north @param {number} east @returns {Place} */
export const nudged = (place, north, east) => {
  if (place.lat === null || place.lon === null) return place;
  const wide = METRES_A_DEGREE * Math.cos((place.lat * Math.PI) / 180);
  return withPin(place, place.lat + north / METRES_A_DEGREE, place.lon + east / wide);
};

/** What the walker reads about it: a word to look up, and its number or text. @param {Place} place @param {boolean} searching @returns {State} */
export const stateOf = (place, searching) => {
  if (place.said === "stop" && place.stop !== null) return { tone: "good", word: "placeStop", n: place.stop };
  if (place.said === "pin") return { tone: "good", word: "placePin" };
  if (place.lat !== null) {
    const n = Math.max(1, Math.round(place.accuracy ?? POOR));
    if (n <= GOOD) return { tone: "good", word: "placeGood", n };
    return n <= POOR ? { tone: "fair", word: "placeFair", n } : { tone: "poor", word: "placePoor", n };
  }
  if (place.street) return { tone: "good", word: "placeStreet", text: place.street };
  return searching ? { tone: "busy", word: "placeSearching" } : { tone: "poor", word: "placeNone" };
};

/** The fields that the server takes. A stop whose own position is known needs no fix. @param {Place} place @param {readonly Stop[]} stops */
export const placeBody = (place, stops) => {
  const known = place.said === "stop" && stops.some((stop) => stop.number === place.stop);
  const placed = place.lat !== null && !known;
  const method = place.said ?? (placed ? "gps" : place.street ? "street" : "none");
  return {
    lat: placed ? place.lat : null,
    lon: placed ? place.lon : null,
    accuracy_m: placed ? place.accuracy : null,
    place_method: method,
    stop: place.stop,
    place: place.street,
  };
};
