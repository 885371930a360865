/** Compares all that a storage says of some slots with the model's word on them. */
import { expect } from "vitest";
import type { Slot } from "../../proto/cluster-map.ts";
import type { Storage } from "../../node/store/storage.ts";
import type { StorageModel } from "./storage-model.ts";

export async function expectSame(
  storage: Storage,
  model: StorageModel,
  slots: readonly Slot[],
): Promise<void> {
  const byOrigin = (one: { originId: number; originLogId: number }) => one.originId * 100 + one.originLogId;
  for (const slot of slots) {
    const state = model.state(slot);
    expect(storage.lastSequence(slot)).toBe(state.sequence);
    expect(storage.firstSequence(slot)).toBe(model.firstSequence(slot));
    expect(storage.epochHistory(slot)).toEqual(state.epochHistory);
    expect([...storage.applied(slot)].sort((a, b) => byOrigin(a) - byOrigin(b))).toEqual(
      [...state.applied].sort((a, b) => byOrigin(a) - byOrigin(b)),
    );
    expect([storage.changes(slot), storage.conflicts(slot)]).toEqual([state.changes, state.conflicts]);
    expect(storage.counts(slot)).toEqual(model.counts(slot));
    const entries = await storage.readLog(slot, storage.firstSequence(slot), Number.MAX_SAFE_INTEGER);
    expect(entries).toHaveLength(state.sequence + 1 - storage.firstSequence(slot));
    for (const [at, entry] of entries.entries()) {
      expect(entry.equals(model.entry(slot, storage.firstSequence(slot) + at) ?? Buffer.alloc(0))).toBe(true);
    }
    const snapshot = await storage.snapshot(slot, 60_000);
    const rows = await snapshot.next(Number.MAX_SAFE_INTEGER);
    const notes = (await snapshot.notes()).map((note) => note.toString("hex"));
    await snapshot.close();
    const kept = storage.notes(slot).map(({ sequence }) => storage.note(slot, sequence)?.toString("hex"));
    expect(notes).toEqual(model.notes(slot).map((note) => note.toString("hex")));
    expect(kept).toEqual(notes);
    const records = [...(model.records.get(slot) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(rows.map((row) => [row.digest.toString("hex"), row.image.toString("hex")])).toEqual(
      records.map(([digest, image]) => [digest, image.toString("hex")]),
    );
    for (const [digest, image] of records) {
      expect(storage.get(slot, Buffer.from(digest, "hex"))?.equals(image)).toBe(true);
    }
  }
}
