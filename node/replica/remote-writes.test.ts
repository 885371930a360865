/**
 * RW1, RW2, RW3, RW4, RW5, LE1, LE2, LE5, LE7 and LE8 of SPEC.md; SH9 of xdr-shipper/ship/SPEC.md.
 *
 * Proves of changes that arrive by XDR, over a real replica set and store: whatever is handed in, the
 * records end as the join of all images says, the log tells the origin of each, the position moves
 * with it, duplicates and gaps change nothing, damage is parked, and every change is counted once: the
 * ledger covers what the position covers at every entry of the log. Nothing of a datacenter that is shut
 * out is applied, and all of it once it is let in.
 */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { systemClock } from "../../common/clock.ts";
import { type DatacenterConfig, parseDatacenterConfig } from "../../common/config.ts";
import { createLogger } from "../../common/log.ts";
import { PARKED_BYTES_MAX, PARTITION_COUNT, RECORD_BYTES_DEFAULT } from "../../common/limits.ts";
import { merge } from "../../common/version/order.ts";
import { type Slot, slotPartitionId } from "../../proto/cluster-map.ts";
import { encodeEntry, encodeFiltered, Entry, EntryKind, Operation } from "../../proto/entry.ts";
import {
  addDelta,
  addOutcome,
  decodeDelta,
  emptyLedger,
  Outcome,
  type Ledger,
  type MutableLedger,
  readDelta,
  unaccountedOf,
} from "../../proto/ledger.ts";
import { conflictOf, parkedOf } from "../../proto/note.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { sampleDigest } from "../../test/conformance/log-samples.ts";
import { MemoryDisk } from "../../test/conformance/memory-engine.ts";
import { oneMember, type OneMember, SELF } from "../../test/xdr/one-member.ts";
import type { Storage } from "../store/storage.ts";
import type { ApplyOutcome, RemoteRun, RemoteScanChunk } from "../xdr/remote-apply.ts";
import { ClockSkews } from "../xdr/clock-skews.ts";
import { ReplicaSet } from "./replica-set.ts";

const LOG_ID = 70;

interface Change {
  readonly key: number;
  readonly writtenBy: number;
  readonly lut: number;
  readonly alsoSeen: readonly { readonly sourceId: number; readonly lut: number }[];
  /** It is not shipped: an entry stands for it. */
  readonly filtered?: boolean;
  /** Its origin has it from another datacenter, and no number for it. */
  readonly forwarded?: boolean;
}

/** A datacenter of one node, the only member of its map. */
class Scene {
  readonly storage: Storage;
  readonly set: ReplicaSet;
  /** The slot that is written to now. */
  slot: Slot = 0;
  readonly #control: OneMember;
  readonly #sent = new Map<number, number>();
  /** By origin, the number of its last own change. */
  readonly #numbers = new Map<number, number>();
  readonly #config: DatacenterConfig;

  constructor(storage: Storage) {
    this.storage = storage;
    const config = parseDatacenterConfig(CONFIG, "test");
    this.#config = config;
    const control = oneMember(config.nodes[0]?.name ?? "");
    this.#control = control;
    this.set = new ReplicaSet({
      onFirstMap: () => undefined,
      config,
      self: SELF,
      boot: 1,
      storage,
      clock: systemClock(0),
      skews: new ClockSkews(1, 0, () => 0),
      log: createLogger({}, "fatal"),
      control: () => control,
      diskLow: () => false,
      onProxied: () => undefined,
      onFailure: (error) => {
        throw error;
      },
    });
  }

  static async open(): Promise<Scene> {
    const scene = new Scene(await new MemoryDisk().openStorage());
    await new Promise<void>((resolve) => {
      const last = PARTITION_COUNT - 1;
      scene.set.onPrimaryChanged(() => {
        if (scene.set.isPrimary(last)) resolve();
      });
      scene.set.start();
    });
    return scene;
  }

  /** Raises the bound of a record's bytes. */
  allowRecords(bytes: number): void {
    for (const namespace of this.#config.namespaces) {
      Object.assign(namespace, { "max-record-size": bytes });
    }
  }

  /** From now on another slot is written to, which holds nothing. */
  takeFreshSlot(): void {
    this.slot++;
    this.#sent.clear();
    this.#numbers.clear();
  }

