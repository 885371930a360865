/**
 * Proves that an entry decodes to what it was made of, that every flipped bit and every cut is
 * detected, and that concatenated entries come apart or are refused whole.
 */
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Entry,
  ENTRY_HEADER_BYTES,
  EntryKind,
  Operation,
  adoptEntry,
  encodeEntry,
  hasBeforeAt,
  isJoinedAt,
  originIdAt,
  readSafeInteger,
  splitEntries,
  type EntryParts,
  withBefore,
  writeSafeInteger,
} from "./entry.ts";
import { FORWARDED, Outcome } from "./ledger.ts";
import { encodeImage } from "./record.ts";

const image = encodeImage({
  generation: 1,
  lut: 9n,
  sourceId: 1,
  voidTime: 0,
  tombstone: false,
  seen: [{ sourceId: 1, lut: 9n }],
  setName: Buffer.from("s"),
  userKey: Buffer.alloc(0),
  binCount: 0,
  bins: Buffer.alloc(0),
});
const anySafe = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1),
  fc.nat({ max: Number.MAX_SAFE_INTEGER }),
);
const anyParts: fc.Arbitrary<EntryParts> = fc.record({
  kind: fc.constantFrom(...Object.values(EntryKind)),
  operation: fc.constantFrom(...Object.values(Operation)),
  partitionId: fc.nat({ max: 4095 }),
  epoch: fc.nat({ max: 0xffff_ffff }),
  sequence: anySafe,
  originId: fc.nat({ max: 255 }),
  originSequence: anySafe,
  originLogId: anySafe,
  outcome: fc.constantFrom(...Object.values(Outcome)),
  digest: fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  changedBins: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
  before: fc.constantFrom(undefined, Buffer.alloc(0), image),
  image: fc.constantFrom(Buffer.alloc(0), image),
});
const sample: EntryParts = {
  kind: EntryKind.put,
  operation: Operation.update,
  partitionId: 4095,
  epoch: 3,
  sequence: 2 ** 40 + 1,
  originId: 2,
  originSequence: 77,
  originLogId: 2 ** 52,
  digest: Buffer.alloc(20, 7),
  changedBins: Buffer.from("\u0003bin"),
  image,
};

