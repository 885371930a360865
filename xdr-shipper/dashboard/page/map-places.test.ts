/**
 * Proves that boxes stand inside the map and apart, and that the two arrows of a pair do not cover each
 * other.
 */
import { expect, test } from "vitest";
import { arrowOf, boxOf, placesOf } from "./map-places.js";

test.each([
  [1, 300, 200],
  [2, 280, 200],
  [2, 700, 200],
  [3, 300, 280],
  [4, 700, 400],
  [6, 700, 420],
])("%i datacenters on %i by %i", (count, width, height) => {
  const places = placesOf(count, width, height);
  const box = boxOf(width);
  expect(places).toHaveLength(count);
  for (const [index, { x, y }] of places.entries()) {
    expect(x - box.x).toBeGreaterThanOrEqual(0);
    expect(x + box.x).toBeLessThanOrEqual(width);
    expect(y - box.y).toBeGreaterThanOrEqual(0);
    expect(y + box.y).toBeLessThanOrEqual(height);
    for (const other of places.slice(index + 1)) {
      const apart = Math.abs(other.x - x) >= box.x * 2 || Math.abs(other.y - y) >= box.y * 2;
      expect(apart).toBe(true);
    }
  }
});

test("there and back run apart", () => {
  const [from, to] = [
    { x: 80, y: 100 },
    { x: 600, y: 100 },
  ];
  const there = arrowOf(from, to, boxOf(700), 26);
  const back = arrowOf(to, from, boxOf(700), 26);
  expect(there.label.y).toBeLessThan(100 - 10);
  expect(back.label.y).toBeGreaterThan(100 + 10);
  expect(there.path).not.toBe(back.path);
});
