// The map page: what a tap, a key and a moved view do. Folium's script (walkapp/maps/render.py) calls openMap.

import { SourceControl, ZoomControl } from "./controls.js";
import { ObservationLayer } from "./observations.js";
import { DistrictOutlines } from "./outlines.js";
import { onSchemeChange, readPalette } from "./palette.js";
import { Panel } from "./panel.js";
import { DIRECTIONS } from "./scene.js";
import { Refused, Source } from "./source.js";
import { bestFor, fragment, gridZoom, question, readFragment, wider } from "./view.js";

export { DistrictOutlines, ObservationLayer, SourceControl, ZoomControl };

/** @typedef {import("./scene.js").Answer} Answer */
/** @typedef {import("./scene.js").Item} Item */
/** @typedef {import("./scene.js").MapFeature} MapFeature */

/** Movement that the reader has not asked to be spared from. */
export const calm = !matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Read what the page tells in a <script type="application/json">. @param {string} id */
export const facts = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/** @type {import("./panel.js").Words} */
export const words = facts("karta-ord");

const PAUSE = 120; // ms of rest before the server is asked
const SAME_PLACE = 5; // metres: nearer than a phone can tell

/** @param {L.LatLngBounds} bounds */
const boxOf = (bounds) => ({
  west: bounds.getWest(),
  south: bounds.getSouth(),
  east: bounds.getEast(),
  north: bounds.getNorth(),
});

/**
 * @param {{map: L.Map, outlines: DistrictOutlines, observations: ObservationLayer,
 *   words: import("./panel.js").Words, home: () => void}} parts
 */
