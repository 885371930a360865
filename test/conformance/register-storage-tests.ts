/**
 * What every `Storage` must do, registered as tests for one implementation: examples of each promise
 * of the interface, and random histories compared with plain maps (StorageModel), restarts included.
 */
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { slotOf, type Slot } from "../../proto/cluster-map.ts";
import { emptyLedger, encodeDelta, Outcome } from "../../proto/ledger.ts";
import { encodeConflict, encodeParked, encodeSettled } from "../../proto/note.ts";
import type { Storage, StorageGroup } from "../../node/store/storage.ts";
import { expectSame } from "./expect-same.ts";
import { sampleDigest, sampleEntry, sampleImage } from "./log-samples.ts";
import { StorageModel } from "./storage-model.ts";

/** A disk to open storages on, one after the other. */
export interface StorageBed {
  open(): Promise<Storage>;
  destroy(): Promise<void>;
}

const SLOT = slotOf(0, 7);
const SLOTS: readonly Slot[] = [SLOT, slotOf(0, 4095), slotOf(1, 7)];
const EVERYTHING = Number.MAX_SAFE_INTEGER;

export function registerStorageTests(name: string, makeBed: () => Promise<StorageBed>): void {
  describe(`storage conformance: ${name}`, () => {
    let bed: StorageBed;
    let storage: Storage;

    beforeEach(async () => {
      bed = await makeBed();
      storage = await bed.open();
    });
    afterEach(async () => {
      await storage.close();
      await bed.destroy();
    });
    const reopen = async (): Promise<void> => {
      await storage.close();
      storage = await bed.open();
    };
    const append = async (slot: Slot, count: number): Promise<void> => {
      const entries = [];
      for (let at = 0; at < count; at++) {
        const sequence = storage.lastSequence(slot) + 1 + at;
        entries.push(
          sampleEntry({
            slot,
            sequence,
            digest: sampleDigest(slot, sequence),
            image: sampleImage({ value: `v${sequence}` }),
          }),
        );
      }
      await storage.write({ entries }, true);
    };

    test("an empty storage holds nothing", () => {
      expect(storage.get(SLOT, sampleDigest(SLOT, 1))).toBeUndefined();
      expect(storage.lastSequence(SLOT)).toBe(0);
      expect(storage.firstSequence(SLOT)).toBe(1);
      expect(storage.counts(SLOT)).toEqual({ records: 0, tombstones: 0 });
      expect([...storage.slots()]).toEqual([]);
    });

    test("what a resolved write put is there, also after a restart", async () => {
      const digest = sampleDigest(SLOT, 1);
      const image = sampleImage({ value: "first" });
      const origin = { id: 2, logId: 99, sequence: 5 };
      await storage.write(
        { entries: [sampleEntry({ slot: SLOT, sequence: 1, digest, image, origin })] },
        true,
      );
      for (const restart of [false, true]) {
        if (restart) await reopen();
        expect(storage.get(SLOT, digest)?.equals(image)).toBe(true);
        expect(storage.lastSequence(SLOT)).toBe(1);
        expect(storage.counts(SLOT)).toEqual({ records: 1, tombstones: 0 });
        expect(storage.epochHistory(SLOT)).toEqual([{ epoch: 1, firstSequence: 1 }]);
        expect(storage.applied(SLOT)).toMatchObject([{ originId: 2, originLogId: 99, sequence: 5 }]);
        expect([...storage.slots()]).toEqual([SLOT]);
      }
    });

    test("writes not awaited take effect in the order of the calls", async () => {
      const digest = sampleDigest(SLOT, 1);
      const writes = Array.from({ length: 20 }, (_, at) =>
        storage.write(
          {
            entries: [
              sampleEntry({ slot: SLOT, sequence: at + 1, digest, image: sampleImage({ value: `v${at}` }) }),
            ],
          },
          at % 3 === 0,
        ),
      );
      await Promise.all(writes);
      expect(storage.get(SLOT, digest)?.equals(sampleImage({ value: "v19" }))).toBe(true);
      expect(storage.counts(SLOT).records).toBe(1);
      expect(await storage.readLog(SLOT, 1, EVERYTHING)).toHaveLength(20);
    });

    test("an entry that is not the slot's next one is an AssertionError, and nothing is written", async () => {
      await append(SLOT, 1);
      const digest = sampleDigest(SLOT, 9);
      const wrong = [
        sampleEntry({ slot: SLOT, sequence: 2, digest, image: sampleImage() }),
        sampleEntry({ slot: SLOT, sequence: 4, digest, image: sampleImage() }),
      ];
      await expect(storage.write({ entries: wrong }, true)).rejects.toThrow(/invariant broken/);
      await expect(storage.write({}, true)).rejects.toThrow();
      await expect(storage.close()).rejects.toThrow();
      storage = await bed.open();
      expect(storage.lastSequence(SLOT)).toBe(1);
      expect(storage.get(SLOT, digest)).toBeUndefined();
    });

    test("meta values are kept and deleted", async () => {
      await storage.write({ meta: [{ key: "map", value: Buffer.from("v1") }] }, true);
      await storage.write({ meta: [{ key: "boot", value: Buffer.from([1]) }] }, true);
      await storage.write({ meta: [{ key: "boot", value: undefined }] }, true);
      await reopen();
      expect(storage.meta("map")?.toString()).toBe("v1");
      expect(storage.meta("boot")).toBeUndefined();
    });

    test("reading the log gives whole entries of the slot only, within the bound of bytes", async () => {
      for (let round = 0; round < 5; round++) {
        await append(SLOT, 30);
        await append(slotOf(1, 7), 30);
      }
      await reopen();
      const all = await storage.readLog(SLOT, 1, EVERYTHING);
      expect(all).toHaveLength(150);
      expect(all.map((entry) => entry.readUInt32LE(16))).toEqual(all.map((_, at) => at + 1));
      expect(await storage.readLog(SLOT, 100, 1)).toEqual([all[99]]);
      expect(await storage.readLog(SLOT, 151, 1000)).toEqual([]);
    });

    test("a trimmed part of the log says so", async () => {
      for (let round = 0; round < 4; round++) await append(SLOT, 10);
      const options = { keepBytes: 0, maxBytes: EVERYTHING, safe: () => 25 };
      expect(await storage.trim(options)).toEqual([]);
      for (const restart of [false, true]) {
        if (restart) await reopen();
        expect(storage.firstSequence(SLOT)).toBe(21);
        await expect(storage.readLog(SLOT, 20, 1)).rejects.toMatchObject({ code: "LOG_TRIMMED" });
        expect(await storage.readLog(SLOT, 21, EVERYTHING)).toHaveLength(20);
        expect(storage.counts(SLOT).records).toBe(40);
      }
      expect(await storage.trim({ keepBytes: 0, maxBytes: 0, safe: () => 25 })).toEqual([SLOT]);
      expect(storage.firstSequence(SLOT)).toBe(41);
      expect(storage.logBytes()).toBe(0);
      await reopen();
      await append(SLOT, 1);
      expect(storage.lastSequence(SLOT)).toBe(41);
    });

    test("truncation takes back epochs and positions of what is dropped", async () => {
      const entry = (sequence: number, epoch: number, applied: number) =>
        sampleEntry({ slot: SLOT, sequence, epoch, origin: { id: 2, logId: 5, sequence: applied } });
      await storage.write({ entries: [entry(1, 1, 10), entry(2, 1, 11)] }, true);
      await storage.write({ entries: [entry(3, 2, 12), entry(4, 3, 13)] }, true);
      await storage.write({ truncate: [{ slot: SLOT, sequence: 3 }] }, true);
      expect(storage.applied(SLOT)).toMatchObject([{ originId: 2, originLogId: 5, sequence: 12 }]);
      await storage.write({ truncate: [{ slot: SLOT, sequence: 1 }], entries: [entry(2, 4, 20)] }, true);
      for (const restart of [false, true]) {
        if (restart) await reopen();
        expect(storage.lastSequence(SLOT)).toBe(2);
        expect(storage.epochHistory(SLOT)).toEqual([
          { epoch: 1, firstSequence: 1 },
          { epoch: 4, firstSequence: 2 },
        ]);
        expect(storage.applied(SLOT)).toMatchObject([{ originId: 2, originLogId: 5, sequence: 20 }]);
        expect(await storage.readLog(SLOT, 1, EVERYTHING)).toEqual([
          entry(1, 1, 10).bytes,
          entry(2, 4, 20).bytes,
        ]);
      }
    });

    test("a snapshot shows one moment, in digest order, and ends at its deadline", async () => {
      await append(SLOT, 50);
      await append(slotOf(0, 8), 3);
      const snapshot = await storage.snapshot(SLOT, 60_000);
      await append(SLOT, 10);
      await storage.write({ clear: [SLOT] }, true);
      expect(snapshot.state.sequence).toBe(50);
      const rows = [];
      for (;;) {
        const more = await snapshot.next(500);
        if (more.length === 0) break;
        rows.push(...more);
      }
      const digests = Array.from({ length: 50 }, (_, at) => sampleDigest(SLOT, at + 1)).sort(Buffer.compare);
      expect(rows.map((row) => row.digest)).toEqual(digests);
      await snapshot.close();
      await expect(snapshot.next(1)).rejects.toMatchObject({ code: "SNAPSHOT_EXPIRED" });

      const forgotten = await storage.snapshot(slotOf(0, 8), 1);
      await expect
        .poll(() => forgotten.next(1).then(String, (error: { code: string }) => error.code))
        .toBe("SNAPSHOT_EXPIRED");
    });

    test("any history of groups, trims and restarts ends as the model's", async () => {
      const runs = fc.asyncProperty(
        fc.array(stepArbitrary, { minLength: 1, maxLength: 25 }),
        async (steps) => {
          const model = new StorageModel();
          await storage.close();
          await bed.destroy();
          bed = await makeBed();
          storage = await bed.open();
          for (const step of steps) {
            if (step.type === "reopen") await reopen();
            else if (step.type === "trim") await trimBoth(storage, model, step.safe, step.keep, step.forced);
            else {
              const group = buildGroup(model, step);
              await storage.write(group, step.sync);
              model.write(group);
            }
            await expectSame(storage, model, SLOTS);
            for (const key of ["k0", "k1", "k2"]) expect(storage.meta(key)).toEqual(model.meta.get(key));
          }
        },
      );
      await fc.assert(runs, { numRuns: 60, interruptAfterTimeLimit: 15_000 });
    });
  });
}

