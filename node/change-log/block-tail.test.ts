/**
 * Proves that a tail hands out every wanted committed entry exactly once and in order, in runs that
 * leave nothing unaccounted, whatever happens in between: random histories of writes, commits,
 * seeks, truncations and trims, in part while a read is under way, against the entries themselves.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { slotOf, type Slot } from "../../proto/cluster-map.ts";
import { Entry, EntryKind, filteredCount, splitEntries } from "../../proto/entry.ts";
import { MemoryDisk } from "../../test/conformance/memory-engine.ts";
import { sampleDigest, sampleEntry, sampleImage } from "../../test/conformance/log-samples.ts";
import type { LoggedStorage } from "../store/block-storage.ts";
import { blockKey } from "../store/keys.ts";
import { BlockTail } from "./block-tail.ts";
import type { Verdict } from "./change-tail.ts";
import type { RunBatch } from "./run-batch.ts";

const SLOTS: readonly Slot[] = [slotOf(0, 1), slotOf(0, 2), slotOf(1, 1)];
const WANTED_ALL = 1_000_000;

function isWanted(entry: Buffer): boolean {
  return new Entry(entry).originId === 0;
}

interface Run {
  readonly slot: Slot;
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Buffer[];
}

function runsOf(batch: RunBatch): Run[] {
  let bytes = 0;
  const runs = batch.slots.map((slot, run) => {
    const body = Buffer.alloc(batch.bytes[run] ?? 0);
    expect(batch.copyRun(run, body, 0)).toBe(body.length);
    bytes += body.length;
    const entries = splitEntries(body);
    expect(entries).toHaveLength(batch.counts[run] ?? 0);
    return { slot, from: batch.from[run] ?? 0, to: batch.to[run] ?? 0, entries };
  });
  expect(bytes).toBe(batch.totalBytes);
  return runs;
}

/** A storage with a tail on it, and what the tail has to hand out, kept as plain lists. */
class Scene {
  readonly storage: LoggedStorage;
  readonly tail: BlockTail;
  readyCalls = 0;
  /** Entries of each slot by sequence - 1. */
  readonly logs = new Map<Slot, Buffer[]>(SLOTS.map((slot) => [slot, []]));
  readonly committedTo = new Map<Slot, number>(SLOTS.map((slot) => [slot, 0]));
  /** Where the next run of a followed slot must begin. */
  readonly expectedFrom = new Map<Slot, number>();
  #epoch = 1;

  constructor(storage: LoggedStorage) {
    this.storage = storage;
    this.tail = new BlockTail(storage.log, {
      wanted: (_kind, originId) => originId === 0,
      onReady: () => {
        this.readyCalls++;
      },
    });
  }

  async write(rows: readonly { slot: number; local: boolean; size: number }[]): Promise<void> {
    const entries = rows.map(({ slot: at, local, size }) => {
      const slot = SLOTS[at] ?? 0;
      const log = this.logs.get(slot) ?? [];
      const sequence = log.length + 1;
      const entry = sampleEntry({
        slot,
        sequence,
        epoch: this.#epoch,
        digest: sampleDigest(slot, sequence % 7),
        image: sampleImage({ value: "x".repeat(size) }),
        ...(local ? {} : { origin: { id: 9, logId: 9, sequence } }),
      });
      log.push(entry.bytes);
      return entry;
    });
    await this.storage.write({ entries }, true);
  }

  /** Drops uncommitted entries of a slot and writes others in their place. */
  async rewrite(at: number): Promise<void> {
    const slot = SLOTS[at] ?? 0;
    const sequence = Math.max(this.committedTo.get(slot) ?? 0, this.storage.firstSequence(slot) - 1);
    const log = this.logs.get(slot) ?? [];
    const dropped = log.length - sequence;
    if (dropped <= 0) return;
    log.length = sequence;
    this.#epoch++;
    await this.storage.write({ truncate: [{ slot, sequence }] }, true);
    await this.write(Array.from({ length: dropped }, () => ({ slot: at, local: true, size: 20 })));
  }

  commit(at: number, count: number): void {
    const slot = SLOTS[at] ?? 0;
    const log = this.logs.get(slot) ?? [];
    const to = Math.min(
      this.storage.lastSequence(slot),
      log.length,
      (this.committedTo.get(slot) ?? 0) + count,
    );
    this.committedTo.set(slot, Math.max(to, this.committedTo.get(slot) ?? 0));
    this.tail.committed(slot, to);
  }

