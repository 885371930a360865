/**
 * Proves that digests are those of the official client: the expected values were read back from
 * records that it wrote.
 */
import { expect, test } from "vitest";
import { partitionOfDigest } from "./cluster-map.ts";
import { digestOf } from "./digest.ts";

test("string and integer keys have the client's digest and partition", () => {
  const ada = digestOf("demo", "ada");
  expect(ada.toString("hex")).toBe("d0b3318eb7924046c3041d0a5c96d4fc4fea6825");
  expect(partitionOfDigest(ada)).toBe(976);
  const london = digestOf("cities", 2643743n);
  expect(london.toString("hex")).toBe("b750effcca05dc821a30698b15b3455a953a056a");
  expect(partitionOfDigest(london)).toBe(183);
});

test("an integer beyond 64 bits is refused", () => {
  expect(() => digestOf("demo", 1n << 63n)).toThrow("does not fit 64 bits");
});
