/**
 * Proves that the storage on LevelDB, and the one in memory that simulations use, keep the promises
 * of `Storage`: examples and random histories against a model of plain maps. LE3, LE4 and LE6 of
 * node/replica/SPEC.md are among them: numbers, ledgers and notes are the model's after any history.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStorage } from "../../node/store/level-storage.ts";
import { MemoryDisk } from "./memory-engine.ts";
import { registerStorageTests } from "./register-storage-tests.ts";

registerStorageTests("classic-level", async () => {
  const folder = await mkdtemp(join(tmpdir(), "meridian-storage-"));
  return {
    // A bound of recent blocks below what the tests write, so that disk reads are tested as well.
    open: () => openStorage(folder, { recentBlockBytes: 8192 }),
    destroy: () => rm(folder, { recursive: true, force: true }),
  };
});

registerStorageTests("memory", async () => {
  const disk = new MemoryDisk();
  return { open: () => disk.openStorage({ recentBlockBytes: 8192 }), destroy: async () => {} };
});

// Beyond its bound the digest index gives up slots; the disk is asked instead.
registerStorageTests("memory, without room for an index of digests", async () => {
  const disk = new MemoryDisk();
  return { open: () => disk.openStorage({ digestIndexBytes: 250 }), destroy: async () => {} };
});
