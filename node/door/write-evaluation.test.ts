/**
 * Write evaluation against an independent oracle: a record as a list of [name, typed value], ops as
 * plain operations on it. Random histories of operate calls must agree in result code, in what reads
 * return, and in the stored bins. Policies, TTL and generations by example.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Operation } from "../../proto/entry.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import {
  body,
  double,
  int,
  type OpSpec,
  op as opBytes,
  readReplies,
  type RequestSpec,
} from "../../test/door/request-builder.ts";
import { Message } from "./message.ts";
import { replyBody, spansReply } from "./reply.ts";
import { evaluateWrite, type WriteResult } from "./write-evaluation.ts";

const NOW = 500_000_000;
const LIMITS = { defaultTtl: 0, replyBytesMax: 16 * 1024 * 1024, nowMs: 0 };
const WRITE = 0x01;
const RESPOND_ALL = 0x80;
const CREATE_OR_REPLACE = 0x10;
/** The op that deletes the record. */
const DELETE = 14;

interface ImageSpec {
  readonly bins?: readonly OpSpec[];
  readonly generation?: number;
  readonly voidTime?: number;
  readonly tombstone?: boolean;
  readonly userKey?: Uint8Array;
  readonly setName?: string;
}

function imageOf(spec: ImageSpec): RecordImage {
  const bins = (spec.bins ?? []).map((bin) => opBytes({ ...bin, type: 1 }));
  return new RecordImage(
    encodeImage({
      generation: spec.generation ?? 1,
      lut: 1n,
      sourceId: 1,
      voidTime: spec.voidTime ?? 0,
      tombstone: spec.tombstone ?? false,
      seen: [],
      setName: Buffer.from(spec.setName ?? ""),
      userKey: spec.userKey ?? Buffer.alloc(0),
      binCount: bins.length,
      bins: Buffer.concat(bins),
    }),
  );
}

function evaluate(spec: RequestSpec, current?: RecordImage, limits = LIMITS): WriteResult {
  const bytes = body({ info2: WRITE, ...spec });
  const message = Message.parse(bytes, 0, bytes.length);
  if (message === undefined) throw new Error("request does not parse");
  return evaluateWrite(message, current, NOW, limits);
}

/** The image after an evaluation that wrote. */
function imageAfter(result: WriteResult, generation = 2): RecordImage {
  if (!result.evaluation.write) throw new Error(`nothing written, code ${result.code}`);
  return new RecordImage(encodeImage({ ...result.evaluation, generation, lut: 2n, sourceId: 1, seen: [] }));
}

function shown(result: WriteResult): [string, number, string][] {
  const [reply] = readReplies(replyBody(spansReply(0, 0, result.reads)));
  return (reply?.bins ?? []).map((bin) => [bin.name, bin.particle, bin.value.toString("hex")]);
}

function stored(image: RecordImage): [string, number, string][] {
  const header = Buffer.alloc(22);
  header[0] = 22;
  header.writeUInt16BE(image.binCount, 20);
  const [reply] = readReplies(Buffer.concat([header, image.bins]));
  return (reply?.bins ?? []).map((bin) => [bin.name, bin.particle, bin.value.toString("hex")]);
}

const put = (name: string, value: number): OpSpec => ({ type: 2, name, particle: 1, value: int(value) });
const drop = (name: string): OpSpec => ({ type: 2, name, particle: 0 });
const read = (name: string): OpSpec => ({ type: 1, name });
const text = (type: number, name: string, value: string, particle = 3): OpSpec => ({
  type,
  name,
  particle,
  value: Buffer.from(value),
});

// The oracle.

type Bin = [name: string, particle: number, hex: string];
type Outcome = { code: number; bins: Bin[] | undefined; reads: Bin[] };

