/**
 * Proves of the position book: it tells each move once, keeps logs apart, and forgets what a primary
 * denies.
 */
import { expect, test } from "vitest";
import { PositionBook } from "./position-book.ts";

const all = () => true;

test("a move is told once, with its latest position", () => {
  const book = new PositionBook();
  book.set(0, 7, 11, 5);
  book.set(0, 7, 11, 9);
  book.set(0, 8, 11, 1);
  expect(book.hasUntold).toBe(true);
  expect(book.takeUntold(all)).toEqual([{ namespace: 0, logId: 11, partitions: [7, 8], positions: [9, 1] }]);
  expect(book.hasUntold).toBe(false);
  expect(book.takeUntold(all)).toEqual([]);
});

test("answers that overtake each other do not take a position back", () => {
  const book = new PositionBook();
  book.raise(0, 7, 11, 5);
  book.takeUntold(all);
  book.raise(0, 7, 11, 4);
  expect(book.hasUntold).toBe(false);
  book.raise(0, 7, 11, 6);
  expect(book.takeUntold(all)).toEqual([{ namespace: 0, logId: 11, partitions: [7], positions: [6] }]);
});

test("only the lanes asked for are told", () => {
  const book = new PositionBook();
  book.set(0, 1, 11, 5);
  book.set(0, 2, 11, 5);
  expect(book.takeUntold((partition) => partition === 2)).toEqual([
    { namespace: 0, logId: 11, partitions: [2], positions: [5] },
  ]);
});

test("logs of the origin are kept apart, and 'nothing applied' ends with the first position", () => {
  const book = new PositionBook();
  book.set(0, 3, 0, 0);
  book.set(0, 3, 11, 4);
  book.set(1, 3, 12, 6);
  expect(book.all(all).filter(({ partitions }) => partitions.length > 0)).toEqual([
    { namespace: 0, logId: 11, partitions: [3], positions: [4] },
    { namespace: 1, logId: 12, partitions: [3], positions: [6] },
  ]);
});

test("a primary's full answer replaces what was known, also downwards", () => {
  const book = new PositionBook();
  book.set(0, 3, 11, 40);
  book.clear(0, 3);
  book.set(0, 3, 0, 0);
  expect(book.all(all).filter(({ partitions }) => partitions.length > 0)).toEqual([
    { namespace: 0, logId: 0, partitions: [3], positions: [0] },
  ]);
});
