// The layer with everything that was seen: one canvas over the Leaflet map, drawn once a frame at most.

import { drawChosen, drawCluster, drawLabels, drawPoint } from "./drawing.js";
import { hit, items, towards, untangle } from "./scene.js";

/** @typedef {import("./scene.js").Item} Item */
/** @typedef {import("./scene.js").XY} XY */

/** The canvas reaches this far outside the view, so that nothing is missing while the map is dragged. */
const MARGIN = 160;

export class ObservationLayer extends L.Layer {
  /** @param {{pane: string}} options @param {{themes: import("./drawing.js").Themes}} words */
  constructor(options, words) {
    super(options);
    this.pane = options.pane;
    this.themes = words.themes;
    /** @type {Item[]} */
    this.items = [];
    /** @type {Item | undefined} */
    this.chosen = undefined;
    /** @type {{name: string, lat: number, lon: number, west: number, east: number}[]} */
    this.labels = [];
    this.frame = 0;
    this.zooming = false;
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this.map = map;
    const canvas = document.createElement("canvas");
    canvas.className = "map-observations leaflet-zoom-animated";
    canvas.setAttribute("aria-hidden", "true");
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    /** @type {HTMLElement} */ (map.getPane(this.pane)).append(canvas);
    map.on("move viewreset resize", this.redraw, this);
    map.on("zoomanim", this.follow, this);
    map.on("zoomend", this.arrive, this);
    this.place();
    return this;
  }

  /** @param {L.Map} map */
  onRemove(map) {
    map.off("move viewreset resize", this.redraw, this);
    map.off("zoomanim", this.follow, this);
    map.off("zoomend", this.arrive, this);
    cancelAnimationFrame(this.frame);
    this.canvas?.remove();
    return this;
  }

  /** @param {import("./scene.js").MapFeature[]} features */
  show(features) {
    const { chosen } = this;
    this.items = items(features);
    this.untangle();
    // What was chosen in the list may lie inside a cluster: it stays, alone on top.
    this.chosen = this.items.find((item) => item.id === chosen?.id) ?? (chosen?.point ? chosen : undefined);
    this.redraw();
  }

  /** At the zoom that the clusters are made for. */
  untangle() {
    const map = /** @type {L.Map} */ (this.map);
    const circles = this.items.map((item) => {
      const { x, y } = map.project([item.lat, item.lon]);
      return { x, y, radius: item.radius, fixed: item.point !== null };
    });
    untangle(circles);
    this.items.forEach((item, i) => {
      if (item.cluster) ({ lat: item.lat, lng: item.lon } = map.unproject([circles[i].x, circles[i].y]));
    });
  }

  /** @param {import("./palette.js").Palette} palette */
  paint(palette) {
    this.palette = palette;
    this.redraw();
  }

  /** @param {Item | undefined} item */
  choose(item) {
    this.chosen = item;
    this.redraw();
  }

  /** @param {XY} at container pixels @returns {Item | undefined} */
  at(at) {
    return hit(this.items, (item) => this.where(item), at);
  }

  /** The next item from the chosen one. @param {XY} direction */
  next(direction) {
    const { x, y } = this.size();
    const inView = this.items.filter((item) => {
      const at = this.where(item);
      return at.x >= 0 && at.y >= 0 && at.x <= x && at.y <= y;
    });
    const from = this.chosen && inView.includes(this.chosen) ? this.chosen : undefined;
    return towards(inView, (item) => this.where(item), from, direction, { x: x / 2, y: y / 2 });
  }

  /** @param {{lat: number, lon: number}} item @returns {XY} container pixels */
  where(item) {
    return /** @type {L.Map} */ (this.map).latLngToContainerPoint([item.lat, item.lon]);
  }

  /** @returns {XY} */
  size() {
    return /** @type {L.Map} */ (this.map).getSize();
  }

  redraw() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.place());
  }

  /** Lay the canvas over the view as it is now and draw everything on it. */
  place() {
    const { map, canvas, context, palette } = this;
    if (!map || !canvas || !context || this.zooming) return;
    const size = this.size();
    const [width, height] = [size.x + 2 * MARGIN, size.y + 2 * MARGIN];
    const density = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.drawnZoom = map.getZoom();
    this.corner = map.containerPointToLatLng([-MARGIN, -MARGIN]);
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([-MARGIN, -MARGIN]));
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!palette) return;
    context.translate(MARGIN, MARGIN);
    this.drawAll(context, palette);
  }

  /** @param {CanvasRenderingContext2D} context @param {import("./palette.js").Palette} palette */
  drawAll(context, palette) {
    const labels = this.labels.map((label) => {
      const { x, y } = this.where(label);
      const room =
        this.where({ lat: label.lat, lon: label.east }).x - this.where({ lat: label.lat, lon: label.west }).x;
      return { name: label.name, x, y, room };
    });
    const circles = this.items.map((item) => ({ ...this.where(item), radius: item.radius }));
    drawLabels(context, labels, circles, palette);
    for (const item of this.items) {
      if (item !== this.chosen) this.drawItem(context, item, palette);
    }
    if (this.chosen) {
      const { x, y } = this.where(this.chosen);
      drawChosen(context, x, y, this.chosen.radius, palette);
      this.drawItem(context, this.chosen, palette);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Item} item @param {import("./palette.js").Palette} palette */
  drawItem(context, item, palette) {
    const { x, y } = this.where(item);
    if (item.cluster) drawCluster(context, item, x, y, palette);
    else drawPoint(context, item, x, y, palette, this.themes);
  }

  /** While the map zooms, the drawn canvas is stretched along with it. @param {L.ZoomAnimEvent} event */
  follow(event) {
    const { map, canvas, corner, drawnZoom } = this;
    if (!map || !canvas || !corner || drawnZoom === undefined) return;
    this.zooming = true;
    const scale = map.getZoomScale(event.zoom, drawnZoom);
    // Leaflet's own layers use the same method; it has no public name.
    const offset = /** @type {any} */ (map)._latLngToNewLayerPoint(corner, event.zoom, event.center);
    L.DomUtil.setTransform(canvas, offset, scale);
  }

  arrive() {
    this.zooming = false;
    this.redraw();
  }
}
