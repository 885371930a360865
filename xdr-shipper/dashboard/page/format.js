// @ts-check
/** Figures as people read them. What is not known is said to be, never shown as 0. Pure. */

export const UNKNOWN = "unknown";

const COUNTS = new Intl.NumberFormat("en-US");

/** @param {number | null | undefined} value */
export function count(value) {
  return value === null || value === undefined ? UNKNOWN : COUNTS.format(Math.round(value));
}

/** @param {number | null | undefined} value */
export function bytes(value) {
  if (value === null || value === undefined) return UNKNOWN;
  if (value < 1000) return `${Math.round(value)} B`;
  for (const [unit, size] of /** @type {const} */ ([
    ["kB", 1e3],
    ["MB", 1e6],
    ["GB", 1e9],
  ])) {
    if (value < size * 999.5 || unit === "GB")
      return `${(value / size).toFixed(value < size * 10 ? 1 : 0)} ${unit}`;
  }
  return UNKNOWN;
}

/** A length of time. @param {number | null | undefined} value */
export function seconds(value) {
  if (value === null || value === undefined) return UNKNOWN;
  if (value < 60) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  if (value < 3600) return `${Math.floor(value / 60)} min ${Math.floor(value % 60)} s`;
  return `${Math.floor(value / 3600)} h ${Math.floor((value % 3600) / 60)} min`;
}

/** Per second. @param {number | null | undefined} value */
export function rate(value) {
  if (value === null || value === undefined) return UNKNOWN;
  return `${value > 0 && value < 10 ? value.toFixed(1) : count(value)}/s`;
}

/** @param {number | null | undefined} value */
export function byteRate(value) {
  return value === null || value === undefined ? UNKNOWN : `${bytes(value)}/s`;
}

/**
 * Of several figures: null while one of them is not known.
 * @param {readonly (number | null | undefined)[]} values
 */
export function sum(values) {
  let total = 0;
  for (const value of values) {
    if (value === null || value === undefined) return null;
    total += value;
  }
  return total;
}
