// The phone's position, asked for at the tap and improved in the background; nobody waits for it.

/** @typedef {import("./place.js").Fix} Fix */

/**
 * Ask until `patience` ms have passed. `onEnd` comes once: when time is up, or the phone will not or cannot say.
 * @param {{onFix: (fix: Fix) => void, onEnd: () => void, patience: number, geolocation?: Geolocation}} wish
 * @returns {() => void} stop asking; `onEnd` does not come then
 */
export const locate = ({ onFix, onEnd, patience, geolocation = globalThis.navigator?.geolocation }) => {
  let over = false;
  /** @type {number | undefined} */
  let watch;
  const stop = () => {
    over = true;
    clearTimeout(timer);
    if (watch !== undefined) geolocation.clearWatch(watch);
  };
  const end = () => {
    if (over) return;
    stop();
    onEnd();
  };
  const timer = setTimeout(end, patience);
  if (!geolocation) {
    queueMicrotask(end);
    return stop;
  }
  watch = geolocation.watchPosition(
    ({ coords }) => {
      if (!over) onFix({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy });
    },
    (error) => {
      // No permission is for good; "unavailable" and "timeout" may still change within the patience.
      if (error.code === 1) end();
    },
    { enableHighAccuracy: true, maximumAge: 3_000, timeout: patience },
  );
  if (over) stop();
  return stop;
};
