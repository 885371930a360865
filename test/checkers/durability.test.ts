/** Proves that the set checker finds what is lost, and where; unexpected; doubled; and counts doubt. */
import { expect, test } from "vitest";
import { type Attempt, checkDurability } from "./durability.ts";

function applied(...elements: string[]): Attempt[] {
  return elements.map((element) => ({ element, outcome: "applied" }));
}
const five = applied("a", "b", "c", "d", "e");

function placesOf(elements: readonly string[]): string[] {
  return checkDurability(five, [{ where: "n1", elements }]).lost.map(
    ({ element, place }) => `${element} ${place}`,
  );
}

test("all that was acknowledged is there, in any order", () => {
  const report = checkDurability(five, [{ where: "clients", elements: ["e", "a", "c", "b", "d"] }]);
  expect(report).toMatchObject({ acknowledged: 5, inDoubt: 0, refused: 0, recovered: 0, problems: [] });
});

test("what is lost is named with where it lies in the order of acknowledgement", () => {
  expect(placesOf(["c", "d", "e"])).toEqual(["a prefix", "b prefix"]);
  expect(placesOf(["a", "b"])).toEqual(["c postfix", "d postfix", "e postfix"]);
  expect(placesOf(["a", "c", "e"])).toEqual(["b middle", "d middle"]);
  expect(placesOf([])).toEqual([
    "a everything",
    "b everything",
    "c everything",
    "d everything",
    "e everything",
  ]);
  expect(placesOf(["b", "d"])).toEqual(["a prefix", "c middle", "e postfix"]);
});

test("each node is judged by itself", () => {
  const { lost, problems } = checkDurability(applied("a", "b"), [
    { where: "n1", elements: ["a", "b"] },
    { where: "n2", elements: ["a"] },
  ]);
  expect(lost).toEqual([{ where: "n2", element: "b", place: "postfix" }]);
  expect(problems).toEqual(["n2: b was acknowledged and is lost (postfix)"]);
});

test("what is in doubt may be there or not; what was refused or never attempted may not", () => {
  const attempts: Attempt[] = [
    ...applied("a"),
    { element: "b", outcome: "unknown" },
    { element: "c", outcome: "unknown" },
    { element: "d", outcome: "refused" },
  ];
  const fine = checkDurability(attempts, [{ where: "clients", elements: ["a", "b"] }]);
  expect(fine).toMatchObject({ inDoubt: 2, refused: 1, recovered: 1, problems: [] });
  const dirty = checkDurability(attempts, [{ where: "clients", elements: ["a", "d", "x"] }]);
  expect(dirty.problems).toEqual(["clients: d was refused and is there", "clients: x was never attempted"]);
});

test("what took effect twice is doubled, also when it was in doubt", () => {
  const attempts: Attempt[] = [...applied("a"), { element: "b", outcome: "unknown" }];
  const { doubled } = checkDurability(attempts, [{ where: "clients", elements: ["a", "b", "a", "b"] }]);
  expect(doubled).toEqual(["clients: a is there more than once", "clients: b is there more than once"]);
});

test("a long list of problems is cut, and says so", () => {
  const many = applied(...Array.from({ length: 30 }, (_, index) => `e${index}`));
  const { problems, lost } = checkDurability(many, [{ where: "clients", elements: [] }]);
  expect([lost.length, problems.length, problems.at(-1)]).toEqual([30, 21, "and 10 more"]);
});