interface GroupStep {
  readonly type: "group";
  readonly sync: boolean;
  readonly control: "none" | "clear" | "truncate" | "install" | "replace";
  readonly controlSlot: number;
  readonly back: number;
  readonly rows: readonly {
    readonly slot: number;
    readonly kind:
      | "put"
      | "tombstone"
      | "remove"
      | "position"
      | "barrier"
      | "record"
      | "recordDelete"
      | "conflict"
      | "parked"
      | "settled";
    readonly digest: number;
    readonly size: number;
    readonly origin: number;
  }[];
}
type Step =
  | GroupStep
  | { readonly type: "reopen" }
  | { readonly type: "trim"; readonly safe: number; readonly keep: number; readonly forced: boolean };

const groupArbitrary: fc.Arbitrary<GroupStep> = fc.record({
  type: fc.constant("group"),
  sync: fc.boolean(),
  control: fc.constantFrom("none", "none", "none", "clear", "truncate", "install", "replace"),
  controlSlot: fc.nat(SLOTS.length - 1),
  back: fc.nat(12),
  rows: fc.array(
    fc.record({
      slot: fc.nat(SLOTS.length - 1),
      kind: fc.constantFrom(
        "put",
        "put",
        "tombstone",
        "remove",
        "position",
        "barrier",
        "record",
        "recordDelete",
        "conflict",
        "parked",
        "settled",
      ),
      digest: fc.nat(5),
      size: fc.oneof(fc.nat(50), fc.constant(9000)),
      origin: fc.nat(3),
    }),
    { maxLength: 12 },
  ),
});
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: groupArbitrary },
  { weight: 1, arbitrary: fc.constant<Step>({ type: "reopen" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("trim" as const),
      safe: fc.nat(30),
      keep: fc.nat(40_000),
      forced: fc.boolean(),
    }),
  },
);

