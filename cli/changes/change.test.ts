/** Proves that a reader gets one and the same change of all four formats, and nothing of a broken message. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Operation } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import { bin, DIGEST, facts, type Given, int, VOID_TIME } from "../../test/xdr/change-samples.ts";
import type { ChangeFacts } from "../../xdr-shipper/feed/change.ts";
import { encodeChange, encodeGap, type FeedFormat } from "../../xdr-shipper/feed/formats.ts";
import { type Change, type Gap, parseChange } from "./change.ts";

const FORMATS: readonly FeedFormat[] = ["json", "flat-json", "cloudevents", "protobuf"];
const ALL = { chosen: undefined };

function read(format: FeedFormat, given: Given, told: typeof ALL | "none" = ALL): Change | Gap {
  return parseChange(encodeChange(format, "dc-a", facts(given), told));
}

const double = Buffer.alloc(8);
double.writeDoubleBE(1.5);
const bins = [
  bin("int", 1, int(-7n)),
  bin("wide", 1, int(-(2n ** 63n))),
  bin("float", 2, double),
  bin("text", 3, Buffer.from('a"ü')),
  bin("yes", 17, Buffer.from([1])),
  // [1, "a", nil, -1, [true]]
  bin("list", 20, Buffer.from([0x95, 1, 0xa2, 3, 0x61, 0xc0, 0xff, 0x91, 0xc3])),
  // {1: 2, "k": 256}
  bin("map", 19, Buffer.from([0x82, 1, 2, 0xa2, 3, 0x6b, 0xcd, 1, 0])),
];

describe.each(FORMATS)("%s", (format) => {
  test("a write, value by value", () => {
    expect(read(format, { bins, changed: ["int", "list"], originId: 2, outcome: Outcome.applied })).toEqual({
      kind: "write",
      namespace: "test",
      set: 'o"rders',
      userKey: "key",
      digest: DIGEST.toString("base64"),
      generation: 3,
      lut: 1_700_000_000_123,
      expiry: VOID_TIME + 1_262_304_000,
      bins: {
        int: -7,
        wide: -(2n ** 63n),
        float: 1.5,
        text: 'a"ü',
        yes: true,
        list: [1, "a", null, -1, [true]],
        map: { "1": 2, k: 256 },
      },
      tooLarge: false,
      beforeTooLarge: false,
      operation: "update",
      outcome: "applied",
      origin: "dc-b",
      changed: ["int", "list"],
      position: { log: 11, partition: 9, from: 10, sequence: 12, originLog: 88, originSequence: 77 },
      redelivered: false,
    });
  });

  test("a delete, a repeat, a record without a key, one that is too large", () => {
    const deleted = read(format, { tombstone: true, operation: Operation.delete, again: true });
    expect(deleted).toMatchObject({ kind: "delete", operation: "delete", redelivered: true });
    expect(deleted).not.toHaveProperty("bins");
    expect(read(format, { userKey: Buffer.alloc(0) })).toMatchObject({ userKey: null });
    const large = read(format, { bins }, "none");
    expect(large).toMatchObject({ kind: "write", tooLarge: true });
    expect(large).not.toHaveProperty("bins");
  });

  test.each([
    [Outcome.none, Operation.update, "recovered"],
    [Outcome.applied, Operation.update, "applied"],
    [Outcome.conflictWon, Operation.update, "won"],
    [Outcome.conflictLost, Operation.merge, "lost"],
    [Outcome.superseded, Operation.merge, "merged"],
  ] as const)("outcome %i of the ledger with operation %i is told as %s", (outcome, operation, told) => {
    expect(read(format, { originId: 2, outcome, operation })).toMatchObject({ outcome: told });
    expect(read(format, { outcome, operation })).toMatchObject({ outcome: "local" });
  });

  test("what the record was before, of a write and of a delete; that there was none; that it is not known", () => {
    const before = { generation: 2, lut: 1_700_000_000_123, expiry: VOID_TIME + 1_262_304_000 };
    const written = read(format, { bins: bins.slice(0, 1), before: bins });
    expect(written).toMatchObject({
      bins: { int: -7 },
      before: { ...before, bins: { text: 'a"ü', map: {} } },
    });
    const deleted = read(format, { tombstone: true, operation: Operation.delete, before: bins });
    expect(deleted).toMatchObject({ kind: "delete", before: { ...before, bins: { int: -7 } } });
    expect(read(format, { before: null })).toMatchObject({ before: null, beforeTooLarge: false });
    expect(read(format, { before: [] })).toMatchObject({ before: { bins: {} } });
    expect(read(format, {})).not.toHaveProperty("before");
  });

  test("a record before that the bus does not take is told of, and the change is whole", () => {
    const large: ChangeFacts = { ...facts({ bins }), before: "too-large" };
    const change = parseChange(encodeChange(format, "dc-a", large, ALL));
    expect(change).toMatchObject({ bins: { int: -7 }, tooLarge: false, beforeTooLarge: true });
    expect(change).not.toHaveProperty("before");
    const both = read(format, { bins, before: bins }, "none");
    expect(both).toMatchObject({ tooLarge: true, beforeTooLarge: true });
    expect(both).not.toHaveProperty("before");
  });

  test("only the chosen bins", () => {
    const bytes = encodeChange(format, "dc-a", facts({ bins }), { chosen: new Set(["text", "none"]) });
    expect(parseChange(bytes)).toMatchObject({ bins: { text: 'a"ü' } });
    expect(Object.keys((parseChange(bytes) as Change).bins ?? {})).toEqual(["text"]);
    const given = facts({ bins, before: bins });
    const withBefore = parseChange(encodeChange(format, "dc-a", given, { chosen: new Set(["text"]) }));
    expect(withBefore).toMatchObject({ before: { bins: { text: 'a"ü' } } });
    expect(Object.keys((withBefore as Change).before?.bins ?? {})).toEqual(["text"]);
  });

  test("a gap", () => {
    const gap = { namespace: "test", logId: 11, partition: 9, from: 3, to: 8 };
    expect(parseChange(encodeGap(format, "dc-a", gap, 0))).toEqual({
      kind: "gap",
      namespace: "test",
      position: { log: 11, partition: 9, from: 3, sequence: 8 },
    });
  });

  test("every integer of 64 bits keeps its digits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const change = read(format, { bins: [bin("n", 1, int(value))] }) as Change;
        expect(BigInt(change.bins?.["n"] as number | bigint)).toBe(value);
      }),
    );
  });

  test("what is cut is no change", () => {
    const bytes = encodeChange(format, "dc-a", facts({ bins }), ALL);
    for (const length of [0, 1, bytes.length >> 1, bytes.length - 1]) {
      expect(() => parseChange(bytes.subarray(0, length))).toThrow(/no change/);
    }
  });
});

test("bytes are bytes in protobuf, and base64 elsewhere; so is text that is none", () => {
  const given = { bins: [bin("blob", 4, Buffer.from([255, 0])), bin("torn", 3, Buffer.from([0xc3]))] };
  expect(read("protobuf", given)).toMatchObject({
    bins: { blob: Uint8Array.of(255, 0), torn: Uint8Array.of(0xc3) },
  });
  for (const format of ["json", "flat-json", "cloudevents"] as const) {
    expect(read(format, given)).toMatchObject({ bins: { blob: "/wA=" } });
  }
});

test("a CloudEvent has what version 1.0 asks for", () => {
  const text = (given: Given): string =>
    Buffer.from(encodeChange("cloudevents", "dc-a", facts(given), ALL)).toString();
  const event: unknown = JSON.parse(text({ bins, operation: Operation.insert }));
  expect(event).toMatchObject({
    specversion: "1.0",
    id: "11:9:12",
    source: "/meridian/dc-a/test/o%22rders",
    type: "meridian.record.insert",
    subject: "key",
    time: "2023-11-14T22:13:20.123Z",
    datacontenttype: "application/json",
    partitionkey: DIGEST.toString("base64"),
    data: { msg: "write", operation: "insert" },
  });
  const integerKey = Buffer.concat([Buffer.from([1]), int(-5n)]);
  expect(JSON.parse(text({ userKey: integerKey }))).toMatchObject({ subject: "-5" });
  expect(JSON.parse(text({ userKey: Buffer.alloc(0) }))).toMatchObject({
    subject: DIGEST.toString("base64"),
  });
});
