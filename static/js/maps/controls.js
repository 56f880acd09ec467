// The map's own controls: real buttons with Swedish names, at least 44 px, text set as text.

/** @typedef {{base: string}} ControlWords what the outlines are and where they come from */

export class ZoomControl extends L.Control {
  /** @param {L.ControlOptions} options @param {string} template id of the <template> with the buttons @param {() => void} home */
  constructor(options, template, home) {
    super(options);
    this.template = template;
    this.home = home;
  }

  /** @param {L.Map} map */
  onAdd(map) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById(this.template));
    const box = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    /** @param {string} name @param {() => void} then */
    const button = (name, then) => {
      const found = /** @type {HTMLButtonElement} */ (box.querySelector(`[data-map="${name}"]`));
      found.addEventListener("click", then);
      return found;
    };
    const closer = button("closer", () => map.zoomIn());
    const farther = button("farther", () => map.zoomOut());
    button("home", this.home);
    const limits = () => {
      closer.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
      farther.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
    };
    map.on("zoomend", limits);
    map.whenReady(limits);
    L.DomEvent.disableClickPropagation(box);
    return box;
  }
}

export class SourceControl extends L.Control {
  /** @param {L.ControlOptions} options @param {ControlWords} words */
  constructor(options, words) {
    super(options);
    this.words = words;
  }

  onAdd() {
    const line = document.createElement("div");
    line.className = "map-source";
    line.textContent = this.words.base;
    return line;
  }
}