  /** The next entries of an origin's log. */
  run(originId: number, changes: readonly Change[]): RemoteRun {
    const from = (this.#sent.get(originId) ?? 0) + 1;
    const entries = changes.map((change, index) => {
      const number = (this.#numbers.get(originId) ?? 0) + (change.forwarded ? 0 : 1);
      this.#numbers.set(originId, number);
      return entryOf(this.slot, change, from + index, number);
    });
    this.#sent.set(originId, from + changes.length - 1);
    return runOf(this.slot, originId, from, entries);
  }

  apply(run: RemoteRun): Promise<ApplyOutcome> {
    // What is handed over is the receiver's: a run that is handed in twice needs its own bytes.
    const bytes = Buffer.from(run.bytes);
    return new Promise((resolve) => this.set.applyRun({ ...run, bytes }, resolve));
  }

  applyChunk(chunk: RemoteScanChunk): Promise<ApplyOutcome> {
    return new Promise((resolve) => this.set.applyScanChunk(chunk, resolve));
  }

  /** Shuts these datacenters out, and no others; resolves when the map is followed. */
  async shutOut(...sourceIds: readonly number[]): Promise<void> {
    const version = (this.set.map?.version ?? 0) + 1;
    const origins = sourceIds.map((sourceId) => ({ sourceId, id: version, sinceMs: 1 }));
    this.#control.tell({ version, shutOuts: { order: version, origins } });
    await vi.waitUntil(() => this.set.map?.version === version, { interval: 1 });
  }

  async close(): Promise<void> {
    await this.set.stop();
    await this.storage.close();
  }
}

const CONFIG = {
  name: "dc",
  "src-id": 1,
  nats: "nats://127.0.0.1:1",
  namespaces: [{ name: "test", "replication-factor": 1 }],
  nodes: [{ name: "n1", data: "unused", "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
};

function imageOf({ key, writtenBy, lut, alsoSeen }: Change): Buffer {
  const own = { sourceId: writtenBy, lut: BigInt(lut) };
  const others = alsoSeen
    .filter((field) => field.sourceId !== writtenBy)
    .map((field) => ({ sourceId: field.sourceId, lut: BigInt(field.lut) }));
  return encodeImage({
    generation: lut,
    lut: own.lut,
    sourceId: writtenBy,
    voidTime: 0,
    tombstone: false,
    seen: [own, ...others].sort((a, b) => a.sourceId - b.sourceId),
    setName: Buffer.alloc(0),
    userKey: Buffer.alloc(0),
    binCount: 0,
    bins: Buffer.from(`value ${key} ${writtenBy} ${lut}`),
  });
}

function entryOf(slot: Slot, change: Change, sequence: number, number = sequence): Buffer {
  if (change.filtered) return encodeFiltered(slotPartitionId(slot), sequence, number, 1);
  const place = change.forwarded
    ? { originId: 9, originSequence: 1000 + sequence, originLogId: 77, outcome: Outcome.applied }
    : { originId: 0, originSequence: number, originLogId: 0 };
  return encodeEntry({
    kind: EntryKind.put,
    operation: Operation.update,
    partitionId: slotPartitionId(slot),
    epoch: 9,
    sequence,
    ...place,
    digest: sampleDigest(slot, change.key),
    changedBins: Buffer.from([1, 98]),
    image: imageOf(change),
  });
}

function runOf(slot: Slot, originId: number, from: number, entries: readonly Buffer[]): RemoteRun {
  const bytes = Buffer.concat([Buffer.from("before"), ...entries]);
  const to = from + entries.length - 1;
  return { slot, originId, originLogId: LOG_ID, from, to, bytes, offset: 6, end: bytes.length };
}

function sumOf(outcome: ApplyOutcome): number {
  return outcome.kind === "applied" ? Object.values(outcome.counts).reduce((sum, one) => sum + one, 0) : -1;
}

const source = fc.constantFrom(2, 3, 4);
const anyChange: fc.Arbitrary<Change> = fc
  .record({
    key: fc.nat(3),
    writtenBy: source,
    lut: fc.integer({ min: 1, max: 20 }),
    alsoSeen: fc.uniqueArray(fc.record({ sourceId: source, lut: fc.integer({ min: 1, max: 20 }) }), {
      selector: (field) => field.sourceId,
      maxLength: 2,
    }),
    filtered: fc.boolean(),
    forwarded: fc.boolean(),
  })
  .map((change) => (change.filtered ? { ...change, forwarded: false } : change));
const anyRuns = fc.array(
  fc.record({
    originId: fc.constantFrom(2, 3),
    changes: fc.array(anyChange, { minLength: 1, maxLength: 5 }),
    repeated: fc.boolean(),
    together: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

test("records end as the join of all that came; log, positions and counts say the same", async () => {
  const scene = await Scene.open();
  const property = fc.asyncProperty(anyRuns, async (runs) => {
    scene.takeFreshSlot();
    const joined = new Map<number, Buffer>();
    const handed = new Map<number, number>();
    const ledgers = new Map<number, MutableLedger>();
    let underWay: Promise<ApplyOutcome>[] = [];
    for (const { originId, changes, repeated, together } of runs) {
      const run = scene.run(originId, changes);
      for (const change of changes) {
        if (!change.filtered) joined.set(change.key, joinOf(joined.get(change.key), imageOf(change)));
      }
      handed.set(originId, (handed.get(originId) ?? 0) + changes.length);
      const outcomes = [scene.apply(run), ...(repeated ? [scene.apply(run)] : [])];
      const ledger = ledgers.get(originId) ?? emptyLedger();
      ledgers.set(originId, ledger);
      const forwarded = changes.filter((change) => change.forwarded).length;
      const isFirst = (outcome: Promise<ApplyOutcome>): boolean => outcome === outcomes[0];
      for (const outcome of outcomes) {
        const fresh = isFirst(outcome) ? forwarded : 0;
        underWay.push(outcome.then((one) => checked(one, run, ledger, fresh)));
      }
      // Together: the next run meets records that are proposed and not yet on disk.
      if (!together) await Promise.all(underWay.splice(0));
    }
    await Promise.all(underWay);
    underWay = [];
    for (const [key, image] of joined) {
      expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, key))?.toString("hex")).toBe(
        image.toString("hex"),
      );
    }
    const positions = [...handed].map(([originId, sequence]) => ({
      originId,
      originLogId: LOG_ID,
      sequence,
    }));
    const applied = scene.storage.applied(scene.slot);
    expect(applied.map(({ ledger: _, ...position }) => position).toSorted(byOrigin)).toEqual(
      positions.toSorted(byOrigin),
    );
    for (const { originId, ledger } of applied) expect(ledger).toEqual(ledgers.get(originId));
    await checkLog(scene.storage, scene.slot, joined);
  });
  await fc.assert(property, { numRuns: 200, interruptAfterTimeLimit: 10_000 });
  await scene.close();
});

/** Checks an answer, and adds what it counts to a ledger. */
function checked(
  outcome: ApplyOutcome,
  run: RemoteRun,
  ledger: MutableLedger,
  forwarded: number,
): ApplyOutcome {
  expect(outcome).toMatchObject({ kind: "applied", position: run.to });
  if (outcome.kind === "applied") {
    const { duplicate, ...counts } = outcome.counts;
    const changes = run.to - run.from + 1 - duplicate - forwarded;
    addDelta(ledger, { ...emptyLedger(), ...counts, changes, forwarded }, 1);
  }
  expect(sumOf(outcome)).toBe(run.to - run.from + 1);
  return outcome;
}

function byOrigin(a: { originId: number }, b: { originId: number }): number {
  return a.originId - b.originId;
}

/** The oracle: what the order says of two images alone. */
function joinOf(current: Buffer | undefined, incoming: Buffer): Buffer {
  const image = current === undefined ? undefined : new RecordImage(current);
  const { outcome, seen } = merge("last-update-time", image, new RecordImage(incoming));
  const survivor = outcome === "stale" || outcome === "lost" ? image : new RecordImage(incoming);
  return survivor?.withSeen(seen) ?? incoming;
}

/** Entries have right checksums, continue each other, and leave the records as they are. */
async function checkLog(storage: Storage, slot: Slot, joined: ReadonlyMap<number, Buffer>): Promise<void> {
  const last = new Map<string, string>();
  let sequence = 0;
  const ledgers = new Map<number, MutableLedger>();
  for (const bytes of await storage.readLog(slot, 1, 1_000_000)) {
    const entry = Entry.checked(bytes);
    expect(entry.sequence).toBe(++sequence);
    expect([entry.epoch, entry.partitionId]).toEqual([1, slotPartitionId(slot)]);
    checkBalanced(entry, ledgers);
    if (entry.kind !== EntryKind.put) continue;
    expect([2, 3]).toContain(entry.originId);
    expect(entry.originLogId).toBe(LOG_ID);
    RecordImage.checked(entry.imageBytes);
    last.set(entry.digest.toString("hex"), entry.imageBytes.toString("hex"));
  }
  expect(sequence).toBe(storage.lastSequence(slot));
  for (const [key, image] of joined) {
    expect(last.get(sampleDigest(slot, key).toString("hex"))).toBe(image.toString("hex"));
  }
}

/** Every sequence of these logs is a change, made there or forwarded: each entry accounts for all. */
function checkBalanced(entry: Entry, ledgers: Map<number, MutableLedger>): void {
  if (entry.originId === 0) return;
  const ledger = ledgers.get(entry.originId) ?? emptyLedger();
  ledgers.set(entry.originId, ledger);
  if (entry.kind === EntryKind.put) addOutcome(ledger, entry.countedOutcome, 1);
  else if (entry.kind === EntryKind.position)
    addDelta(ledger, decodeDelta(entry.imageBytes) ?? emptyLedger(), 1);
  else if (entry.imageBytes.length > 0) addDelta(ledger, readDelta(entry.imageBytes, 0), 1);
  expect([unaccountedOf(ledger), ledger.changes + ledger.forwarded]).toEqual([0, entry.originSequence]);
}

/** The ledger of an origin's log, as the storage keeps it. */
function ledgerOf(scene: Scene, originId: number): Ledger | undefined {
  return scene.storage.applied(scene.slot).find((one) => one.originId === originId)?.ledger;
}

const PLAIN: Change = { key: 1, writtenBy: 2, lut: 5, alsoSeen: [] };

test("a hole is refused with the position that is there, and changes nothing", async () => {
  const scene = await Scene.open();
  await scene.apply(scene.run(2, [PLAIN]));
  const late = runOf(scene.slot, 2, 3, [entryOf(scene.slot, { ...PLAIN, key: 2 }, 3)]);
  expect(await scene.apply(late)).toEqual({ kind: "gap", position: 1, originLogId: LOG_ID });
  expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, 2))).toBeUndefined();
  await scene.close();
});

test("damaged entries are parked, those before and after them are taken, and the position moves on", async () => {
  const scene = await Scene.open();
  const entries = [1, 2, 3].map((key) => entryOf(scene.slot, { ...PLAIN, key }, key));
  const [, damaged] = entries;
  damaged?.writeUInt8(damaged.readUInt8(80) ^ 1, 80);
  const outcome = await scene.apply(runOf(scene.slot, 2, 1, entries));
  expect(outcome).toMatchObject({ kind: "applied", position: 3, counts: { applied: 2, parked: 1 } });
  const held = [1, 2, 3].map(
    (key) => scene.storage.get(scene.slot, sampleDigest(scene.slot, key)) !== undefined,
  );
  expect(held).toEqual([true, false, true]);
  expect(ledgerOf(scene, 2)).toEqual({ ...emptyLedger(), changes: 3, applied: 2, parked: 1 });
  const [note] = scene.storage.notes(scene.slot);
  const kept = scene.storage.note(scene.slot, note?.sequence ?? 0);
  expect(parkedOf(new Entry(kept ?? Buffer.alloc(0)))).toMatchObject({ isEntry: true, originId: 2 });
  await scene.close();
});

test("a damaged entry that was applied before is not counted again", async () => {
  const scene = await Scene.open();
  const entries = [1, 2, 3].map((key) => entryOf(scene.slot, { ...PLAIN, key }, key));
  await scene.apply(runOf(scene.slot, 2, 1, entries.slice(0, 2)));
  entries[0]?.writeUInt8(1, 80);
  await scene.apply(runOf(scene.slot, 2, 1, entries));
  expect(ledgerOf(scene, 2)).toEqual({ ...emptyLedger(), changes: 3, applied: 3 });
  await scene.close();
});

test("a change that is missing in a run is unaccounted for, wherever it is missing", async () => {
  const scene = await Scene.open();
  for (const missing of [1, 2, 3, 4]) {
    scene.takeFreshSlot();
    const entries = [1, 2, 3, 4, 5].map((key) => entryOf(scene.slot, { ...PLAIN, key }, key));
    const run = runOf(scene.slot, 2, 1, entries.toSpliced(missing - 1, 1));
    await scene.apply({ ...run, to: 5 });
    const ledger = ledgerOf(scene, 2) ?? emptyLedger();
    expect([unaccountedOf(ledger), ledger.changes, ledger.applied]).toEqual([1, 5, 4]);
  }
  await scene.close();
});

test("a conflict is noted with the loser, whole, and what decided; a plain overwrite is none", async () => {
  const scene = await Scene.open();
  const seen = (sourceId: number, lut: number) => [{ sourceId, lut }];
  const first = { key: 1, writtenBy: 2, lut: 5, alsoSeen: [] };
  const overwrites = { key: 1, writtenBy: 2, lut: 9, alsoSeen: [] };
  await scene.apply(scene.run(2, [first, overwrites]));
  expect(scene.storage.notes(scene.slot)).toEqual([]);
  const loses = { key: 1, writtenBy: 3, lut: 7, alsoSeen: seen(2, 5) };
  const wins = { key: 1, writtenBy: 3, lut: 12, alsoSeen: seen(2, 5) };
  await scene.apply(scene.run(3, [loses, wins]));
  const conflicts = scene.storage.notes(scene.slot).map(({ sequence }) => {
    return conflictOf(new Entry(scene.storage.note(scene.slot, sequence) ?? Buffer.alloc(0)));
  });
  expect(conflicts).toMatchObject([
    { rule: "last-update-time", incomingLost: true, originId: 3, originSequence: 1, margin: 2 / 65536 },
    { rule: "last-update-time", incomingLost: false, originId: 3, originSequence: 2, margin: 3 / 65536 },
  ]);
  expect(conflicts.map(({ loser }) => Buffer.from(loser).equals(imageOf(loses)))).toEqual([true, false]);
  expect(new RecordImage(Buffer.from(conflicts[1]?.loser ?? [])).lut).toBe(9n);
  expect(conflicts[0]?.winner).toMatchObject({ generation: 9, lut: "9", sourceId: 2 });
  await scene.close();
});

test("what follows a broken length is parked as one", async () => {
  const scene = await Scene.open();
  const entries = [1, 2, 3].map((key) => entryOf(scene.slot, { ...PLAIN, key }, key));
  entries[1]?.writeUInt32LE(1_000_000, 0);
  const outcome = await scene.apply(runOf(scene.slot, 2, 1, entries));
  expect(outcome).toMatchObject({ kind: "applied", position: 3, counts: { applied: 1, parked: 1 } });
  await scene.close();
});

test("nothing of who is shut out is applied, by runs or by a scan; let in, all of it is", async () => {
  const scene = await Scene.open();
  const anySteps = fc.array(
    fc.oneof(
      fc.record({
        originId: fc.constantFrom(2, 3),
        changes: fc.array(anyChange, { minLength: 1, maxLength: 4 }),
      }),
      fc.subarray([2, 3]),
    ),
    { minLength: 2, maxLength: 12 },
  );
  const property = fc.asyncProperty(anySteps, async (steps) => {
    scene.takeFreshSlot();
    await scene.shutOut();
    let out: readonly number[] = [];
    const refused: RemoteRun[] = [];
    const applied = new Map<number, number>();
    for (const step of steps) {
      if ("changes" in step) {
        const { originId, changes } = step;
        const run = scene.run(originId, changes);
        const behind = run.from > (applied.get(originId) ?? 0) + 1;
        const outcome = await scene.apply(run);
        if (out.includes(originId)) expect(outcome).toEqual({ kind: "refused", reason: "shut-out" });
        else expect(outcome.kind).toBe(behind ? "gap" : "applied");
        if (outcome.kind === "applied") applied.set(originId, outcome.position);
        else refused.push(run);
      } else {
        out = step;
        await scene.shutOut(...step);
        expect(scene.set.unsettledByShutOut).toBe(0);
      }
      const positions = scene.set.appliedPositions(scene.slot).toSorted(byOrigin);
      expect(positions.map(({ originId, sequence }) => [originId, sequence])).toEqual(
        [...applied].sort(([a], [b]) => a - b),
      );
    }
    await scene.shutOut();
    for (const run of refused)
      expect(await scene.apply(run)).toMatchObject({ kind: "applied", position: run.to });
  });
  await fc.assert(property, { numRuns: 60, interruptAfterTimeLimit: 10_000 });

  scene.takeFreshSlot();
  await scene.shutOut(2);
  const records = [{ digest: sampleDigest(scene.slot, 1), image: imageOf(PLAIN) }];
  const ids = { originId: 2, originLogId: LOG_ID, scanId: 1, base: 0 };
  const chunk = { slot: scene.slot, ...ids, chunk: 0, last: true, to: 9, changes: 9, records };
  expect(await scene.applyChunk(chunk)).toEqual({ kind: "refused", reason: "shut-out" });
  expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, 1))).toBeUndefined();
  await scene.shutOut();
  expect(await scene.applyChunk(chunk)).toMatchObject({ kind: "applied", position: 9 });
  await scene.close();
});

