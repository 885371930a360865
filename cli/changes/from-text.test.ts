/** Proves what `--from` takes. */
import { expect, test } from "vitest";
import { fromText } from "./from-text.ts";

test.each([
  ["beginning", "beginning"],
  ["oldest", "oldest"],
  ["now", "now"],
  ["2026-11-26T18:00:00Z", new Date(Date.UTC(2026, 10, 26, 18))],
  ["2026-11-26", new Date(Date.UTC(2026, 10, 26))],
  ["77:4:19", { log: 77, positions: [[4, 19]] }],
  [
    "77:4:19,77:5:1",
    {
      log: 77,
      positions: [
        [4, 19],
        [5, 1],
      ],
    },
  ],
])("%s", (text, from) => {
  expect(fromText(text)).toEqual(from);
});

test.each([
  ["yesterday", /--from: beginning, oldest, now, a time/],
  ["2026-13-45", /a time such as/],
  ["1:2", /LOG:PARTITION:SEQUENCE/],
  ["77:4:19,78:5:1", /positions of one log/],
  ["77:4096:1", /partitions below 4096/],
])("%s is refused", (text, reason) => {
  expect(() => fromText(text)).toThrow(reason);
});
