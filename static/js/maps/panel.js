// The list beside the map and the card of one observation: the page's own <template>s, filled with textContent.

import { letterOf } from "./marks.js";

/** @typedef {import("./scene.js").PointFacts} PointFacts */
/** @typedef {import("./scene.js").MapFeature} MapFeature */

/**
 * @typedef {object} Words what the page tells its script: names and sentences in the reader's language
 * @property {import("./drawing.js").Themes} themes
 * @property {Record<string, string>} feelings
 * @property {Record<string, string>} lights
 * @property {Record<string, string>} said sentences by name
 * @property {import("./controls.js").ControlWords} controls
 * @property {{data: string, list: string, marks: string}} urls
 * @property {string} language
 * @property {string} filters the page's own filters as a query string
 * @property {string[]} districts slugs that the filters name
 */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} sentence "{n} av {total}" @param {Record<string, string | number>} values */
export const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/** @param {DocumentFragment | Element} part @param {string} slot @returns {HTMLElement} */
const slotIn = (part, slot) => /** @type {HTMLElement} */ (part.querySelector(`[data-slot="${slot}"]`));

/** Fill a slot, or take its whole row away when there is nothing to say. @param {DocumentFragment} part @param {string} slot @param {string | undefined} text */
const fill = (part, slot, text) => {
  const place = slotIn(part, slot);
  if (text) place.textContent = text;
  else (place.closest("[data-row]") ?? place).remove();
};

/** @param {string} id @returns {DocumentFragment} */
const copy = (id) =>
  /** @type {DocumentFragment} */ (
    /** @type {HTMLTemplateElement} */ (document.getElementById(id)).content.cloneNode(true)
  );

