/** Proves what a change looks like in each JSON layout, and that no value breaks a message. */
import { describe, expect, test } from "vitest";
import { Operation } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import { bin, DIGEST, facts, type Given, int, VOID_TIME } from "../../test/xdr/change-samples.ts";
import { encodeChange, encodeGap, type FeedFormat } from "./formats.ts";

const ALL = { chosen: undefined };

function text(format: FeedFormat, given: Given, withBins = true): string {
  return Buffer.from(encodeChange(format, "dc-a", facts(given), withBins ? ALL : "none")).toString();
}

function parsed(format: FeedFormat, given: Given, withBins = true): Record<string, unknown> {
  const message: Record<string, unknown> = JSON.parse(text(format, given, withBins));
  return message;
}

const VERSION = { gen: 3, lut: 1_700_000_000_123, exp: VOID_TIME + 1_262_304_000 };
const POSITION = { log: 11, partition: 9, from: 10, sequence: 12 };
const OURS = { operation: "update", outcome: "local", origin: "dc-a", position: POSITION };
const ARRIVED = { originId: 2, outcome: Outcome.applied };
const ONE = [bin("n", 1, int(5n))];

describe("the layouts", () => {
  test("json", () => {
    expect(parsed("json", { bins: ONE, changed: ["n"] })).toEqual({
      msg: "write",
      key: ["test", 'o"rders', DIGEST.toString("base64"), "key"],
      ...VERSION,
      ...OURS,
      changed: ["n"],
      bins: [{ name: "n", type: "int", value: 5 }],
    });
  });

  test("flat-json", () => {
    expect(parsed("flat-json", { bins: ONE, again: true })).toEqual({
      n: 5,
      metadata: {
        msg: "write",
        namespace: "test",
        set: 'o"rders',
        userKey: "key",
        digest: DIGEST.toString("base64"),
        ...VERSION,
        ...OURS,
        again: true,
      },
    });
  });

  test("a delete has no bins, and what came from elsewhere says whence", () => {
    const message = parsed("json", { operation: Operation.delete, ...ARRIVED, tombstone: true });
    expect(message).toMatchObject({
      msg: "delete",
      durable: true,
      operation: "delete",
      outcome: "applied",
      origin: "dc-b",
      position: { ...POSITION, originLog: 88, originSequence: 77 },
    });
    expect(message).not.toHaveProperty("bins");
  });

  test("a change that lost says so, with the version that stands", () => {
    expect(
      parsed("json", { bins: ONE, operation: Operation.merge, originId: 2, outcome: Outcome.conflictLost }),
    ).toMatchObject({
      operation: "merge",
      outcome: "lost",
      origin: "dc-b",
      bins: [{ value: 5 }],
    });
  });

  test("a record that the bus does not take is told of without bins", () => {
    expect(parsed("json", { bins: ONE }, false)).toMatchObject({ msg: "write", tooLarge: true });
    expect(parsed("flat-json", { bins: ONE }, false)).toMatchObject({ metadata: { tooLarge: true } });
    expect(parsed("flat-json", { bins: ONE }, false)).not.toHaveProperty("n");
  });

  test("a gap", () => {
    const gap = { namespace: "test", logId: 11, partition: 9, from: 3, to: 8 };
    expect(JSON.parse(Buffer.from(encodeGap("flat-json", "dc-a", gap, 0)).toString())).toEqual({
      msg: "gap",
      namespace: "test",
      position: { log: 11, partition: 9, from: 3, sequence: 8 },
    });
  });
});

const double = Buffer.alloc(8);
double.writeDoubleBE(1.5);
const notANumber = Buffer.alloc(8);
notANumber.writeDoubleBE(Number.NaN);
const geo = '{"type":"Point","coordinates":[1,2]}';
const msgpack = (...bytes: number[]): Buffer => Buffer.from(bytes);

test.each([
  ["an integer", 1, int(-7n), "int", "-7"],
  ["an integer beyond 2^53, with all its digits", 1, int(9_007_199_254_740_993n), "int", "9007199254740993"],
  ["the least integer", 1, int(-(2n ** 63n)), "int", "-9223372036854775808"],
  ["an integer of a wrong length", 1, Buffer.from([1, 2]), "blob", '"AQI="'],
  ["a double", 2, double, "float", "1.5"],
  ["no number", 2, notANumber, "float", "null"],
  ["text", 3, Buffer.from('a"\n\u2028ü'), "str", JSON.stringify('a"\n\u2028ü')],
  ["bytes", 4, Buffer.from([255, 0]), "blob", '"/wA="'],
  ["true", 17, Buffer.from([1]), "bool", "true"],
  ["GeoJSON", 23, Buffer.concat([Buffer.from([0, 0, 0]), Buffer.from(geo)]), "geojson", JSON.stringify(geo)],
  ["GeoJSON that is cut", 23, Buffer.from([0, 0, 9]), "blob", '"AAAJ"'],
  // [1, "a", nil, -1, [true]], strings with their particle type in front.
  ["a list", 20, msgpack(0x95, 1, 0xa2, 3, 0x61, 0xc0, 0xff, 0x91, 0xc3), "list", '[1,"a",null,-1,[true]]'],
  ["an ordered list", 20, msgpack(0x92, 0xc7, 0, 1, 5), "list", "[5]"],
  ["a map", 19, msgpack(0x82, 1, 2, 0xa2, 3, 0x6b, 0xcd, 1, 0), "map", '{"1":2,"k":256}'],
  ["an ordered map", 19, msgpack(0x82, 0xc7, 0, 1, 0xc0, 0xa2, 3, 0x6b, 7), "map", '{"k":7}'],
  ["a list that is cut", 20, msgpack(0x93, 1), "blob", '"kwE="'],
  ["a list of what no client writes", 20, msgpack(0x91, 0xc1), "blob", '"kcE="'],
])("%s", (_what, particle, value, type, json) => {
  const message = text("json", { bins: [bin("b", particle, value)] });
  expect(message).toContain(`"bins":[{"name":"b","type":"${type}","value":${json}}]`);
  expect(() => JSON.parse(message)).not.toThrow();
});