  seek(at: number, sequence: number): void {
    const slot = SLOTS[at] ?? 0;
    const known = this.expectedFrom.has(slot);
    const from = Math.min(sequence, (this.logs.get(slot)?.length ?? 0) + 1);
    this.expectedFrom.set(slot, from);
    this.tail.seek(slot, from);
    // A slot that is newly followed hears of its commits from its owner.
    if (!known) this.tail.committed(slot, this.committedTo.get(slot) ?? 0);
  }

  check(batch: RunBatch): void {
    for (const { slot, from, to, entries } of runsOf(batch)) {
      expect(from).toBe(this.expectedFrom.get(slot));
      expect(to).toBeLessThanOrEqual(this.committedTo.get(slot) ?? 0);
      const all = this.logs.get(slot)?.slice(from - 1, to) ?? [];
      const wanted = all.filter(isWanted);
      expect(entries.map((entry) => entry.toString("hex"))).toEqual(wanted.map((one) => one.toString("hex")));
      expect(wanted.length).toBeGreaterThan(0);
      expect(isWanted(all.at(-1) ?? Buffer.alloc(64))).toBe(true);
      this.expectedFrom.set(slot, to + 1);
    }
  }

  /** As a shipper that recovers what is trimmed by a scan and goes on from there. */
  recoverTrimmed(): void {
    for (const { slot, firstSequence } of this.tail.takeTrimmed()) {
      expect(firstSequence).toBe(this.storage.firstSequence(slot));
      expect(this.expectedFrom.get(slot)).toBeLessThan(firstSequence);
      this.expectedFrom.delete(slot);
      this.seek(SLOTS.indexOf(slot), firstSequence);
    }
  }

  async drain(bytesMax: number): Promise<void> {
    for (;;) {
      const batch = await this.tail.next(bytesMax);
      this.check(batch);
      const trimmed = this.tail.takeTrimmed();
      for (const { slot, firstSequence } of trimmed) {
        this.expectedFrom.delete(slot);
        this.seek(SLOTS.indexOf(slot), firstSequence);
      }
      if (batch.size === 0 && trimmed.length === 0) break;
    }
    for (const [slot, from] of this.expectedFrom) {
      const committed = this.committedTo.get(slot) ?? 0;
      const left = (this.logs.get(slot) ?? []).slice(from - 1, committed).filter(isWanted);
      expect(left).toHaveLength(0);
      expect(this.tail.nextSequence(slot)).toBe(Math.max(from, committed + 1));
    }
  }
}

type Act =
  | { readonly type: "write"; readonly rows: readonly { slot: number; local: boolean; size: number }[] }
  | { readonly type: "rewrite"; readonly slot: number }
  | { readonly type: "commit"; readonly slot: number; readonly count: number }
  | { readonly type: "seek"; readonly slot: number; readonly sequence: number }
  | { readonly type: "trim"; readonly keepBytes: number }
  | { readonly type: "next"; readonly bytesMax: number }
  | { readonly type: "drain" };

const slot = fc.nat(SLOTS.length - 1);
const row = fc.record({ slot, local: fc.boolean(), size: fc.constantFrom(0, 100, 5000, 17_000) });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("write" as const),
      rows: fc.array(row, { minLength: 1, maxLength: 12 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("rewrite" as const), slot }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("commit" as const), slot, count: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("seek" as const),
      slot,
      sequence: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("trim" as const), keepBytes: fc.nat(150_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant("next" as const), bytesMax: fc.integer({ min: 1, max: 9000 }) }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ type: "drain" }) },
);

async function perform(scene: Scene, one: Act): Promise<void> {
  if (one.type === "write") await scene.write(one.rows);
  else if (one.type === "rewrite") await scene.rewrite(one.slot);
  else if (one.type === "commit") scene.commit(one.slot, one.count);
  else if (one.type === "seek") scene.seek(one.slot, one.sequence);
  else if (one.type === "trim") {
    await scene.storage.trim({ keepBytes: one.keepBytes, maxBytes: one.keepBytes, safe: () => 0 });
  }
}

