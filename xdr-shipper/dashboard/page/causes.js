// @ts-check
/** What a cause means, in words, and what to do. A cause that is not known here is shown as it is. Pure. */

/** @type {Readonly<Record<string, string>>} */
const MEANINGS = {
  none: "",
  off: "not shipped, by its settings",
  "shut-out": "declared lost by the destination",
  held: "held back by a fence",
  paused: "paused by its settings",
  "bus-down": "own NATS takes nothing",
  "destination-down": "destination not heard of",
  "namespace-missing": "destination lacks the namespace",
  "no-primary": "partitions without a primary or a position",
  recovery: "recovering by a scan",
  parked: "changes parked there",
  "lost-or-refused": "messages lost, or refused there",
  throttled: "as fast as its settings allow",
  "hot-partition": "one partition has most of it",
  "window-full": "destination or line is slower than the writes",
  behind: "catching up",
};

/** @param {string} cause */
export function meaningOf(cause) {
  return MEANINGS[cause] ?? cause;
}