export const openMap = ({ map, outlines, observations, words, home }) => {
  const panel = new Panel(words);
  const source = new Source(words.urls.data);
  const container = map.getContainer();
  let timer = 0;

  const paint = () => observations.paint(readPalette(container));
  observations.labels = outlines.labels();
  outlines.mark(words.districts);
  paint();
  onSchemeChange(paint);

  /** @param {Answer} answer */
  const show = (answer) => {
    observations.show(answer.features);
    panel.showRows(answer, goTo, `${words.urls.list}?${inView()}`);
    panel.markRow(observations.chosen?.id);
  };

  const inView = () => question(words.filters, boxOf(map.getBounds()), map.getZoom());

  const ask = async () => {
    container.setAttribute("aria-busy", "true");
    try {
      const answer = await source.ask(inView());
      if (!answer) return; // a later question is on its way
      show(answer);
      panel.tell(panel.count.textContent ?? "");
    } catch (error) {
      panel.tell(error instanceof Refused ? error.message : words.said.offline, true);
    }
    container.removeAttribute("aria-busy");
  };

  /** @param {Item | undefined} item */
  const choose = (item) => {
    observations.choose(item);
    panel.markRow(item?.id);
  };

  const close = () => {
    panel.closeCard();
    choose(undefined);
    container.focus({ preventScroll: true });
  };

  /** @param {Item} item @param {boolean} focus */
  const open = (item, focus) => {
    if (item.point) {
      choose(item);
      panel.openCard(item.point, close, focus);
      uncover(item);
    } else {
      openCluster(item);
    }
  };

  /** Nearer, until its observations part; what lies on one spot is listed. @param {Item} item */
  const openCluster = (item) => {
    const [west, south, east, north] = /** @type {import("./scene.js").ClusterFacts} */ (item.cluster).box;
    const bounds = L.latLngBounds([south, west], [north, east]);
    const here = map.getZoom();
    if (here < map.getMaxZoom() && bounds.getNorthWest().distanceTo(bounds.getSouthEast()) > SAME_PLACE) {
      // On two fifths of the view: parted, and still among their neighbours.
      const zoom = map.getBoundsZoom(bounds, false, map.getSize().multiplyBy(0.6));
      map.setView(bounds.getCenter(), Math.min(Math.max(zoom, here + 1), here + 4, map.getMaxZoom()));
    } else openPile(item, wider({ west, south, east, north }));
  };

  /** @param {Item} item @param {import("./view.js").Box} box */
  const openPile = async (item, box) => {
    choose(item);
    try {
      const answer = await new Source(words.urls.data).ask(question(words.filters, box, map.getMaxZoom()));
      if (!answer) return;
      panel.openPile(answer, goTo, close);
      uncover(item);
    } catch (error) {
      panel.tell(error instanceof Refused ? error.message : words.said.offline, true);
    }
  };

  /** From the list to the map. @param {MapFeature} feature */
  const goTo = (feature) => {
    const [lon, lat] = feature.geometry.coordinates;
    const point = /** @type {import("./scene.js").PointFacts} */ (feature.properties);
    const drawn = observations.items.find((item) => item.id === feature.id);
    if (drawn) choose(drawn);
    else choose({ id: feature.id, lat, lon, radius: 13, point, cluster: null });
    panel.openCard(point, close, true);
    if (map.getBounds().contains([lat, lon])) uncover({ lat, lon });
    else map.panTo([lat, lon]);
  };

  /** The card lies over the map: move what it is about out from under it. @param {{lat: number, lon: number}} item */
  const uncover = ({ lat, lon }) => {
    const frame = container.getBoundingClientRect();
    const card = panel.card.getBoundingClientRect();
    const [across, down] = [frame.right - card.left, frame.bottom - card.top];
    const beside = card.left - frame.left > 120; // else the card is a sheet at the foot
    if (!beside && (down <= 0 || card.top - frame.top < 120)) return;
    const room = beside ? L.point(across + 32, 32) : L.point(32, down + 32);
    map.panInside([lat, lon], { paddingTopLeft: [72, 32], paddingBottomRight: room });
  };

  map.on("moveend", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
    const { lat, lng } = map.getCenter();
    history.replaceState(history.state, "", fragment(map.getZoom(), lat, lng));
  });
  map.on("click", (event) => {
    const item = observations.at(event.containerPoint);
    if (item) open(item, false);
    else if (!panel.card.hidden) close();
  });
  map.on("mousemove", (event) => {
    container.classList.toggle("is-over", observations.at(event.containerPoint) !== undefined);
  });

  container.addEventListener("keydown", (event) => {
    if (event.target !== container || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction && !event.shiftKey) {
      const next = observations.next(direction);
      if (next) {
        choose(next);
        panel.tell(panel.describe(next));
      } else map.panBy([direction.x * 120, direction.y * 120]);
    } else if (direction) map.panBy([direction.x * 120, direction.y * 120]);
    else if (event.key === "Enter" && observations.chosen) open(observations.chosen, true);
    else if (event.key === "+") map.zoomIn();
    else if (event.key === "-") map.zoomOut();
    else if (event.key === "Home") home();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (!panel.card.hidden || observations.chosen)) close();
  });

  // Another filter keeps the view in the address; another district is a reason to go there. Before the form is sent.
  document.addEventListener(
    "change",
    (event) => {
      if (!(event.target instanceof HTMLSelectElement) || event.target.name !== "omrade") return;
      history.replaceState(history.state, "", location.pathname + location.search);
    },
    { capture: true },
  );

  start();

  /** The page brings its first view along; only another one must be fetched. */
  function start() {
    const wanted = readFragment(location.hash);
    if (wanted) {
      map.setView([wanted.lat, wanted.lon], wanted.zoom, { animate: false });
      window.clearTimeout(timer);
      ask();
      return;
    }
    /** @type {{answers: import("./scene.js").Drawn[]} & import("./scene.js").Beside} */
    const { answers, rows, total } = facts("karta-data");
    const zoom = gridZoom(map.getZoom());
    const first = bestFor(answers, zoom);
    if (first) show({ ...first, rows, total });
    if (first?.zoom !== zoom) ask();
  }
};
