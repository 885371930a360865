/** Proves that boxes stand inside the map and apart, and that the two arrows of a pair do not cover each other. */
import { expect, test } from "vitest";
import { arrowOf, BOX, placesOf } from "./map-places.js";

test.each([
  [1, 300, 200],
  [2, 280, 200],
  [2, 700, 200],
  [3, 300, 280],
  [4, 700, 400],
  [6, 700, 420],
])("%i datacenters on %i by %i", (count, width, height) => {
  const places = placesOf(count, width, height);
  expect(places).toHaveLength(count);
  for (const [index, { x, y }] of places.entries()) {
    expect(x - BOX.width).toBeGreaterThanOrEqual(0);
    expect(x + BOX.width).toBeLessThanOrEqual(width);
    expect(y - BOX.height).toBeGreaterThanOrEqual(0);
    expect(y + BOX.height).toBeLessThanOrEqual(height);
    for (const other of places.slice(index + 1)) {
      const apart = Math.abs(other.x - x) >= BOX.width * 2 || Math.abs(other.y - y) >= BOX.height * 2;
      expect(apart).toBe(true);
    }
  }
});

test("there and back run apart", () => {
  const [from, to] = [
    { x: 80, y: 100 },
    { x: 600, y: 100 },
  ];
  const there = arrowOf(from, to, 26);
  const back = arrowOf(to, from, 26);
  expect(there.label.y).toBeLessThan(100 - 10);
  expect(back.label.y).toBeGreaterThan(100 + 10);
  expect(there.path).not.toBe(back.path);
});