test("every wanted committed entry is handed out once, in order, in runs without a hole", async () => {
  const history = fc.asyncProperty(
    fc.array(fc.tuple(act, fc.boolean()), { minLength: 5, maxLength: 60 }),
    async (acts) => {
      const scene = new Scene(await new MemoryDisk().openStorage({ recentBlockBytes: 30_000 }));
      let reading: Promise<RunBatch> | undefined;
      const finish = async (): Promise<void> => {
        if (reading !== undefined) scene.check(await reading);
        reading = undefined;
        scene.recoverTrimmed();
      };
      for (const [one, alongside] of acts) {
        // What moves the expectation itself is done between reads.
        if (!alongside || one.type === "seek" || one.type === "next" || one.type === "drain") await finish();
        await perform(scene, one);
        if (one.type === "next") reading = scene.tail.next(one.bytesMax);
        if (one.type === "drain") await scene.drain(50_000);
      }
      await finish();
      for (const [at] of SLOTS.entries()) scene.commit(at, WANTED_ALL);
      await scene.drain(3000);
      await scene.storage.close();
    },
  );
  await fc.assert(history, { numRuns: 300, interruptAfterTimeLimit: 12_000 });
});

test("onReady is called once after an empty read, as soon as there is something", async () => {
  const scene = new Scene(await new MemoryDisk().openStorage());
  scene.seek(0, 1);
  expect((await scene.tail.next(1000)).size).toBe(0);
  await scene.write([{ slot: 0, local: true, size: 10 }]);
  expect(scene.readyCalls).toBe(0);
  scene.commit(0, 1);
  expect(scene.readyCalls).toBe(1);
  await scene.write([{ slot: 0, local: true, size: 10 }]);
  scene.commit(0, 1);
  expect(scene.readyCalls).toBe(1);
  scene.check(await scene.tail.next(WANTED_ALL));
  expect(scene.expectedFrom.get(SLOTS[0] ?? 0)).toBe(3);
});

test("what arrived by XDR alone is withheld, and reported with the next local change", async () => {
  const scene = new Scene(await new MemoryDisk().openStorage());
  const first = SLOTS[0] ?? 0;
  scene.seek(0, 1);
  await scene.write([
    { slot: 0, local: false, size: 10 },
    { slot: 0, local: false, size: 10 },
  ]);
  scene.commit(0, 2);
  expect((await scene.tail.next(WANTED_ALL)).size).toBe(0);
  expect(scene.tail.nextSequence(first)).toBe(3);
  await scene.write([{ slot: 0, local: true, size: 10 }]);
  scene.commit(0, 1);
  const runs = runsOf(await scene.tail.next(WANTED_ALL));
  expect(runs.map(({ from, to, entries }) => [from, to, entries.length])).toEqual([[1, 3, 1]]);
});

test("a slot asked for below the log's beginning is named once, with where the log begins", async () => {
  const scene = new Scene(await new MemoryDisk().openStorage());
  const first = SLOTS[0] ?? 0;
  await scene.write([{ slot: 0, local: true, size: 10 }]);
  await scene.write([{ slot: 0, local: true, size: 10 }]);
  const half = scene.storage.logBytes() / 2;
  await scene.storage.trim({ keepBytes: half, maxBytes: half, safe: () => 0 });
  scene.seek(0, 1);
  expect(scene.tail.takeTrimmed()).toEqual([{ slot: first, firstSequence: 2 }]);
  expect(scene.tail.takeTrimmed()).toEqual([]);
});

test("entries trimmed between their commit and the read are named as trimmed by that read", async () => {
  const scene = new Scene(await new MemoryDisk().openStorage());
  const first = SLOTS[0] ?? 0;
  scene.seek(0, 1);
  await scene.write([{ slot: 0, local: true, size: 10 }]);
  scene.commit(0, 1);
  await scene.storage.trim({ keepBytes: 0, maxBytes: 0, safe: () => 0 });
  expect((await scene.tail.next(WANTED_ALL)).size).toBe(0);
  expect(scene.tail.takeTrimmed()).toEqual([{ slot: first, firstSequence: 2 }]);
});

