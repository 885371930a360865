/**
 * Removes expired records in the background. Readers do not see them from the second they expire;
 * this pass gives their space back: the bins go, the version stays as a tombstone, so that a late
 * change of another datacenter still meets the version it descends from or lost to. The void time
 * decides alone: every datacenter comes to the same bytes without shipping anything. Where bins converge
 * each has its own, and one may go before the others.
 */
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { EntryKind, Operation } from "../../proto/entry.ts";
import { expireBins } from "../../common/version/bins.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { binRecordOf, earliestVoidTime, encodeBinRecord } from "../../proto/record-bins.ts";
import type { Storage } from "../store/storage.ts";
import type { Primary } from "./primary.ts";
import { type Replica, recordKey } from "./replica.ts";

const SCAN_BYTES = 256 * 1024;
const SCAN_DEADLINE_MS = 60_000;
const NOTHING = new Uint8Array(0);

export interface ExpiryOptions {
  readonly storage: Storage;
  readonly primary: Primary;
  readonly replicas: readonly Replica[];
  /** Shortest `nsup-period` of the namespaces, milliseconds. */
  readonly periodMs: number;
  readonly onFailure: (error: unknown) => void;
}

export class Expiry {
  readonly #options: ExpiryOptions;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Records removed by this node since it started. */
  removed = 0;

  constructor(options: ExpiryOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#pass().then(() => this.start(), this.#options.onFailure);
    }, this.#options.periodMs);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #pass(): Promise<void> {
    for (const replica of this.#options.replicas) {
      if (this.#stopped) return;
      const now = this.#options.primary.nowVoidTime();
      const due = replica.partition.serving && replica.nextExpiry <= now;
      if (due && this.#options.storage.counts(replica.slot).records > 0) await this.#tryScan(replica, now);
    }
  }

  async #tryScan(replica: Replica, now: number): Promise<void> {
    try {
      await this.#scan(replica, now);
    } catch (error) {
      if (!(error instanceof MeridianError) || error.code !== "RECORD_CORRUPT") throw error;
      // It is being repaired; the next pass looks at the slot again.
      replica.nextExpiry = 0;
    }
  }

  async #scan(replica: Replica, now: number): Promise<void> {
    // Writes from here on lower it again; what is under way the scan does not see, or must leave alone.
    replica.nextExpiry = replica.pendingExpiry;
    const view = await this.#options.storage.snapshot(replica.slot, SCAN_DEADLINE_MS);
    try {
      for (let rows = await view.next(SCAN_BYTES); rows.length > 0; rows = await view.next(SCAN_BYTES)) {
        for (const row of rows) {
          const image = new RecordImage(row.image);
          const voidTime = earliestVoidTime(image);
          if (image.tombstone || voidTime === 0) continue;
          if (voidTime <= now) this.#remove(replica, row.digest, now);
          else replica.noteVoidTime(voidTime);
        }
      }
    } finally {
      await view.close();
    }
  }

  /** Looks again at the record as it is now, then proposes its tombstone. */
  #remove(replica: Replica, digest: Buffer, now: number): void {
    const { primary } = this.#options;
    if (!replica.partition.serving || replica.latest(recordKey(digest)) !== undefined) return;
    const slot: Slot = replica.slot;
    const image = primary.stored(slot, digest);
    if (image === undefined || image === "corrupt" || image.tombstone) return;
    const voidTime = earliestVoidTime(image);
    if (voidTime === 0 || voidTime > now) return;
    const isByBins = primary.namespaceOf(slot)["conflict-resolve-writes"];
    const left = isByBins ? encodeBinRecord(expireBins(binRecordOf(image), now)) : tombstoneOf(image);
    if (image.hasMixedLives) replica.noteVoidTime(earliestVoidTime(new RecordImage(left)));
    const counted = (): void => {
      this.removed++;
    };
    const draft = { kind: EntryKind.put, operation: Operation.expire, digest, image: left };
    primary.propose(replica, draft, counted, () => undefined);
  }
}

function tombstoneOf(image: RecordImage): Buffer {
  return encodeImage({
    generation: image.generation,
    lut: image.lut,
    sourceId: image.sourceId,
    voidTime: image.voidTime,
    tombstone: true,
    seen: image.seen,
    setName: image.setName,
    userKey: image.userKey,
    binCount: 0,
    bins: NOTHING,
  });
}