function oracle(before: Bin[] | undefined, ops: readonly OpSpec[], respondAll: boolean): Outcome {
  let bins: Bin[] = (before ?? []).map((bin) => [...bin]);
  let exists = before !== undefined;
  let wrote = false;
  const reads: Bin[] = [];
  const answer = (name: string): void => {
    if (respondAll) reads.push([name, 0, ""]);
  };
  for (const one of ops) {
    const name = one.name ?? "";
    const present = bins.find((bin) => bin[0] === name);
    const given = Buffer.from(one.value ?? []);
    const particle = one.particle ?? 0;
    if (one.type === 1) {
      if (name === "") reads.push(...bins.map((bin): Bin => [...bin]));
      else if (present !== undefined) reads.push([...present]);
      else answer(name);
      continue;
    }
    if (one.type === 11) {
      if (!exists) return { code: 2, bins: before, reads: [] };
      wrote = true;
    } else if (one.type === 14) {
      if (exists) wrote = true;
      bins = [];
      exists = false;
    } else if (one.type === 2 && particle === 0) {
      if (exists) wrote = true;
      bins = bins.filter((bin) => bin[0] !== name);
    } else {
      const next = modified(one.type, present, particle, given);
      if (next === undefined) return { code: 12, bins: before, reads: [] };
      if (present === undefined) bins.push([name, particle, next.toString("hex")]);
      else present.splice(1, 2, particle, next.toString("hex"));
      exists = true;
      wrote = true;
    }
    answer(name);
  }
  if (before === undefined && bins.length === 0) return { code: 2, bins: undefined, reads: [] };
  if (!wrote) return { code: 0, bins: before, reads };
  return { code: 0, bins: bins.length === 0 ? undefined : bins, reads };
}

function modified(
  type: number,
  present: Bin | undefined,
  particle: number,
  given: Buffer,
): Buffer | undefined {
  if (type === 2 || present === undefined) return given;
  if (present[1] !== particle) return undefined;
  const old = Buffer.from(present[2], "hex");
  if (type === 9) return Buffer.concat([old, given]);
  if (type === 10) return Buffer.concat([given, old]);
  if (particle === 2) return double(old.readDoubleBE() + given.readDoubleBE());
  return int(BigInt.asIntN(64, old.readBigInt64BE() + given.readBigInt64BE()));
}

const name = fc.constantFrom("a", "b", "c", "longest-name-15");
const anyOp: fc.Arbitrary<OpSpec> = fc.oneof(
  fc.record({
    type: fc.constantFrom(2, 5),
    name,
    particle: fc.constant(1),
    value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(int),
  }),
  fc.record({
    type: fc.constantFrom(2, 5),
    name,
    particle: fc.constant(2),
    value: fc.double({ noNaN: true }).map(double),
  }),
  fc.record({
    type: fc.constantFrom(2, 9, 10),
    name,
    particle: fc.constantFrom(3, 4),
    value: fc.uint8Array({ maxLength: 6 }),
    version: fc.constantFrom(0, 7),
  }),
  fc.record({ type: fc.constant(2), name, particle: fc.constant(0) }),
  fc.record({ type: fc.constant(1), name: fc.oneof(name, fc.constant("")) }),
  fc.constantFrom({ type: 11 }, { type: 14 }),
);