describe("entry", () => {
  test("adopted, it is the entry that its new log would have made of the record", () => {
    fc.assert(
      fc.property(anyParts, anyParts, (made, to) => {
        const { epoch, sequence, originId, originLogId } = to;
        const adopted = encodeEntry(made);
        adoptEntry(adopted, epoch, sequence, originId, originLogId, Outcome.conflictWon);
        const outcome = Outcome.conflictWon;
        const place = { epoch, sequence, originId, originLogId, originSequence: made.sequence };
        const joined = new Entry(encodeEntry(made)).isJoined;
        const wanted = { ...made, ...place, outcome, forwarded: made.originId !== 0, joined };
        expect(adopted.toString("hex")).toBe(encodeEntry(wanted).toString("hex"));
      }),
    );
  });

  test("with another image of before, or none, the rest is what it was", () => {
    const anyBefore = fc.constantFrom(undefined, Buffer.alloc(0), image);
    fc.assert(
      fc.property(anyParts, anyBefore, fc.boolean(), (made, before, joined) => {
        const whole = encodeEntry({ ...made, joined });
        const wanted = encodeEntry({ ...made, joined, before });
        expect(withBefore(whole, before).toString("hex")).toBe(wanted.toString("hex"));
      }),
    );
    const without = encodeEntry(sample);
    expect(withBefore(without, undefined)).toBe(without);
  });

  test("what was forwarded is counted apart, and what was joined on its way stays so", () => {
    const made = { ...sample, originId: 2, outcome: Outcome.conflictWon };
    const entry = encodeEntry(made);
    expect([new Entry(entry).countedOutcome, new Entry(entry).isJoined]).toEqual([3, true]);
    adoptEntry(entry, 4, 9, 3, 5, Outcome.applied);
    const forwarded = Entry.checked(entry);
    expect([forwarded.outcome, forwarded.countedOutcome]).toEqual([Outcome.applied, 1 | FORWARDED]);
    expect([forwarded.isJoined, isJoinedAt(entry, 0), originIdAt(entry, 0)]).toEqual([true, true, 3]);
    const plain = encodeEntry({ ...sample, originId: 0, outcome: Outcome.none });
    adoptEntry(plain, 4, 9, 3, 5, Outcome.applied);
    expect([new Entry(plain).countedOutcome, new Entry(plain).isJoined]).toEqual([Outcome.applied, false]);
  });

  test("round trip", () => {
    fc.assert(
      fc.property(anyParts, (made) => {
        const entry = Entry.checked(encodeEntry(made));
        expect({
          kind: entry.kind,
          operation: entry.operation,
          partitionId: entry.partitionId,
          epoch: entry.epoch,
          sequence: entry.sequence,
          originId: entry.originId,
          originSequence: entry.originSequence,
          originLogId: entry.originLogId,
          outcome: entry.outcome,
          digest: Buffer.from(entry.digest),
          changedBins: Buffer.from(entry.changedBins),
          before: entry.before && Buffer.from(entry.before),
          image: Buffer.from(entry.imageBytes),
        }).toEqual(made);
        expect(hasBeforeAt(entry.bytes, 0)).toBe(made.before !== undefined);
        if (made.image === image) expect(entry.image.setName.toString()).toBe("s");
      }),
    );
  });

  test("a kind without a record has an empty image and a zero digest", () => {
    const { digest: _, changedBins: __, image: ___, ...rest } = sample;
    const entry = Entry.checked(encodeEntry({ ...rest, kind: EntryKind.barrier }));
    expect(entry.digest.equals(Buffer.alloc(20))).toBe(true);
    expect(entry.imageBytes.length + entry.changedBins.length).toBe(0);
  });

  test.each([undefined, image])("every flipped bit is detected", (before) => {
    const whole = encodeEntry({ ...sample, before });
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const broken = Buffer.from(whole);
      broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => Entry.checked(broken), `bit ${bit}`).toThrow("entry");
    }
  });

  test("every cut and every tail is detected", () => {
    const whole = encodeEntry(sample);
    for (let length = 0; length < whole.length; length++) {
      expect(() => Entry.checked(whole.subarray(0, length)), `${length} bytes`).toThrow("not whole");
    }
    expect(() => Entry.checked(Buffer.concat([whole, Buffer.of(0)]))).toThrow("not whole");
  });

  test("changed bins that reach past the end are detected under a right checksum", () => {
    const lying = encodeEntry({ ...sample, image: Buffer.alloc(0) });
    lying.writeUInt16LE(1000, 26);
    lying.writeUInt32LE(crc32(lying.subarray(8)), 4);
    expect(() => Entry.checked(lying)).toThrow("changed bins");
  });

  test("an image of before that reaches past the end is detected under a right checksum", () => {
    for (const [length, cut] of [
      [image.length * 3, 0],
      [0xffff_ffff, 0],
      [image.length, image.length * 2 + 2],
    ] as const) {
      const made = encodeEntry({ ...sample, before: image });
      made.writeUInt32LE(length, ENTRY_HEADER_BYTES + 4);
      const lying = made.subarray(0, made.length - cut);
      lying.writeUInt32LE(lying.length, 0);
      lying.writeUInt32LE(crc32(lying.subarray(8)), 4);
      expect(() => Entry.checked(lying)).toThrow("image of before");
    }
  });

  test("concatenated entries come apart as views", () => {
    fc.assert(
      fc.property(fc.array(anyParts, { maxLength: 5 }), (list) => {
        const encoded = list.map(encodeEntry);
        const joined = Buffer.concat(encoded);
        const apart = splitEntries(joined);
        expect(apart.map((one) => one.toString("hex"))).toEqual(encoded.map((one) => one.toString("hex")));
        for (const one of apart) expect(one.buffer).toBe(joined.buffer);
      }),
    );
  });

  test("a cut or lying concatenation is refused whole", () => {
    const joined = Buffer.concat([encodeEntry(sample), encodeEntry(sample)]);
    const half = joined.length / 2;
    for (let length = 1; length < joined.length; length++) {
      if (length !== half) expect(() => splitEntries(joined.subarray(0, length))).toThrow("broken length");
    }
    const lying = Buffer.from(joined);
    for (const length of [0, 63, 0xffff_ffff]) {
      lying.writeUInt32LE(length, half);
      expect(() => splitEntries(lying)).toThrow(`entry at ${half}`);
    }
  });

  test("integers up to 2^53-1 survive", () => {
    const buffer = Buffer.alloc(8);
    fc.assert(
      fc.property(anySafe, (value) => {
        writeSafeInteger(buffer, value, 0);
        expect(readSafeInteger(buffer, 0)).toBe(value);
        expect(buffer.readBigUInt64LE(0)).toBe(BigInt(value));
      }),
    );
  });
});
