/**
 * Proves that the table of digests says of every record what a map says, through growth, removal and
 * a scan that comes late, with digests that collide in their hash on purpose.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { DigestTable } from "./digest-table.ts";
import { recordKey } from "./keys.ts";
import { RecordState } from "./record-state.ts";

const key = fc.record({ bucket: fc.nat(3), rest: fc.nat(25) }).map(({ bucket, rest }) => {
  const digest = Buffer.alloc(20);
  // The first word is the hash: few values make long chains that wrap round the table's end.
  digest.writeUInt32LE(bucket === 3 ? 0xffff_ffff : bucket, 4);
  digest.writeUInt32LE(rest, 8);
  digest.writeUInt32LE(rest << 2, 12);
  return recordKey(1, digest);
});
const state = fc.constantFrom(RecordState.absent, RecordState.record, RecordState.tombstone);
const write = fc.record({ key, state });

function nameOf(one: Buffer): string {
  return one.toString("hex");
}

test("a complete table answers as a map does", () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 200 }), fc.array(key), (writes, asked) => {
      const table = new DigestTable();
      table.clear();
      const model = new Map<string, RecordState>();
      for (const one of writes) {
        const before = table.exchange(one.key, one.state);
        expect(before).toBe(model.get(nameOf(one.key)) ?? RecordState.absent);
        model.set(nameOf(one.key), one.state);
        expect(table.stateOf(one.key)).toBe(one.state);
      }
      for (const one of [...asked, ...writes.map((each) => each.key)]) {
        expect(table.stateOf(one)).toBe(model.get(nameOf(one)) ?? RecordState.absent);
      }
    }),
  );
});

test("a late scan adds what writes have not touched, and completes the table", () => {
  fc.assert(
    fc.property(fc.array(write), fc.array(write), (stored, writes) => {
      const table = new DigestTable();
      const model = new Map<string, RecordState>();
      for (const one of stored) model.set(nameOf(one.key), one.state);
      const scanned = new Map(model);
      for (const one of writes) {
        const known = writes.some((other) => nameOf(other.key) === nameOf(one.key) && other !== one);
        if (!known) expect(table.stateOf(one.key)).toBeUndefined();
        table.exchange(one.key, one.state);
        model.set(nameOf(one.key), one.state);
      }
      for (const [name, was] of scanned) {
        if (was !== RecordState.absent) table.add(Buffer.from(name, "hex"), was);
      }
      const held = [...model.values()].filter((one) => one !== RecordState.absent);
      expect(table.finish()).toBe(held.length);
      for (const [name, now] of model) expect(table.stateOf(Buffer.from(name, "hex"))).toBe(now);
    }),
  );
});
