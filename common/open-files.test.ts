/** Proves: the limit of open files is found, and its absence is no limit. */
import { expect, test } from "vitest";
import { openFilesMax, parseOpenFilesMax } from "./open-files.ts";

const TEXT = `Limit                     Soft Limit           Hard Limit           Units
Max processes             96000                96000                processes
Max open files            1024                 524288               files
Max locked memory         8388608              8388608              bytes
`;

test("the soft limit counts; unlimited and unknown are no limit", () => {
  expect(parseOpenFilesMax(TEXT)).toBe(1024);
  expect(parseOpenFilesMax(TEXT.replace("1024  ", "unlimited"))).toBe(Number.POSITIVE_INFINITY);
  expect(parseOpenFilesMax("")).toBe(Number.POSITIVE_INFINITY);
  expect(openFilesMax()).toBeGreaterThan(16);
});