test("a scan of some records is for who has applied what is older, and for no other", async () => {
  const scene = await Scene.open();
  await scene.apply(scene.run(2, [PLAIN]));
  const records = [{ digest: sampleDigest(scene.slot, 2), image: imageOf({ ...PLAIN, key: 2, lut: 9 }) }];
  const ids = { originId: 2, originLogId: LOG_ID, scanId: 1, slot: scene.slot, chunk: 0, last: true };
  const late = { ...ids, to: 9, changes: 8, records, base: 2 };
  expect(await scene.applyChunk(late)).toMatchObject({ kind: "gap", position: 1 });
  expect(await scene.applyChunk({ ...late, originLogId: LOG_ID + 1, base: 1 })).toMatchObject({
    kind: "gap",
  });
  expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, 2))).toBeUndefined();
  expect(await scene.applyChunk({ ...late, base: 1 })).toMatchObject({ kind: "applied", position: 9 });
  await scene.close();
});

test("a change that was taken before is told to be under way until it is committed", async () => {
  const scene = await Scene.open();
  const underWay = scene.apply(scene.run(2, [PLAIN]));
  const taken = scene.shutOut(2);
  expect(await underWay).toMatchObject({ kind: "applied" });
  await taken;
  expect(scene.set.unsettledByShutOut).toBe(0);
  expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, 1))).toBeDefined();
  await scene.close();
});

