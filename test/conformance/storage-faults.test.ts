/**
 * Proves what the storage does when the disk fails it: a flush that fails or hangs ends it for good,
 * what was not flushed may be lost but never half of it, and damaged bytes are reported as damaged,
 * never served, never taken for "not there".
 */
import { expect, test } from "vitest";
import { slotOf, type Slot } from "../../proto/cluster-map.ts";
import { blockKey, indexKey, recordKey } from "../../node/store/keys.ts";
import type { LoggedStorage } from "../../node/store/block-storage.ts";
import { sampleDigest, sampleEntry, sampleImage } from "./log-samples.ts";
import { MemoryDisk } from "./memory-engine.ts";

const SLOT = slotOf(0, 5);

function put(slot: Slot, sequence: number, value = `v${sequence}`) {
  return sampleEntry({
    slot,
    sequence,
    digest: sampleDigest(slot, sequence),
    image: sampleImage({ value }),
  });
}

/** A storage that was closed after `count` writes, its disk, and what opens it again. */
async function written(count: number): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  const storage = await disk.openStorage();
  for (let sequence = 1; sequence <= count; sequence++) {
    await storage.write({ entries: [put(SLOT, sequence)] }, true);
  }
  await storage.close();
  return disk;
}

function flipByte(disk: MemoryDisk, key: Buffer, at: number): void {
  const value = disk.current.get(key.toString("latin1"));
  if (value === undefined) throw new Error("the test damages a value that is there");
  const position = at < 0 ? value.length + at : at;
  value.writeUInt8(value.readUInt8(position) ^ 0x40, position);
}

async function settledWithin(storage: LoggedStorage): Promise<string> {
  return storage.write({}, true).then(
    () => "written",
    (error: { code: string }) => error.code,
  );
}

test("after a failed flush nothing is written any more, also not what waited", async () => {
  const disk = new MemoryDisk();
  const storage = await disk.openStorage();
  await storage.write({ entries: [put(SLOT, 1)] }, true);
  disk.beforeWrite = () => Promise.reject(new Error("EIO: i/o error, fdatasync"));
  const failing = storage.write({ entries: [put(SLOT, 2)] }, true);
  const waiting = storage.write({ entries: [put(SLOT, 3)] }, true);
  await expect(failing).rejects.toMatchObject({ code: "STORE_FAILED" });
  await expect(waiting).rejects.toMatchObject({ code: "STORE_FAILED" });
  disk.beforeWrite = () => Promise.resolve();
  expect(await settledWithin(storage)).toBe("STORE_FAILED");
  expect(() => storage.get(SLOT, sampleDigest(SLOT, 1))).toThrow(/EIO/);
  await expect(storage.readLog(SLOT, 1, 1)).rejects.toMatchObject({ code: "STORE_FAILED" });
  await expect(storage.snapshot(SLOT, 1000)).rejects.toMatchObject({ code: "STORE_FAILED" });
  await expect(storage.close()).rejects.toMatchObject({ code: "STORE_FAILED" });
  expect(storage.lastSequence(SLOT)).toBe(1);
});

test("a flush that never settles fails the storage when its time is over", async () => {
  const disk = new MemoryDisk();
  const storage = await disk.openStorage({ writeDeadlineMs: 30 });
  disk.beforeWrite = () => new Promise(() => {});
  await expect(storage.write({ entries: [put(SLOT, 1)] }, true)).rejects.toMatchObject({
    code: "STORE_HANGS",
  });
  await expect(storage.close()).rejects.toMatchObject({ code: "STORE_HANGS" });
});

test("a power cut loses whole groups that were not flushed, and none that was", async () => {
  const disk = new MemoryDisk();
  const before = await disk.openStorage();
  await before.write({ entries: [put(SLOT, 1)] }, false);
  await before.write({ entries: [put(SLOT, 2)] }, true);
  await before.write({ entries: [put(SLOT, 3), put(SLOT, 4)] }, false);
  disk.crash();
  const after = await disk.openStorage();
  expect(after.lastSequence(SLOT)).toBe(2);
  expect(after.counts(SLOT)).toEqual({ records: 2, tombstones: 0 });
  expect(after.get(SLOT, sampleDigest(SLOT, 2))?.equals(sampleImage({ value: "v2" }))).toBe(true);
  expect(after.get(SLOT, sampleDigest(SLOT, 3))).toBeUndefined();
  await after.close();
});

test("a damaged record is RECORD_CORRUPT for get and snapshot, and other records are read", async () => {
  const disk = await written(3);
  flipByte(disk, recordKey(SLOT, sampleDigest(SLOT, 2)), -1);
  const storage = await disk.openStorage();
  const damaged: string[] = [];
  storage.onDamaged((slot, digest) => damaged.push(`${slot}/${digest.toString("hex")}`));
  expect(() => storage.get(SLOT, sampleDigest(SLOT, 2))).toThrow(
    expect.objectContaining({ code: "RECORD_CORRUPT" }),
  );
  expect(storage.get(SLOT, sampleDigest(SLOT, 3))?.equals(sampleImage({ value: "v3" }))).toBe(true);
  const snapshot = await storage.snapshot(SLOT, 60_000);
  await expect(snapshot.next(1_000_000)).rejects.toMatchObject({ code: "RECORD_CORRUPT" });
  const told = `${SLOT}/${sampleDigest(SLOT, 2).toString("hex")}`;
  expect(damaged).toEqual([told, told]);
  // Repair: the image as the primary has it, without an entry.
  const image = sampleImage({ value: "v2" });
  await storage.write({ records: [{ slot: SLOT, digest: sampleDigest(SLOT, 2), image }] }, true);
  expect(storage.get(SLOT, sampleDigest(SLOT, 2))?.equals(image)).toBe(true);
  expect(storage.counts(SLOT)).toEqual({ records: 3, tombstones: 0 });
  await storage.close();
});

