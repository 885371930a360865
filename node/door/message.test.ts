/**
 * The message view: finds fields and ops where they are, calls broken what is broken, and never looks
 * outside the body, whatever the bytes (truncated, bit-flipped or random ones, by property).
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { body, digestFor, int, type OpSpec } from "../../test/door/request-builder.ts";
import { FieldFlag, Message } from "./message.ts";
import { OpFlag } from "./op-check.ts";
import { singleRecordBody } from "./row-message.ts";

function parse(bytes: Buffer): Message | undefined {
  return Message.parse(bytes, 0, bytes.length);
}

function flagsOf(op: OpSpec): number | undefined {
  return parse(body({ ops: [op] }))?.opFlags;
}

const SAMPLE = body({
  info2: 1,
  generation: 7,
  ttl: 60,
  timeoutMs: 1000,
  set: "demo",
  userKey: Buffer.from("\u0003k1"),
  ops: [
    { type: 2, name: "a", particle: 1, value: int(5) },
    { type: 2, name: "b", particle: 3, value: Buffer.from("text") },
  ],
});

describe("Message.parse", () => {
  test("finds header, fields and ops", () => {
    const message = parse(SAMPLE);
    expect(message).toMatchObject({ info2: 1, generation: 7, ttl: 60, timeoutMs: 1000, opCount: 2 });
    expect(message?.digest).toEqual(digestFor("key"));
    expect(message?.setName.toString()).toBe("demo");
    expect(message?.userKey).toEqual(Buffer.from("\u0003k1"));
    expect(message?.opFlags).toBe(OpFlag.modify);
    expect(message?.body).toEqual(SAMPLE);
  });

  test("reads a body in the middle of a buffer", () => {
    const around = Buffer.concat([Buffer.alloc(11, 0xff), SAMPLE, Buffer.alloc(9, 0xff)]);
    const message = Message.parse(around, 11, 11 + SAMPLE.length);
    expect(message?.digest).toEqual(digestFor("key"));
    expect(message?.body).toEqual(SAMPLE);
  });

  test("every truncation and every surplus byte is malformed", () => {
    for (let length = 0; length < SAMPLE.length; length++) {
      expect(parse(SAMPLE.subarray(0, length))).toBeUndefined();
    }
    expect(parse(Buffer.concat([SAMPLE, Buffer.alloc(1)]))).toBeUndefined();
  });

  test("random and bit-flipped bytes give a view inside the body, or nothing", () => {
    const flips = fc.array(fc.nat(SAMPLE.length * 8 - 1), { minLength: 1, maxLength: 8 });
    const flipped = flips.map((bits) => {
      const bytes = Buffer.from(SAMPLE);
      for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes;
    });
    const random = fc.uint8Array({ maxLength: 200 }).map((bytes) => {
      const buffer = Buffer.from(bytes);
      if (buffer.length > 0) buffer[0] = 22;
      return buffer;
    });
    fc.assert(
      fc.property(fc.oneof(flipped, random), (bytes) => {
        const message = parse(bytes);
        if (message === undefined) return;
        expect(message.opsEnd).toBe(bytes.length);
        expect(message.opsStart).toBeLessThanOrEqual(message.opsEnd);
        for (const [start, length] of [
          [message.namespaceStart, message.namespaceBytes],
          [message.setStart, message.setBytes],
          [message.keyStart, message.keyBytes],
          [message.digestStart, message.digestStart < 0 ? 0 : 20],
        ] as const) {
          expect(start + length).toBeLessThanOrEqual(bytes.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [5, FieldFlag.transaction],
    [43, 0],
    [30, FieldFlag.udf],
    [7, FieldFlag.query],
    [11, FieldFlag.query],
    [22, FieldFlag.query],
    [200, 0],
  ])("field %d raises flag %d", (id, flag) => {
    expect(parse(body({ fields: [[id, Buffer.alloc(8)]] }))?.fieldFlags).toBe(flag);
  });

  test("a digest of another length is broken", () => {
    expect(parse(body({ digest: Buffer.alloc(19) }))?.fieldFlags).toBe(FieldFlag.broken);
  });
});

describe("op flags", () => {
  const value = (particle: number, bytes: number[]): OpSpec => ({
    type: 2,
    name: "a",
    particle,
    value: Buffer.from(bytes),
  });

  test.each([
    ["integer", value(1, [0, 0, 0, 0, 0, 0, 0, 1])],
    ["double", value(2, [0, 0, 0, 0, 0, 0, 0, 1])],
    ["empty string", value(3, [])],
    ["blob", value(4, [1])],
    ["language blob", value(9, [1])],
    ["vector", value(16, [1])],
    ["bool", value(17, [1])],
    ["HLL", value(18, [1, 2])],
    ["map", value(19, [0x80])],
    ["list", value(20, [0x90])],
    ["GeoJSON", value(23, [0, 0, 0, 0x7b, 0x7d])],
  ])("a %s may be written", (_name, op) => {
    expect(flagsOf(op)).toBe(OpFlag.modify);
  });

  test.each([
    ["integer of 4 bytes", value(1, [0, 0, 0, 1])],
    ["double of 9 bytes", value(2, [0, 0, 0, 0, 0, 0, 0, 0, 1])],
    ["bool of 2", value(17, [2])],
    ["list that is a map", value(20, [0x80])],
    ["empty map", value(19, [])],
    ["GeoJSON with more cells than bytes", value(23, [0, 0, 9, 1])],
    ["null with a value", value(0, [1])],
    ["unknown particle", value(99, [1])],
    ["value without a name", { type: 2, particle: 4, value: Buffer.from("x") }],
    ["increment of a string", { type: 5, name: "a", particle: 3, value: Buffer.from("12345678") }],
    ["append of an integer", { type: 9, name: "a", particle: 1, value: int(1) }],
  ] as [string, OpSpec][])("%s is broken", (_name, op) => {
    expect(flagsOf(op)).toBe((flagsOf(op) ?? 0) | OpFlag.broken);
  });

  test("a bin name has at most 15 bytes", () => {
    const named = (name: string) => flagsOf({ type: 2, name, particle: 3 });
    expect(named("x".repeat(15))).toBe(OpFlag.modify);
    expect(named("x".repeat(16))).toBe(OpFlag.modify | OpFlag.nameTooLong);
  });

  test("an expression has a name, and is a blob", () => {
    const expression = { name: "a", particle: 4, value: Buffer.of(0x92, 0xc0, 0) };
    const modify = OpFlag.modify | OpFlag.needsValue | OpFlag.notPlainWrite;
    expect(flagsOf({ type: 7, ...expression })).toBe(OpFlag.read | OpFlag.notPlainWrite);
    expect(flagsOf({ type: 8, ...expression })).toBe(modify);
    for (const broken of [{ name: "" }, { particle: 3 }, { value: Buffer.alloc(0) }]) {
      expect(flagsOf({ type: 8, ...expression, ...broken })).toBe(modify | OpFlag.broken);
    }
  });

  test.each([3, 4, 12, 13, 15, 16, 17, 18, 19, 42])("op type %d is not supported", (type) => {
    expect(flagsOf({ type, name: "a", particle: 4 })).toBe(OpFlag.unsupported | OpFlag.notPlainWrite);
  });
});

test("a batch row becomes the same request, as a message of its own", () => {
  const ops: OpSpec[] = [{ type: 2, name: "a", particle: 1, value: int(5) }];
  const whole = body({ info2: 1, generation: 3, ttl: 9, timeoutMs: 50, set: "demo", ops });
  const row = parse(body({ info2: 1, generation: 3, ttl: 9, timeoutMs: 50, set: "demo", ops, digest: null }));
  if (row === undefined) throw new Error("sample does not parse");
  // The digest stands outside of a row's fields, anywhere in the same bytes.
  const bytes = Buffer.concat([row.buffer, digestFor("key")]);
  const moved = Message.parse(bytes, 0, row.opsEnd)?.repeat(0, row.opsEnd);
  if (moved === undefined) throw new Error("row does not parse");
  expect(singleRecordBody(moved)).toEqual(whole);
});