test("a damaged block is named as trimmed for the slots in it, and all else is handed out (D3)", async () => {
  const [one = 0, two = 0, three = 0] = SLOTS;
  const local = { local: true, size: 10 };
  for (const fault of ["flipped", "cut", "unreadable"] as const) {
    const disk = new MemoryDisk();
    const writer = new Scene(await disk.openStorage());
    await writer.write([
      { slot: 0, ...local },
      { slot: 1, ...local },
      { slot: 2, ...local },
    ]);
    await writer.write([
      { slot: 0, ...local },
      { slot: 1, ...local },
    ]);
    await writer.write([
      { slot: 0, ...local },
      { slot: 1, ...local },
      { slot: 2, ...local },
    ]);
    await writer.storage.close();
    // Opened again, so that nothing of it is in memory.
    const { storage, tail } = new Scene(await disk.openStorage());
    const key = blockKey(2).toString("latin1");
    const block = disk.current.get(key) ?? Buffer.alloc(0);
    if (fault === "flipped") block.writeUInt8(block.readUInt8(70) ^ 0x40, 70);
    else if (fault === "cut") disk.current.set(key, block.subarray(1));
    else disk.unreadable.add(key);
    for (const slot of SLOTS) {
      tail.seek(slot, 1);
      tail.committed(slot, storage.lastSequence(slot));
    }
    const runs: [Slot, number, number][] = [];
    for (let batch = await tail.next(1); batch.size > 0; batch = await tail.next(1)) {
      runs.push(...runsOf(batch).map(({ slot, from, to }): [Slot, number, number] => [slot, from, to]));
    }
    expect(
      runs.toSorted(([a], [b]) => a - b),
      fault,
    ).toEqual([
      [one, 1, 1],
      [two, 1, 1],
      [three, 1, 1],
      [three, 2, 2],
    ]);
    expect(tail.takeTrimmed()).toEqual([
      { slot: one, firstSequence: 3 },
      { slot: two, firstSequence: 3 },
    ]);
    // Where a scan leaves off, the log goes on.
    tail.seek(one, 3);
    tail.committed(one, 3);
    expect(runsOf(await tail.next(WANTED_ALL)).map(({ from, to }) => [from, to])).toEqual([[3, 3]]);
    await storage.close();
  }
});

test("rows of filtered changes are told by one entry each, and a slot rests until it is released", async () => {
  const storage = await new MemoryDisk().openStorage({ recentBlockBytes: 30_000 });
  const slot = SLOTS[0] ?? 0;
  const verdicts = new Map<number, Verdict>();
  let judged = 0;
  const tail = new BlockTail(storage.log, {
    wanted: (_kind, originId) => originId === 0,
    judge: (_slot, sequence, entries, offset) => {
      judged++;
      expect(new Entry(entries.subarray(offset)).sequence).toBe(sequence);
      return verdicts.get(sequence) ?? "ship";
    },
    onReady: () => undefined,
  });
  // Arrived by XDR: 3. Filtered: 2, 4, 5, 7, 8. Waits: 6.
  for (let sequence = 1; sequence <= 8; sequence++) {
    const origin = sequence === 3 ? { origin: { id: 9, logId: 9, sequence } } : {};
    const sample = { slot, sequence, digest: sampleDigest(slot, sequence), image: sampleImage() };
    await storage.write({ entries: [sampleEntry({ ...sample, ...origin })] }, true);
  }
  for (const sequence of [2, 4, 5, 7, 8]) verdicts.set(sequence, "filtered");
  verdicts.set(6, "later");
  tail.seek(slot, 1);
  tail.committed(slot, 7);
  const told = (batch: RunBatch) =>
    runsOf(batch).map(({ from, to, entries }) => [
      from,
      to,
      entries.map((bytes) => {
        const entry = Entry.checked(bytes);
        return entry.kind === EntryKind.filtered ? [entry.sequence, filteredCount(entry)] : entry.sequence;
      }),
    ]);
  expect(told(await tail.next(WANTED_ALL))).toEqual([[1, 5, [1, [5, 3]]]]);
  expect(tail.nextSequence(slot)).toBe(6);
  // Neither a commit nor a read looks at it again.
  const before = judged;
  tail.committed(slot, 8);
  expect((await tail.next(WANTED_ALL)).size).toBe(0);
  expect(judged).toBe(before);
  tail.release([slot]);
  expect((await tail.next(WANTED_ALL)).size).toBe(0);
  verdicts.set(6, "ship");
  tail.release([slot]);
  expect(told(await tail.next(WANTED_ALL))).toEqual([[6, 8, [6, [8, 2]]]]);
  tail.seek(slot, 8);
  expect(told(await tail.next(WANTED_ALL))).toEqual([[8, 8, [[8, 1]]]]);
  await storage.close();
});