/** An entry whose record is larger than the namespace takes, by its bins. */
function tooLarge(slot: Slot, sequence: number): Buffer {
  const lut = BigInt(sequence);
  const image = encodeImage({
    ...{ generation: 1, lut, sourceId: 2, voidTime: 0, tombstone: false, seen: [{ sourceId: 2, lut }] },
    ...{ setName: Buffer.alloc(0), userKey: Buffer.alloc(0), binCount: 0 },
    bins: Buffer.alloc(RECORD_BYTES_DEFAULT),
  });
  const place = { partitionId: slotPartitionId(slot), epoch: 9, sequence };
  const local = { originId: 0, originSequence: sequence, originLogId: 0 };
  const kind = { kind: EntryKind.put, operation: Operation.update };
  return encodeEntry({ ...kind, ...place, ...local, digest: sampleDigest(slot, sequence), image });
}

test("a parked change stays with its reason while that stands, and is counted once when it goes", async () => {
  const scene = await Scene.open();
  await scene.apply(runOf(scene.slot, 2, 1, [tooLarge(scene.slot, 1)]));
  const [note] = scene.storage.notes(scene.slot);
  if (note === undefined) throw new Error("nothing is parked");
  expect(ledgerOf(scene, 2)).toEqual({ ...emptyLedger(), changes: 1, parked: 1 });
  await expect(scene.set.retryParked(scene.slot, note.sequence)).rejects.toMatchObject({
    code: "RECORD_CORRUPT",
    message: `larger than ${RECORD_BYTES_DEFAULT} bytes`,
  });
  expect(scene.storage.notes(scene.slot)).toEqual([note]);
  // As an operator would: the bound is raised, and the node restarted with it.
  scene.allowRecords(2 * RECORD_BYTES_DEFAULT);
  const both = [0, 1].map(() => scene.set.retryParked(scene.slot, note.sequence));
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(await both[0]).toBe("applied");
  expect(scene.storage.notes(scene.slot)).toEqual([]);
  expect(ledgerOf(scene, 2)).toEqual({ ...emptyLedger(), changes: 1, applied: 1 });
  expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, 1))).toBeDefined();
  await scene.close();
});

test("with too much parked nothing more is taken, and nothing is dropped", async () => {
  const scene = await Scene.open();
  const most = Math.ceil(PARKED_BYTES_MAX / RECORD_BYTES_DEFAULT) + 2;
  let parked = 0;
  for (let sequence = 1; sequence <= most; sequence++) {
    const outcome = await scene.apply(runOf(scene.slot, 2, sequence, [tooLarge(scene.slot, sequence)]));
    if (outcome.kind === "refused") break;
    parked++;
  }
  expect(parked).toBeGreaterThan(2);
  expect(parked).toBeLessThan(most);
  expect(scene.storage.notes(scene.slot)).toHaveLength(parked);
  expect(ledgerOf(scene, 2)).toEqual({ ...emptyLedger(), changes: parked, parked });
  await scene.close();
});
