// The small map: the districts' outlines, the stops, and a pin that is put by a tap, a drag, keys or buttons.

import { nudged, withPin } from "./place.js";
import { fill } from "./words.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("./place.js").Stop} Stop */

/**
 * @typedef {object} Wish
 * @property {HTMLElement} root
 * @property {import("./words.js").Words} words
 * @property {string} districts address of the outlines
 * @property {[number, number]} middle
 * @property {[number, number, number, number] | null} box west, south, east, north
 * @property {Stop[]} stops
 * @property {() => Place} place
 * @property {(place: Place) => void} moved by hand
 * @property {() => void} here back to where the phone is
 */

/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowUp: [5, 0], ArrowDown: [-5, 0], ArrowLeft: [0, -5], ArrowRight: [0, 5] };
const NEAR = 17;

export class Pin {
  /** @param {Wish} wish */
  constructor(wish) {
    this.wish = wish;
    this.frame = /** @type {HTMLElement} */ (wish.root.querySelector("[data-pin-map]"));
    /** @type {L.Map | undefined} */
    this.map = undefined;
    /** @type {L.Marker | undefined} */
    this.marker = undefined;
    /** @type {L.Circle | undefined} */
    this.circle = undefined;
    for (const button of wish.root.querySelectorAll("[data-nudge]"))
      if (button instanceof HTMLElement) {
        const [north, east] = (button.dataset.nudge ?? "").split(",").map(Number);
        button.addEventListener("click", () => this.#nudge(north, east));
      }
    wish.root.querySelector("[data-here]")?.addEventListener("click", () => wish.here());
    this.frame.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const far = event.shiftKey ? 5 : 1;
      this.#nudge(step[0] * far, step[1] * far);
    });
  }

  /** The place block was opened: from now on there is a map. Without it the stops and the street name do. */
  async open() {
    this.wish.root.hidden = false;
    if (!this.map) {
      try {
        await import(this.wish.root.dataset.pin ?? ""); // makes the global L
        this.#draw();
      } catch {
        this.wish.root.hidden = true;
        return;
      }
    }
    this.map?.invalidateSize();
    this.show(this.wish.place(), true);
  }

  /** @param {Place} place @param {boolean} look whether to move there */
  show(place, look = false) {
    if (!this.map) return;
    if (place.lat === null || place.lon === null) {
      this.marker?.remove();
      this.circle?.remove();
      if (look) this.#overview();
      return;
    }
    const at = L.latLng(place.lat, place.lon);
    this.marker?.setLatLng(at).addTo(this.map);
    this.circle?.setLatLng(at);
    if (place.accuracy && place.said === null) this.circle?.setRadius(place.accuracy).addTo(this.map);
    else this.circle?.remove();
    if (look) this.map.setView(at, Math.max(NEAR, this.map.getZoom() ?? NEAR), { animate: false });
    else if (!this.map.getBounds().contains(at)) this.map.panTo(at);
  }

  #draw() {
    const calm = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(this.frame, {
      attributionControl: false,
      zoomControl: false,
      keyboard: false,
      minZoom: 9,
      maxZoom: 20,
      zoomAnimation: calm,
      fadeAnimation: calm,
      inertia: calm,
    });
    const { words, stops } = this.wish;
    L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    this.map = map;
    this.#overview();
    for (const stop of stops) {
      const icon = L.divIcon({ className: "pin-stop", html: String(stop.number), iconSize: [28, 28] });
      L.marker([stop.lat, stop.lon], {
        icon,
        interactive: false,
        keyboard: false,
        alt: fill(words.stop, { n: stop.number }),
      }).addTo(map);
    }
    const sign = document.createElement("span");
    sign.append(
      /** @type {HTMLTemplateElement} */ (this.wish.root.querySelector("[data-pin-sign]")).content.cloneNode(true),
    );
    const icon = L.divIcon({ className: "pin-sign", html: sign, iconSize: [48, 48], iconAnchor: [24, 46] });
    this.circle = L.circle(map.getCenter(), { radius: 1, className: "pin-doubt", interactive: false });
    this.marker = L.marker(map.getCenter(), {
      icon,
      draggable: true,
      keyboard: false,
      title: words.pin,
      alt: words.pin,
    });
    this.marker.on("dragend", () => this.#put(/** @type {L.Marker} */ (this.marker).getLatLng()));
    map.on("click", (event) => this.#put(event.latlng));
    this.#outlines(map);
  }

  /** @param {L.Map} map */
  async #outlines(map) {
    try {
      const answer = await fetch(this.wish.districts);
      if (!answer.ok) return;
      L.geoJSON(await answer.json(), { interactive: false, style: () => ({ className: "pin-district" }) }).addTo(map);
    } catch {
      // No coverage: the pin and the stops stand without them.
    }
  }

  #overview() {
    const { stops, box, middle } = this.wish;
    if (stops.length > 1)
      this.map?.fitBounds(L.latLngBounds(stops.map((s) => [s.lat, s.lon])), {
        padding: [24, 24],
        maxZoom: 16,
        animate: false,
      });
    else if (stops.length === 1) this.map?.setView([stops[0].lat, stops[0].lon], 16, { animate: false });
    else if (box)
      this.map?.fitBounds(
        [
          [box[1], box[0]],
          [box[3], box[2]],
        ],
        { animate: false },
      );
    else this.map?.setView(middle, 14, { animate: false });
  }

  /** @param {L.LatLng} at */
  #put({ lat, lng }) {
    this.wish.moved(withPin(this.wish.place(), lat, lng));
  }

  /** Without a pin there is one in the middle of the map first. @param {number} north @param {number} east */
  #nudge(north, east) {
    const place = this.wish.place();
    if (place.lat !== null) this.wish.moved(nudged(place, north, east));
    else if (this.map) this.#put(this.map.getCenter());
  }
}
