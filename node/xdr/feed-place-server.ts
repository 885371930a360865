/** Answers a shipper where a feed's readers that were elsewhere go on, by looking through this node's log. */
import { MeridianError } from "../../common/errors.ts";
import { type Slot, slotNamespaceId } from "../../proto/cluster-map.ts";
import { Entry } from "../../proto/entry.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import type { Storage } from "../store/storage.ts";
import { type LogStart, PlaceSearch, type Vector, VectorSearch } from "./feed-places.ts";
import type { RemoteApply } from "./remote-apply.ts";
import type { ServedNamespace, WireSlots } from "./wire-slots.ts";

const { FeedPlacesAsk, FeedPlaces } = meridian.tail;

const READ_BYTES = 256 * 1024;

export interface FeedPlaceServerOptions {
  readonly connection: FrameConnection;
  readonly slots: WireSlots;
  readonly remoteApply: Pick<
    RemoteApply,
    "isPrimary" | "appliedPositions" | "committedSequence" | "lastSequence"
  >;
  readonly storage: Pick<Storage, "firstSequence" | "readLog">;
  readonly namespaces: () => readonly ServedNamespace[];
  readonly onError: (error: unknown) => void;
}

interface Question {
  readonly wireSlot: number;
  readonly sequence: number;
  readonly vector: Vector;
}

export class FeedPlaceServer {
  readonly #options: FeedPlaceServerOptions;

  constructor(options: FeedPlaceServerOptions) {
    this.#options = options;
  }

  /** Answers of which slots it can; one that it does not lead now is left out, to be asked of again. */
  ask(meta: Uint8Array): void {
    const { request, vectors, slots, sequences, counts, logs, lasts } = FeedPlacesAsk.decode(meta);
    let at = 0;
    const questions = slots.map((wireSlot, index): Question => {
      const vector = new Map<number, number>();
      for (const end = at + (counts[index] ?? 0); at < end; at++) vector.set(logs[at] ?? 0, lasts[at] ?? 0);
      return { wireSlot, sequence: sequences[index] ?? 0, vector };
    });
    this.#answer(request, vectors, questions).catch(this.#options.onError);
  }

  async #answer(request: number, vectors: boolean, questions: readonly Question[]): Promise<void> {
    const answer = { request, slots: [], sequences: [], counts: [], logs: [], lasts: [] } as {
      readonly request: number;
      readonly slots: number[];
      readonly sequences: number[];
      readonly counts: number[];
      readonly logs: number[];
      readonly lasts: number[];
    };
    for (const question of questions) {
      const found = await this.#find(question, vectors);
      if (found === undefined) continue;
      answer.slots.push(question.wireSlot);
      answer.sequences.push(found.sequence);
      answer.counts.push(found.vector.size);
      answer.logs.push(...found.vector.keys());
      answer.lasts.push(...found.vector.values());
    }
    this.#options.connection.send(MessageType.feedPlaces, FeedPlaces.encode(answer).finish());
  }

  async #find(
    { wireSlot, sequence, vector }: Question,
    vectors: boolean,
  ): Promise<Omit<Question, "wireSlot"> | undefined> {
    const { slots, remoteApply, storage, namespaces } = this.#options;
    const slot = slots.local(wireSlot);
    const logId = slot < 0 ? 0 : (namespaces()[slotNamespaceId(slot)]?.logId ?? 0);
    if (logId === 0 || !remoteApply.isPrimary(slot)) return undefined;
    // Positions first: what has moved them is in the log by the end that is asked for after them.
    const applied = remoteApply.appliedPositions(slot);
    const log: LogStart = { logId, first: storage.firstSequence(slot), applied };
    const committed = remoteApply.committedSequence(slot);
    if (vectors) {
      const search = new VectorSearch(sequence, log);
      const end = remoteApply.lastSequence(slot);
      const isRead = await this.#read(slot, Math.max(sequence + 1, log.first), end, (entry) => {
        search.see(entry);
        return false;
      });
      return isRead ? { sequence, vector: search.vector() } : undefined;
    }
    const search = new PlaceSearch(vector, log);
    const isRead = await this.#read(slot, log.first, committed, (entry) => {
      search.see(entry);
      return search.isDecided;
    });
    return isRead ? { sequence: search.place(committed), vector: new Map() } : undefined;
  }

  /** Entries from `first` to `end`, until `see` has enough; false: not all of them are there. */
  async #read(slot: Slot, first: number, end: number, see: (entry: Entry) => boolean): Promise<boolean> {
    const { storage } = this.#options;
    for (let next = first; next <= end; ) {
      // Trimmed meanwhile: who asks again is answered by what there is.
      if (storage.firstSequence(slot) > next) return false;
      const entries = await storage.readLog(slot, next, READ_BYTES).catch((error: unknown) => {
        if (error instanceof MeridianError && error.code === "LOG_TRIMMED") return [];
        throw error;
      });
      if (entries.length === 0) return false;
      for (const bytes of entries) {
        const entry = new Entry(bytes);
        if (entry.sequence > end) return true;
        if (see(entry)) return true;
        next = entry.sequence + 1;
      }
    }
    return true;
  }
}
