// @ts-check
/** Where datacenters stand on the map, and how the arrows between them run. Pure. */

/** @typedef {{ x: number, y: number }} Point */

/** Of a datacenter's box, half. */
export const BOX = { width: 62, height: 30 };

/**
 * Two stand beside each other, more on a circle, the first at the top.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @returns {Point[]}
 */
export function placesOf(count, width, height) {
  const centre = { x: width / 2, y: height / 2 };
  const reach = { x: Math.max(0, width / 2 - BOX.width - 8), y: Math.max(0, height / 2 - BOX.height - 12) };
  if (count === 1) return [centre];
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI + (count === 2 ? Math.PI : -Math.PI / 2);
    return { x: centre.x + reach.x * Math.cos(angle), y: centre.y + reach.y * Math.sin(angle) };
  });
}

/**
 * An arrow from one box to another, bent to its left, so that both directions of a link lie apart; and
 * where its label stands.
 * @param {Point} from
 * @param {Point} to
 * @param {number} bend
 */
export function arrowOf(from, to, bend) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const side = { x: along.y, y: -along.x };
  const middle = {
    x: (from.x + to.x) / 2 + side.x * bend * 2,
    y: (from.y + to.y) / 2 + side.y * bend * 2,
  };
  const start = edgeOf(from, middle);
  const end = edgeOf(to, middle);
  const label = {
    x: (start.x + 2 * middle.x + end.x) / 4,
    y: (start.y + 2 * middle.y + end.y) / 4,
  };
  return { path: `M${at(start)}Q${at(middle)} ${at(end)}`, label, side };
}

/**
 * Where the way from a box's centre towards `point` leaves it, and a little room.
 * @param {Point} box
 * @param {Point} point
 */
function edgeOf(box, point) {
  const dx = point.x - box.x;
  const dy = point.y - box.y;
  const room = 6;
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : (BOX.width + room) / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : (BOX.height + room) / Math.abs(dy),
  );
  return { x: box.x + dx * Math.min(1, scale), y: box.y + dy * Math.min(1, scale) };
}

/** @param {Point} point */
function at({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
