/**
 * Proves that `fingerprint` leaves out no field that decides what a core does: a field added to `Partition`
 * and not to it would make the exhaustive tests take different states for one, and look at one only.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Never changes, follows from others, or is known by the map that its owner keeps. */
const LEFT_OUT = new Set(["slot", "self", "#effects", "#required", "#facts"]);

test("fingerprint holds every field of a partition", () => {
  const source = readFileSync(join(import.meta.dirname, "partition.ts"), "utf8");
  const fields = [...source.matchAll(/^ {2}(?:readonly )?(#?\w+)(?:: [^=;]+)?(?: = [^;]+)?;$/gm)].map(
    (match) => match[1] ?? "",
  );
  expect(fields.length).toBeGreaterThan(15);
  const start = source.indexOf("  fingerprint(): string {");
  const body = source.slice(start, source.indexOf("\n  }\n", start));
  expect(start).toBeGreaterThan(0);
  expect(fields.filter((field) => !LEFT_OUT.has(field) && !new RegExp(`${field}\\b`).test(body))).toEqual([]);
});