export class Panel {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    this.day = new Intl.DateTimeFormat(words.language, { dateStyle: "long", timeZone: "Europe/Stockholm" });
    this.time = new Intl.DateTimeFormat(words.language, { timeStyle: "short", timeZone: "Europe/Stockholm" });
    this.list = /** @type {HTMLElement} */ (document.getElementById("karta-rader"));
    this.count = /** @type {HTMLElement} */ (document.getElementById("karta-antal"));
    this.card = /** @type {HTMLElement} */ (document.getElementById("karta-kort"));
    this.status = /** @type {HTMLElement} */ (document.getElementById("karta-status"));
    this.more = /** @type {HTMLElement} */ (document.getElementById("karta-fler")?.parentElement);
  }

  /** Shape, colour, letter and name, as templates/components/marks.html writes them. @param {string} theme */
  mark(theme) {
    const known = this.words.themes[theme] ?? this.words.themes.ovrigt;
    const whole = document.createElement("span");
    whole.className = `theme theme-${theme.replaceAll("_", "-")}`;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "mark mark-s");
    svg.setAttribute("viewBox", "0 0 32 32");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `${this.words.urls.marks}#${known.shape}`);
    svg.append(use);
    const letter = letterOf(known);
    if (letter) {
      const text = document.createElementNS(SVG, "text");
      text.setAttribute("class", "mark-letter");
      text.setAttribute("x", String(letter.x));
      text.setAttribute("y", String(letter.y));
      text.setAttribute("text-anchor", "middle");
      text.textContent = letter.letter;
      svg.append(text);
    }
    const name = document.createElement("span");
    name.className = "theme-name";
    name.textContent = known.label;
    whole.append(svg, name);
    return whole;
  }

  /** @param {PointFacts} point */
  titleOf(point) {
    return point.themes.map((theme) => this.words.themes[theme]?.label ?? theme).join(", ");
  }

  /** @param {PointFacts} point a good place falls under none, and nobody misses it */
  promiseOf(point) {
    const { said } = this.words;
    if (point.promises.length) return point.promises.map((promise) => say(said.promise, promise)).join("\n");
    return point.themes[0] === "trygg_plats" ? undefined : said.outside_promises;
  }

  /** One line that says what a thing is, for a screen reader. @param {import("./scene.js").Item} item */
  describe(item) {
    const { said } = this.words;
    if (item.cluster) return say(said.cluster, { n: item.cluster.cluster });
    const point = /** @type {PointFacts} */ (item.point);
    const parts = [this.titleOf(point), this.day.format(new Date(point.observed_at)), point.district?.name, point.text];
    return parts.filter(Boolean).join(". ");
  }

  /**
   * @param {import("./scene.js").Beside} beside
   * @param {(feature: MapFeature) => void} choose
   * @param {string} whole address of the whole list
   */
  showRows({ total, rows }, choose, whole) {
    const { said } = this.words;
    const n = new Intl.NumberFormat(this.words.language).format(total);
    this.count.textContent = total === 0 ? said.none : say(total === 1 ? said.one : said.many, { n });
    const link = /** @type {HTMLAnchorElement} */ (this.more.firstElementChild);
    link.href = whole;
    this.more.hidden = total <= rows.length;
    this.list.replaceChildren(...rows.map((feature) => this.row(feature, choose)));
  }

  /** @param {MapFeature} feature @param {(feature: MapFeature) => void} choose */
  row(feature, choose) {
    const point = /** @type {PointFacts} */ (feature.properties);
    const row = copy("karta-rad");
    slotIn(row, "marks").append(...point.themes.map((theme) => this.mark(theme)));
    fill(row, "when", [this.day.format(new Date(point.observed_at)), point.district?.name].filter(Boolean).join(" · "));
    fill(row, "text", point.text);
    const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a"));
    link.dataset.id = feature.id;
    link.href = point.url;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own, as with any link
      event.preventDefault();
      choose(feature);
    });
    return row;
  }

  /** @param {string | undefined} id */
  markRow(id) {
    for (const link of this.list.querySelectorAll("a")) {
      if (link.dataset.id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** @param {PointFacts} point @param {() => void} close @param {boolean} focus move the reader there too */
  openCard(point, close, focus) {
    const { words } = this;
    const card = copy("karta-detalj");
    const observed = new Date(point.observed_at);
    const heading = slotIn(card, "title");
    heading.append(...point.themes.map((theme) => this.mark(theme)));
    fill(card, "text", point.text);
    fill(
      card,
      "when",
      say(words.said.when, { day: this.day.format(observed), time: this.time.format(observed).replace(":", ".") }),
    );
    fill(card, "place", point.place);
    fill(card, "district", point.district?.name ?? words.said.outside);
    fill(card, "feeling", point.feeling && words.feelings[point.feeling]);
    fill(card, "light", point.light && words.lights[point.light]);
    fill(card, "promise", this.promiseOf(point));
    fill(card, "walk", point.walk);
    this.fillActions(slotIn(card, "actions"), point);
    this.fillPhotos(slotIn(card, "photos"), point);
    /** @type {HTMLAnchorElement} */ (slotIn(card, "link")).href = point.url;
    /** @type {HTMLElement} */ (card.querySelector("[data-close]")).addEventListener("click", close);
    this.card.replaceChildren(card);
    this.card.hidden = false;
    if (focus) heading.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} place @param {PointFacts} point */
  fillActions(place, point) {
    if (point.actions.length === 0) {
      place.closest("[data-row]")?.remove();
      return;
    }
    place.replaceChildren(
      ...point.actions.map((action) => {
        const item = document.createElement("li");
        const name = document.createElement("a");
        name.href = action.url;
        name.textContent = action.title;
        const state = document.createElement("span");
        state.className = "map-state";
        state.textContent = action.label;
        item.append(name, " ", state);
        return item;
      }),
    );
  }

  /** @param {HTMLElement} place @param {PointFacts} point */
  fillPhotos(place, point) {
    if (point.photos.length === 0) {
      place.remove();
      return;
    }
    place.replaceChildren(
      ...point.photos.map((photo, i) => {
        const link = document.createElement("a");
        link.href = photo.full;
        const picture = document.createElement("img");
        picture.src = photo.thumb;
        picture.alt = say(this.words.said.photo, { i: i + 1, n: point.photos.length, what: this.titleOf(point) });
        picture.loading = "lazy";
        link.append(picture);
        return link;
      }),
    );
  }

  /**
   * Several observations on one spot, which no zoom parts.
   * @param {import("./scene.js").Beside} beside @param {(feature: MapFeature) => void} choose @param {() => void} close
   */
  openPile({ total, rows }, choose, close) {
    const card = copy("karta-hog");
    fill(card, "title", say(this.words.said.same_place, { n: total }));
    slotIn(card, "rows").append(...rows.map((feature) => this.row(feature, choose)));
    /** @type {HTMLElement} */ (card.querySelector("[data-close]")).addEventListener("click", close);
    const heading = slotIn(card, "title");
    this.card.replaceChildren(card);
    this.card.hidden = false;
    heading.focus({ preventScroll: true });
  }

  closeCard() {
    this.card.hidden = true;
    this.card.replaceChildren();
  }

  /** @param {string} sentence spoken by a screen reader, and shown too where something went wrong @param {boolean} [trouble] */
  tell(sentence, trouble = false) {
    this.status.textContent = sentence;
    this.status.toggleAttribute("data-trouble", trouble);
  }
}
