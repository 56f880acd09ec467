// What lies where on the screen: from the server's features to drawn things, hits and neighbours. Pure.

/**
 * @typedef {object} Place district, walk or stop by name
 * @property {string} slug
 * @property {string} name
 *
 * @typedef {object} PointFacts what the server tells about one observation
 * @property {string} id
 * @property {string[]} themes values, the first one leads
 * @property {string} [feeling]
 * @property {string} [light]
 * @property {string} observed_at ISO 8601, UTC
 * @property {string} text
 * @property {string} [place]
 * @property {Place | null} district
 * @property {{number: number, text: string, pledge: string}[]} promises none: outside the promises
 * @property {{state: string, label: string, title: string, url: string}[]} actions
 * @property {{thumb: string, full: string}[]} photos
 * @property {string} [walk]
 * @property {string} url
 *
 * @typedef {object} ClusterFacts
 * @property {number} cluster how many observations
 * @property {Record<string, number>} themes how many of each leading theme
 * @property {[number, number, number, number]} box west, south, east, north
 *
 * @typedef {{type: "Feature", id: string, geometry: {type: "Point", coordinates: [number, number]}, properties: PointFacts | ClusterFacts}} MapFeature
 *
 * @typedef {object} Drawn a FeatureCollection: what a view shows at one zoom
 * @property {MapFeature[]} features
 * @property {number} zoom
 *
 * @typedef {object} Beside the list beside it
 * @property {number} total observations in the view
 * @property {MapFeature[]} rows the newest of them
 *
 * @typedef {Drawn & Beside} Answer from /api/v1/map
 *
 * @typedef {object} Item something drawn
 * @property {string} id
 * @property {number} lat
 * @property {number} lon
 * @property {number} radius CSS pixels
 * @property {PointFacts | null} point
 * @property {ClusterFacts | null} cluster
 *
 * @typedef {{x: number, y: number}} XY
 */

export const POINT_RADIUS = 13;

/** A finger needs 44 px: whatever is drawn smaller is still hit within this distance of its middle. */
export const REACH = 22;

/** Radius of a cluster: grows with the digits, not with the number, so that the map stays calm. @param {number} n */
export const clusterRadius = (n) => 14 + 3.5 * Math.log10(Math.max(n, 1));

/** A cluster is moved at most this far (CSS pixels) for its number to be read. */
const MOST_MOVED = 20;

/** @param {MapFeature[]} features @returns {Item[]} clusters first (drawn below), then points */
export const items = (features) => {
  const drawn = features.map((feature) => {
    const [lon, lat] = feature.geometry.coordinates;
    const facts = feature.properties;
    const cluster = "cluster" in facts ? facts : null;
    return {
      id: feature.id,
      lat,
      lon,
      radius: cluster ? clusterRadius(cluster.cluster) : POINT_RADIUS,
      point: cluster ? null : /** @type {PointFacts} */ (facts),
      cluster,
    };
  });
  // Of things that overlap, the southern one lies on top, and a point on top of a cluster.
  return drawn.sort((a, b) => Number(a.cluster === null) - Number(b.cluster === null) || b.lat - a.lat);
};

/**
 * Push clusters that overlap apart, a little: a cluster stands for an area, so some pixels more or less are no untruth.
 * A point never moves. Changes the circles.
 * @param {{x: number, y: number, radius: number, fixed: boolean}[]} circles
 */
export const untangle = (circles, rounds = 8) => {
  const home = circles.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let i = 0; i < circles.length; i++) {
      for (let j = i + 1; j < circles.length; j++) moved = part(circles[i], circles[j]) || moved;
    }
    for (const [i, circle] of circles.entries()) rein(circle, home[i]);
    if (!moved) return;
  }
};

/** @typedef {{x: number, y: number, radius: number, fixed: boolean}} Circle */

/** @param {Circle} a @param {Circle} b @returns {boolean} whether one was moved */
const part = (a, b) => {
  if (a.fixed && b.fixed) return false;
  const room = a.radius + b.radius + 2;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  if (Math.abs(dx) >= room || Math.abs(dy) >= room) return false;
  const distance = Math.hypot(dx, dy);
  if (distance >= room) return false;
  const [ux, uy] = distance > 0.01 ? [dx / distance, dy / distance] : [1, 0];
  const push = (room - distance) / (a.fixed || b.fixed ? 1 : 2);
  if (!a.fixed) [a.x, a.y] = [a.x - ux * push, a.y - uy * push];
  if (!b.fixed) [b.x, b.y] = [b.x + ux * push, b.y + uy * push];
  return true;
};

/** @param {Circle} circle @param {XY} home */
const rein = (circle, home) => {
  const away = Math.hypot(circle.x - home.x, circle.y - home.y);
  if (away <= MOST_MOVED) return;
  circle.x = home.x + ((circle.x - home.x) * MOST_MOVED) / away;
  circle.y = home.y + ((circle.y - home.y) * MOST_MOVED) / away;
};

/**
 * The ring of a cluster: which share of the turn each theme has, largest first.
 * @param {Record<string, number>} themes
 * @returns {{theme: string, from: number, to: number}[]} angles in turns, 0 to 1
 */
export const ring = (themes) => {
  const parts = Object.entries(themes).filter(([, n]) => n > 0);
  const total = parts.reduce((sum, [, n]) => sum + n, 0);
  parts.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  let from = 0;
  return parts.map(([theme, n]) => {
    const to = from + n / total;
    const part = { theme, from, to };
    from = to;
    return part;
  });
};

/**
 * What a tap at `at` means: the nearest thing whose circle, or whose 44 px around it, holds the tap.
 * @param {Item[]} drawn @param {(item: Item) => XY} where @param {XY} at
 * @returns {Item | undefined}
 */
export const hit = (drawn, where, at) => {
  let best;
  let bestDistance = Infinity;
  for (const item of drawn) {
    const { x, y } = where(item);
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance <= Math.max(item.radius, REACH) && distance < bestDistance) {
      best = item;
      bestDistance = distance;
    }
  }
  return best;
};

/** @type {Record<string, XY>} */
export const DIRECTIONS = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/**
 * The next thing in a direction: near, and rather straight ahead than far to the side. Without a start, the one
 * nearest to the middle of the view.
 * @param {Item[]} inView @param {(item: Item) => XY} where @param {Item | undefined} from
 * @param {XY} direction a unit vector @param {XY} middle
 * @returns {Item | undefined}
 */
export const towards = (inView, where, from, direction, middle) => {
  let best;
  let bestCost = Infinity;
  const start = from ? where(from) : middle;
  for (const item of inView) {
    if (item === from) continue;
    const { x, y } = where(item);
    const ahead = (x - start.x) * direction.x + (y - start.y) * direction.y;
    const aside = Math.abs((x - start.x) * direction.y) + Math.abs((y - start.y) * direction.x);
    if (from && (ahead <= 0 || aside > ahead * 2)) continue;
    const cost = from ? ahead + aside * 2 : Math.hypot(ahead, aside);
    if (cost < bestCost) {
      best = item;
      bestCost = cost;
    }
  }
  return best;
};
