// @ts-check
/** Where datacenters stand on the map, and how the arrows between them run. Pure. */

/** @typedef {{ x: number, y: number }} Point */

/**
 * Of a datacenter's box, half: on a phone there must be room for an arrow between two.
 * @param {number} width
 */
export function boxOf(width) {
  return { x: width < 420 ? 52 : 66, y: 30 };
}

/** Room above and below, for labels. */
const MARGIN = { x: 6, y: 14 };

/**
 * Two stand beside each other, more on a circle, the first at the top, as far apart as there is room.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @returns {Point[]}
 */
export function placesOf(count, width, height) {
  const box = boxOf(width);
  const round = Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI + (count === 2 ? Math.PI : -Math.PI / 2);
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });
  const xs = spread(
    round.map(({ x }) => x),
    box.x + MARGIN.x,
    width - box.x - MARGIN.x,
  );
  const ys = spread(
    round.map(({ y }) => y),
    box.y + MARGIN.y,
    height - box.y - MARGIN.y,
  );
  return round.map((_, index) => ({ x: xs[index] ?? 0, y: ys[index] ?? 0 }));
}

/**
 * The values stretched to lie between `from` and `to`; equal ones in the middle.
 * @param {readonly number[]} values
 * @param {number} from
 * @param {number} to
 */
function spread(values, from, to) {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return values.map((value) =>
    range < 0.01 ? (from + to) / 2 : from + ((value - least) / range) * (to - from),
  );
}

/**
 * An arrow from one box to another, bent to its left, so that both directions of a link lie apart; where its
 * label stands, and on which side of it.
 * @param {Point} from
 * @param {Point} to
 * @param {Point} box
 * @param {number} bend
 */
export function arrowOf(from, to, box, bend) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const side = { x: along.y, y: -along.x };
  const middle = {
    x: (from.x + to.x) / 2 + side.x * bend * 2,
    y: (from.y + to.y) / 2 + side.y * bend * 2,
  };
  const start = edgeOf(from, middle, box);
  const end = edgeOf(to, middle, box);
  const label = {
    x: (start.x + 2 * middle.x + end.x) / 4,
    y: (start.y + 2 * middle.y + end.y) / 4,
  };
  return { path: `M${at(start)}Q${at(middle)} ${at(end)}`, label, side };
}

/**
 * Where the way from a box's centre towards `point` leaves it, and a little room.
 * @param {Point} centre
 * @param {Point} point
 * @param {Point} box
 */
function edgeOf(centre, point, box) {
  const dx = point.x - centre.x;
  const dy = point.y - centre.y;
  const room = 6;
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : (box.x + room) / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : (box.y + room) / Math.abs(dy),
  );
  return { x: centre.x + dx * Math.min(1, scale), y: centre.y + dy * Math.min(1, scale) };
}

/** @param {Point} point */
function at({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