describe("ops", () => {
  test("agree with the oracle over random histories", () => {
    const history = fc.array(fc.tuple(fc.array(anyOp, { minLength: 1, maxLength: 12 }), fc.boolean()), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(history, (calls) => {
        let image: RecordImage | undefined;
        let bins: Bin[] | undefined;
        let generation = 0;
        for (const [ops, respondAll] of calls) {
          const expected = oracle(bins, ops, respondAll);
          const result = evaluate({ ops, info2: respondAll ? WRITE | RESPOND_ALL : WRITE }, image);
          expect(result.code).toBe(expected.code);
          if (result.code === 0) expect(shown(result)).toEqual(expected.reads);
          bins = expected.bins;
          if (!result.evaluation.write) continue;
          generation += 1;
          image = imageAfter(result, generation);
          expect(image.tombstone).toBe(bins === undefined);
          expect(stored(image)).toEqual(bins ?? []);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("stored bins do not show which op or protocol version wrote them", () => {
    const plain = imageAfter(evaluate({ ops: [put("a", 1)] }));
    const other = imageAfter(evaluate({ ops: [{ ...put("a", 1), type: 5, version: 9 }, read("a")] }));
    expect(plain.bins).toEqual(other.bins);
  });

  test("changed bins are the written ones", () => {
    const { evaluation } = evaluate(
      { ops: [put("a", 1), read("b"), drop("c"), { type: 11 }] },
      imageOf({ bins: [put("c", 1)] }),
    );
    expect(evaluation.write && Buffer.from(evaluation.changedBins).toString("latin1")).toBe("\u0001a\u0001c");
  });

  test("so are those that a write which replaces the record does not name", () => {
    const current = imageOf({ bins: [put("a", 1), put("b", 1), put("c", 1)] });
    const names = (result: WriteResult): string =>
      result.evaluation.write ? Buffer.from(result.evaluation.changedBins).toString("latin1") : "";
    const replaced = evaluate({ ops: [put("b", 2)], info3: CREATE_OR_REPLACE }, current);
    expect(names(replaced)).toBe("\u0001b\u0001a\u0001c");
    const withRead = { ops: [put("b", 2), put("d", 1), read("d")], info3: CREATE_OR_REPLACE };
    expect(names(evaluate(withRead, current))).toBe("\u0001b\u0001d\u0001a\u0001c");
    const anew = evaluate({ ops: [read("c"), { type: DELETE }, put("b", 2)] }, current);
    expect(names(anew)).toBe("\u0001b\u0001a\u0001c");
    expect(names(evaluate({ ops: [put("b", 2)], info3: CREATE_OR_REPLACE }))).toBe("\u0001b");
  });

  test("many bins and ops stay linear", () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `n${index}`);
    const image = imageAfter(evaluate({ ops: names.map((one) => put(one, 1)) }));
    const started = performance.now();
    const result = evaluate({ ops: names.flatMap((one) => [put(one, 2), read(one)]) }, image);
    expect(result.code).toBe(0);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("thousands of appends to a large value are stopped", () => {
    const large = imageAfter(evaluate({ ops: [text(2, "a", "x".repeat(100_000))] }));
    const ops = Array.from({ length: 2000 }, () => text(9, "a", "y"));
    expect(evaluate({ ops }, large).code).toBe(13);
  });

  test("a reply is bounded", () => {
    const large = imageAfter(evaluate({ ops: [text(2, "a", "x".repeat(1000))] }));
    const ops = [put("b", 1), ...Array.from({ length: 20 }, () => read("a"))];
    expect(evaluate({ ops }, large, { ...LIMITS, replyBytesMax: 10_000 }).code).toBe(13);
  });

  test("at most 32,767 bins", () => {
    const ops = Array.from({ length: 32_768 }, (_, index) => put(`n${index}`, 1));
    expect(evaluate({ ops }).code).toBe(13);
    expect(evaluate({ ops: ops.slice(1) }).code).toBe(0);
  });
});

describe("record-exists policies", () => {
  const existing = imageOf({ bins: [put("a", 1), put("b", 2)] });
  const gone = imageOf({ tombstone: true, generation: 4 });
  const expired = imageOf({ bins: [put("a", 1)], voidTime: NOW });
  const ops = [put("a", 9)];

  test("create only", () => {
    expect(evaluate({ info2: WRITE | 0x20, ops }, existing).code).toBe(5);
    for (const image of [undefined, gone, expired]) {
      expect(evaluate({ info2: WRITE | 0x20, ops }, image).code).toBe(0);
    }
  });

  test.each([
    ["update only", 0x08],
    ["replace only", 0x20],
  ])("%s needs a record", (_name, info3) => {
    expect(evaluate({ info3, ops }, existing).code).toBe(0);
    for (const image of [undefined, gone, expired]) expect(evaluate({ info3, ops }, image).code).toBe(2);
  });

  test("update merges, replace does not", () => {
    expect(stored(imageAfter(evaluate({ ops }, existing))).map(([one]) => one)).toEqual(["a", "b"]);
    for (const info3 of [0x10, 0x20]) {
      const bins = stored(imageAfter(evaluate({ info3, ops: [put("z", 1), put("z", 2)] }, existing)));
      expect(bins).toEqual([["z", 1, int(2).toString("hex")]]);
    }
  });

  test("a replace cannot build on the present value", () => {
    expect(evaluate({ info3: 0x10, ops: [text(9, "a", "x")] }, existing).code).toBe(4);
    expect(evaluate({ info3: 0x10, ops: [{ type: 11 }] }, existing).code).toBe(4);
  });

  test("an expired record's bins do not come back", () => {
    const result = evaluate({ ops: [put("z", 1)] }, expired);
    expect(stored(imageAfter(result)).map(([one]) => one)).toEqual(["z"]);
    expect(result.evaluation.write && result.evaluation.operation).toBe(Operation.insert);
  });
});

describe("generation policies", () => {
  const existing = imageOf({ bins: [put("a", 1)], generation: 5 });
  const ops = [put("a", 9)];

  test("equal", () => {
    expect(evaluate({ info2: WRITE | 0x04, generation: 5, ops }, existing).code).toBe(0);
    expect(evaluate({ info2: WRITE | 0x04, generation: 4, ops }, existing).code).toBe(3);
    expect(evaluate({ info2: WRITE | 0x04, generation: 1, ops }).code).toBe(3);
    expect(evaluate({ info2: WRITE | 0x04, generation: 0, ops }).code).toBe(0);
  });

  test("equal in 16 bits, as clients keep it", () => {
    const old = imageOf({ bins: [put("a", 1)], generation: 65_541 });
    expect(evaluate({ info2: WRITE | 0x04, generation: 5, ops }, old).code).toBe(0);
    expect(evaluate({ info2: WRITE | 0x04, generation: 65_541, ops }, old).code).toBe(0);
    expect(evaluate({ info2: WRITE | 0x04, generation: 131_077, ops }, old).code).toBe(3);
  });

  test("greater", () => {
    expect(evaluate({ info2: WRITE | 0x08, generation: 6, ops }, existing).code).toBe(0);
    expect(evaluate({ info2: WRITE | 0x08, generation: 5, ops }, existing).code).toBe(3);
  });

  test("guards a delete, too", () => {
    expect(evaluate({ info2: WRITE | 0x02 | 0x04, generation: 4 }, existing).code).toBe(3);
    expect(evaluate({ info2: WRITE | 0x02 | 0x04, generation: 5 }, existing).code).toBe(0);
  });
});

describe("TTL", () => {
  const voidTimeOf = (ttl: number, current?: RecordImage, defaultTtl = 0) =>
    imageAfter(evaluate({ ttl, ops: [put("a", 1)] }, current, { ...LIMITS, defaultTtl })).voidTime;
  const ending = imageOf({ bins: [put("a", 1)], voidTime: NOW + 77 });

  test("default, seconds, never, keep", () => {
    expect(voidTimeOf(0)).toBe(0);
    expect(voidTimeOf(0, undefined, 100)).toBe(NOW + 100);
    expect(voidTimeOf(30, ending, 100)).toBe(NOW + 30);
    expect(voidTimeOf(0xffff_ffff, ending, 100)).toBe(0);
    expect(voidTimeOf(0xffff_fffe, ending, 100)).toBe(NOW + 77);
    expect(voidTimeOf(0xffff_fffe, undefined, 100)).toBe(NOW + 100);
  });

  test("a touch renews it and leaves the bins", () => {
    const result = evaluate({ ttl: 30, ops: [{ type: 11 }] }, ending);
    expect(imageAfter(result).voidTime).toBe(NOW + 30);
    expect(stored(imageAfter(result))).toEqual(stored(ending));
    expect(result.evaluation.write && result.evaluation.operation).toBe(Operation.touch);
  });
});

describe("user key and set", () => {
  const key = Buffer.from("\u0003key");
  const existing = imageOf({ bins: [put("a", 1)], userKey: key, setName: "demo" });

  test("a stored key stays, and another is a mismatch", () => {
    expect(imageAfter(evaluate({ ops: [put("a", 2)] }, existing)).userKey).toEqual(key);
    expect(evaluate({ userKey: Buffer.from("\u0003kez"), ops: [put("a", 2)] }, existing).code).toBe(19);
    const late = imageOf({ bins: [put("a", 1)] });
    expect(imageAfter(evaluate({ userKey: key, ops: [put("a", 2)] }, late)).userKey).toEqual(key);
  });

  test("a tombstone keeps set and key", () => {
    const tombstone = imageAfter(evaluate({ info2: WRITE | 0x02 }, existing));
    expect(tombstone.userKey).toEqual(key);
    expect(tombstone.setName.toString()).toBe("demo");
    expect(tombstone.binCount).toBe(0);
  });

  test("another set name under the same digest is refused", () => {
    expect(evaluate({ set: "other", ops: [put("a", 2)] }, existing).code).toBe(4);
  });
});

describe("deletes", () => {
  test("of what is not there", () => {
    expect(evaluate({ info2: WRITE | 0x02 }).code).toBe(2);
    expect(evaluate({ info2: WRITE | 0x02 }, imageOf({ tombstone: true })).code).toBe(2);
    expect(evaluate({ ops: [drop("a")] }).code).toBe(2);
    expect(evaluate({ ops: [{ type: 14 }] }).code).toBe(2);
  });

  test("the last bin takes the record with it", () => {
    const result = evaluate({ ops: [drop("a")] }, imageOf({ bins: [put("a", 1)] }));
    expect(result.evaluation).toMatchObject({ write: true, tombstone: true, operation: Operation.delete });
  });

  test("read and delete in one call", () => {
    const result = evaluate({ ops: [read(""), { type: 14 }] }, imageOf({ bins: [put("a", 1)] }));
    expect(shown(result)).toEqual([["a", 1, int(1).toString("hex")]]);
    expect(result.evaluation).toMatchObject({ tombstone: true });
  });
});
