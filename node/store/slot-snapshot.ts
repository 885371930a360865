/**
 * A consistent read view of one slot. It pins files of the engine, so it closes itself when its
 * deadline is over, whoever has forgotten it.
 */
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { Entry } from "../../proto/entry.ts";
import { RecordImage } from "../../proto/record.ts";
import type { EngineCursor, EngineView } from "./engine.ts";
import { recordKeyDigest, recordKeyRange, slotNoteKeyRange } from "./keys.ts";
import type { RecordRow, SlotSnapshot, SlotState } from "./storage.ts";

const NOTES_BYTES = 1024 * 1024;

export interface SnapshotListener {
  /** A record that the snapshot came by is damaged; next() rejects. */
  readonly onDamaged: (digest: Buffer) => void;
  readonly onClosed: (snapshot: EngineSlotSnapshot) => void;
}

export class EngineSlotSnapshot implements SlotSnapshot {
  readonly state: SlotState;
  readonly #slot: Slot;
  readonly #view: EngineView;
  readonly #cursor: EngineCursor;
  readonly #deadline: NodeJS.Timeout;
  readonly #listener: SnapshotListener;
  /** The read under way; the view is closed only after it. */
  #reading: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(
    view: EngineView,
    slot: Slot,
    state: SlotState,
    deadlineMs: number,
    listener: SnapshotListener,
  ) {
    this.#view = view;
    this.#slot = slot;
    this.state = state;
    this.#listener = listener;
    this.#cursor = view.range(...recordKeyRange(slot), true);
    this.#deadline = setTimeout(() => void this.close(), deadlineMs);
    this.#deadline.unref();
  }

  async next(bytesMax: number): Promise<RecordRow[]> {
    if (this.#closing !== undefined) {
      throw new MeridianError("SNAPSHOT_EXPIRED", `the snapshot of slot ${this.#slot} is closed`);
    }
    const rows = this.#cursor.next(bytesMax);
    this.#reading = rows.catch(() => "reported to the caller of next()");
    return (await rows).map(([key, value]) => this.#row(recordKeyDigest(key), value));
  }

  async notes(): Promise<Buffer[]> {
    const cursor = this.#view.range(...slotNoteKeyRange(this.#slot), true);
    const notes: Buffer[] = [];
    try {
      for (;;) {
        const rows = await cursor.next(NOTES_BYTES);
        if (rows.length === 0) return notes;
        for (const [, entry] of rows) notes.push(Entry.checked(entry).bytes);
      }
    } finally {
      await cursor.close();
    }
  }

  #row(digest: Buffer, value: Buffer): RecordRow {
    try {
      return { digest, image: RecordImage.checked(value).bytes };
    } catch (error) {
      this.#listener.onDamaged(digest);
      throw error;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearTimeout(this.#deadline);
    await this.#reading;
    await this.#cursor.close();
    await this.#view.close();
    this.#listener.onClosed(this);
  }
}