/** A group that is right for the model's present state, from a random step. */
function buildGroup(model: StorageModel, step: GroupStep): StorageGroup {
  const slot = SLOTS[step.controlSlot] ?? SLOT;
  const state = model.state(slot);
  const floor = model.firstSequence(slot) - 1;
  const cut = Math.max(floor, state.sequence - step.back);
  const installed = {
    sequence: state.sequence + step.back,
    epochHistory: state.epochHistory,
    applied: state.applied,
    changes: state.changes,
    conflicts: state.conflicts,
  };
  const draft = new StorageModel();
  const group = {
    ...(step.control === "clear" || step.control === "replace" ? { clear: [slot] } : {}),
    ...(step.control === "truncate" ? { truncate: [{ slot, sequence: cut }] } : {}),
    ...(step.control === "install" || step.control === "replace"
      ? { install: [{ slot, state: installed, notes: [...model.notes(slot)] }] }
      : {}),
  };
  // The states that entries of this group go on from.
  for (const one of SLOTS) draft.write({ install: [{ slot: one, state: model.state(one) }] });
  if (step.control === "truncate") {
    const epochHistory = state.epochHistory.filter((start) => start.firstSequence <= cut);
    draft.write({ install: [{ slot, state: { ...state, sequence: cut, epochHistory } }] });
  } else draft.write(group);
  const records = [];
  const entries = [];
  for (const row of step.rows) {
    const at = SLOTS[row.slot] ?? SLOT;
    const digest = sampleDigest(at, row.digest);
    const value = randomBytes(Math.ceil(row.size / 2)).toString("hex");
    const image = sampleImage({ value, tombstone: row.kind === "tombstone" });
    if (row.kind === "record") records.push({ slot: at, digest, image });
    else if (row.kind === "recordDelete") records.push({ slot: at, digest, image: undefined });
    else {
      const { sequence, epochHistory } = draft.state(at);
      const last = epochHistory.at(-1)?.epoch ?? 1;
      const origin = { id: row.origin, logId: 1 + (row.size % 2), sequence: 1 + sequence + row.digest };
      const entry = sampleEntry({
        slot: at,
        sequence: sequence + 1,
        epoch: row.kind === "barrier" ? last + 1 : last,
        ...(row.kind === "position" || row.kind === "barrier" ? {} : { digest }),
        ...payloadOf(row.kind, row.size, sequence - row.digest),
        outcome: OUTCOMES[row.kind === "put" && row.origin > 0 ? row.digest % OUTCOMES.length : 0] ?? 0,
        ...(row.kind === "put" || row.kind === "tombstone" ? { image } : {}),
        ...(row.origin === 0 || row.kind === "barrier" ? {} : { origin }),
      });
      entries.push(entry);
      draft.write({ entries: [entry] });
    }
  }
  const meta = [{ key: `k${step.back % 3}`, value: step.sync ? Buffer.from([step.back]) : undefined }];
  return { ...group, records, entries, meta };
}