test("a damaged entry is ENTRY_CORRUPT for readLog", async () => {
  const disk = await written(3);
  flipByte(disk, blockKey(2), 70);
  const storage = await disk.openStorage();
  await expect(storage.readLog(SLOT, 1, 1_000_000)).rejects.toMatchObject({ code: "ENTRY_CORRUPT" });
  expect(await storage.readLog(SLOT, 3, 1)).toEqual([put(SLOT, 3).bytes]);
  await storage.close();
});

test("a block that is damaged or cannot be read counts as trimmed, for every slot in it, once", async () => {
  const other = slotOf(0, 6);
  for (const fault of ["flipped", "cut", "unreadable", "index"] as const) {
    const disk = new MemoryDisk();
    const before = await disk.openStorage();
    await before.write({ entries: [put(SLOT, 1), put(other, 1)] }, true);
    await before.write({ entries: [put(SLOT, 2), put(SLOT, 3), put(other, 2)] }, true);
    await before.write({ entries: [put(SLOT, 4)] }, true);
    await before.close();
    const storage = await disk.openStorage();
    const given: number[] = [];
    storage.log.onDamaged((block) => given.push(block));
    const key = blockKey(2).toString("latin1");
    if (fault === "flipped") flipByte(disk, blockKey(2), 70);
    else if (fault === "cut") disk.current.set(key, Buffer.alloc(10));
    else if (fault === "unreadable") disk.unreadable.add(key);
    else disk.current.delete(indexKey(2).toString("latin1"));
    const code = fault === "flipped" ? "ENTRY_CORRUPT" : "LOG_TRIMMED";
    await expect(storage.readLog(SLOT, 2, 1_000_000), fault).rejects.toMatchObject({ code });
    await expect(storage.readLog(SLOT, 1, 1_000_000)).rejects.toMatchObject({ code: "LOG_TRIMMED" });
    expect([storage.firstSequence(SLOT), storage.firstSequence(other)]).toEqual([4, 3]);
    expect([storage.lastSequence(SLOT), storage.lastSequence(other)]).toEqual([4, 2]);
    expect(await storage.readLog(SLOT, 4, 1)).toEqual([put(SLOT, 4).bytes]);
    expect(given, fault).toEqual([2]);
    // It goes on as any log does, and frees its oldest blocks.
    await storage.write({ entries: [put(SLOT, 5), put(other, 3)] }, true);
    expect(await storage.readLog(other, 3, 1)).toEqual([put(other, 3).bytes]);
    if (fault !== "index") await storage.trim({ keepBytes: 0, maxBytes: 0, safe: () => 99 });
    await storage.close();
  }
});

test("a damaged or missing index of a block stops the opening", async () => {
  const damaged = await written(3);
  flipByte(damaged, indexKey(2), 20);
  await expect(damaged.openStorage()).rejects.toMatchObject({ code: "ENTRY_CORRUPT" });
  for (const block of [1, 2, 3]) {
    const lossy = await written(3);
    lossy.current.delete(indexKey(block).toString("latin1"));
    await expect(lossy.openStorage()).rejects.toMatchObject({ code: "STORE_FAILED" });
  }
});

test("records that the disk lost or renamed are noticed by the scan after opening", async () => {
  for (const replacement of [undefined, recordKey(SLOT, sampleDigest(SLOT, 77))]) {
    const disk = await written(3);
    const key = recordKey(SLOT, sampleDigest(SLOT, 2)).toString("latin1");
    const image = disk.current.get(key);
    disk.current.delete(key);
    if (replacement !== undefined && image !== undefined) {
      disk.current.set(replacement.toString("latin1"), image);
    }
    const storage = await disk.openStorage();
    await expect.poll(() => settledWithin(storage)).toBe("STORE_FAILED");
  }
});

test.each([
  ["cache", 64 * 1024],
  ["disk", 0],
])("what is on its way to the disk is not seen before it is there, by %s", async (_, recordCacheBytes) => {
  const disk = new MemoryDisk();
  const storage = await disk.openStorage({ recordCacheBytes });
  const [kept, removed, added] = [1, 2, 3].map((number) => sampleDigest(SLOT, number));
  if (kept === undefined || removed === undefined || added === undefined) throw new Error("three digests");
  await storage.write({ entries: [put(SLOT, 1), put(SLOT, 2)] }, true);
  const seen = () => [kept, removed, added].map((digest) => storage.get(SLOT, digest) !== undefined);
  expect(seen()).toEqual([true, true, false]);

  const releases: (() => void)[] = [];
  disk.beforeWrite = () =>
    new Promise((resolve) => {
      releases.push(resolve);
    });
  const removal = sampleEntry({ slot: SLOT, sequence: 3, digest: removed });
  const addition = sampleEntry({ slot: SLOT, sequence: 4, digest: added, image: sampleImage() });
  const first = storage.write({ entries: [removal, addition] }, true);
  expect(seen()).toEqual([true, true, false]);
  expect(storage.lastSequence(SLOT)).toBe(2);
  releases.pop()?.();
  await first;
  expect(seen()).toEqual([true, false, true]);
  expect(storage.counts(SLOT)).toEqual({ records: 2, tombstones: 0 });

  // A clear reads the slot's keys first, so its write comes a while later.
  const second = storage.write({ clear: [SLOT] }, true);
  await expect.poll(() => releases.length).toBe(1);
  expect(seen()).toEqual([true, false, true]);
  releases.pop()?.();
  await second;
  expect(seen()).toEqual([false, false, false]);
  expect(storage.lastSequence(SLOT)).toBe(0);
  disk.beforeWrite = () => Promise.resolve();
  await storage.close();
});
