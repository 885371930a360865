/**
 * Proves of what shippers tell each other: it comes through as it was, what is none (or of another
 * datacenter, or too long) is passed over, what is old is not taken for new, and what is kept is bounded.
 */
import { expect, test } from "vitest";
import { SUMMARY_BYTES_MAX } from "../../common/limits.ts";
import { HeardSummaries } from "./heard.ts";
import { decodeSummary, encodeSummary, type Summary } from "./summary.ts";

function told(instance: string, nodes: Summary["nodes"] = []): Omit<Summary, "format"> {
  return {
    ...{ datacenter: "b", instance, lanes: [0], fence: null, askedMs: null, links: [], lags: [], nodes },
    ...{ namespaces: [], ledgers: [] },
  };
}

function bytesOf(instance: string): Uint8Array {
  return encodeSummary(told(instance)) ?? new Uint8Array();
}

test("a summary comes through; anything else is passed over", () => {
  const node = { name: "b1", state: "silent" as const, controller: false, residentBytes: null, logBytes: 5 };
  const bytes = encodeSummary(told("s", [node])) ?? new Uint8Array();
  expect(decodeSummary(bytes, "b")).toEqual({ format: 1, ...told("s", [node]) });
  expect(decodeSummary(bytes, "c")).toBeUndefined();
  for (const text of ["", "{", "[]", '{"format":1}', '{"format":2}', "\u0000"]) {
    expect(decodeSummary(Buffer.from(text), "b")).toBeUndefined();
  }
  expect(decodeSummary(Buffer.alloc(SUMMARY_BYTES_MAX + 1, " "), "b")).toBeUndefined();
});

test("what is too long to be told is not told", () => {
  const node = {
    name: "x".repeat(64),
    state: "up" as const,
    controller: false,
    residentBytes: 1,
    logBytes: 1,
  };
  expect(encodeSummary(told("s", new Array(2000).fill(node)))).toBeUndefined();
});

test("what is old is not of now, and is still said to have been heard", () => {
  let now = 0;
  const heard = new HeardSummaries(() => now);
  expect(heard.of("b")).toEqual({ fresh: [], heardMs: null });
  heard.take("b", bytesOf("one"));
  now = 4000;
  heard.take("b", bytesOf("two"));
  heard.take("b", Buffer.from("nonsense"));
  expect(heard.of("b").fresh.map(({ instance }) => instance)).toEqual(["two", "one"]);
  now = 8000;
  expect(heard.of("b").fresh.map(({ instance }) => instance)).toEqual(["two"]);
  now = 60_000;
  expect(heard.of("b")).toEqual({ fresh: [], heardMs: 56_000 });
});

test("so many shippers, and no more", () => {
  const heard = new HeardSummaries(() => 0);
  for (let index = 0; index < 1000; index++) heard.take("b", bytesOf(`s${index}`));
  expect(heard.of("b").fresh.length).toBeLessThanOrEqual(32);
  expect(heard.of("b").fresh.length).toBeGreaterThan(8);
});
