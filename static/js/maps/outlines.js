// The base map: the districts' own outlines, drawn by Leaflet as SVG and coloured by the style sheet.

/** @typedef {GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, {slug: string, name: string, label: [number, number]}>} Districts */

export class DistrictOutlines extends L.GeoJSON {
  /** @param {{pane: string}} options @param {Districts} districts */
  constructor(options, districts) {
    super(districts, { pane: options.pane, interactive: false, style: () => ({ className: "map-district" }) });
    this.districts = districts;
  }

  /**
   * Where each name is written, the largest district first.
   * @returns {{name: string, lat: number, lon: number, west: number, east: number}[]}
   */
  labels() {
    const labels = this.districts.features.map((feature) => {
      const box = L.geoJSON(feature).getBounds();
      const [lon, lat] = feature.properties.label;
      return { name: feature.properties.name, lat, lon, west: box.getWest(), east: box.getEast() };
    });
    return labels.sort((a, b) => b.east - b.west - (a.east - a.west));
  }

  /** Show which district the filter has chosen. @param {string[]} slugs */
  mark(slugs) {
    this.eachLayer((layer) => {
      const path = /** @type {L.Path & {feature: Districts["features"][number]}} */ (layer);
      path.getElement()?.classList.toggle("is-chosen", slugs.includes(path.feature.properties.slug));
    });
  }
}