const OUTCOMES = Object.values(Outcome);

/** What entries of these kinds hold for the ledger, and as notes. */
function payloadOf(kind: string, size: number, target: number): { payload?: Buffer; isNote?: boolean } {
  const delta = { ...emptyLedger(), changes: size, superseded: size % 7, parked: -(size % 3) };
  if (kind === "position") {
    const filtered = size % 3 === 0 ? size : 0;
    return size % 2 === 0 ? {} : { payload: encodeDelta({ ...delta, filtered }) };
  }
  if (kind === "settled") return { isNote: true, payload: encodeSettled(delta, Math.max(0, target)) };
  const note = { loser: Buffer.alloc(size * 8), reason: "" };
  if (kind === "conflict") return { isNote: true, payload: encodeConflict(delta, note) };
  const parked = { bytes: Buffer.alloc(size), reason: "too large" };
  return kind === "parked" ? { isNote: true, payload: encodeParked(delta, parked) } : {};
}

async function trimBoth(
  storage: Storage,
  model: StorageModel,
  safe: number,
  keepBytes: number,
  forced: boolean,
): Promise<void> {
  const before = new Map(SLOTS.map((slot) => [slot, model.firstSequence(slot)]));
  const maxBytes = forced ? keepBytes : EVERYTHING;
  const gaps = await storage.trim({ keepBytes, maxBytes, safe: () => safe });
  for (const slot of SLOTS) {
    const first = storage.firstSequence(slot);
    const was = before.get(slot) ?? 1;
    expect(first).toBeGreaterThanOrEqual(was);
    expect(first).toBeLessThanOrEqual(model.state(slot).sequence + 1);
    expect(gaps.includes(slot)).toBe(first > was && first > safe + 1);
    model.trimmedTo(slot, first);
  }
  if (forced) expect(storage.logBytes()).toBeLessThanOrEqual(keepBytes);
  if (safe > 1000) expect(storage.logBytes()).toBeLessThanOrEqual(keepBytes);
}
