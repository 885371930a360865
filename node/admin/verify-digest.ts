/**
 * Digests of whole partitions, so that two datacenters can be compared without moving their data,
 * and the key rows of one partition to narrow a difference down.
 *
 * Must guarantee: equal contents give equal digests whatever the storage's state (only digests and
 * images enter, in digest order); what is hashed is read from the disk, and what the partition's log says
 * of it (Standing) is of the same moment; the event loop is never held for long: the work is cut into
 * slices and takes at most half of the time.
 */
import { createHash, type Hash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { type Slot, slotNamespaceId, slotOf } from "../../proto/cluster-map.ts";
import type { RecordRow, SlotState } from "../store/storage.ts";
import type { AdminSource } from "./admin-source.ts";
import { ComparedRecords } from "./compared-records.ts";
import { namespaceIdOf, type RecordView, viewRecord } from "./record-view.ts";

const CHUNK_BYTES = 256 * 1024;
const SLICE_MS = 4;
const SNAPSHOT_DEADLINE_MS = 60_000;
/** Verifications at once; each asks the disk for everything. */
const RUNS_MAX = 2;
/** Rows of one `/verify-keys` answer. */
const KEY_ROWS_MAX = 5000;

/** How far a copy of a partition has come. Copies of a datacenter with equal sequence and epoch are equal. */
export interface Standing {
  readonly primary: boolean;
  /** Of the last entry of its log. */
  readonly sequence: number;
  readonly epoch: number;
  /** Number of the last change of this datacenter. */
  readonly changes: number;
  /** Number of the last change of each other datacenter's log that is covered. */
  readonly covered: readonly {
    readonly originId: number;
    readonly logId: number;
    readonly changes: number;
  }[];
  /** Up to which sequence each datacenter that it is shipped to has applied all that it is shipped. */
  readonly shipped: readonly { readonly destinationId: number; readonly sequence: number }[];
}

export interface PartitionDigest extends Standing {
  readonly partition: number;
  /** Hash over the live records: what readers can see. */
  readonly live: string;
  /** Hash over live records and tombstones. */
  readonly all: string;
  readonly records: number;
  readonly tombstones: number;
}

/** What a digest is of. */
interface Digested {
  readonly partition: number;
  readonly slot: Slot;
  readonly asOf: number;
  readonly compared: ComparedRecords;
}

/** A row of `/verify-keys`; `unjudged`: its datacenter may not have shipped it. */
type KeyRow = RecordView & { readonly unjudged?: true };

export class PartitionDigests {
  readonly #source: AdminSource;
  #runs = 0;

  constructor(source: AdminSource) {
    this.#source = source;
  }

  /**
   * `/verify?namespace=test[&partitions=0-511,700][&asOf=SECONDS][&sets=FILTER][&copies=true]`: digests of
   * the partitions that this node is primary of, of what the filter (settings and expressions as JSON) lets
   * through; with `copies` also of those that it has an in-sync copy of. Records, and bins with a life of
   * their own, that have expired at the void time `asOf` are left out, so that it does not matter which
   * datacenter has removed them already.
   */
  async digests(query: URLSearchParams): Promise<unknown> {
    const namespaceId = namespaceIdOf(this.#source, query);
    const asOf = asOfQuery(query, this.#source.nowVoidTime());
    const wanted = partitionsOfQuery(query.get("partitions"));
    const compared = new ComparedRecords(query.get("sets"));
    return await this.#bounded(async () => {
      const partitions: PartitionDigest[] = [];
      const pace = new Pace(() => this.#source.monotonicMs());
      for (const partition of wanted) {
        const slot = slotOf(namespaceId, partition);
        if (!this.#isAskedFor(query, namespaceId, partition)) continue;
        partitions.push(await this.#digest({ partition, slot, asOf, compared }, pace));
      }
      return { node: this.#source.name, logId: this.#logId(namespaceId), asOf, partitions };
    });
  }

  /**
   * `/verify-keys?namespace=test&partition=7[&asOf=SECONDS][&sets=FILTER][&after=DIGEST][&copies=true]`: of
   * records that do not pass the filter's expressions, too, marked as `unjudged`.
   */
  async keys(query: URLSearchParams): Promise<unknown> {
    const namespaceId = namespaceIdOf(this.#source, query);
    const partition = Number(query.get("partition") ?? Number.NaN);
    if (!Number.isInteger(partition) || partition < 0 || partition >= PARTITION_COUNT) {
      throw new MeridianError("BAD_REQUEST", `partition: 0 to ${PARTITION_COUNT - 1}`);
    }
    const slot = slotOf(namespaceId, partition);
    if (!this.#isAskedFor(query, namespaceId, partition)) {
      throw new MeridianError("NOT_PRIMARY", `${this.#source.name} is not primary of ${partition}`);
    }
    const asOf = asOfQuery(query, this.#source.nowVoidTime());
    const compared = new ComparedRecords(query.get("sets"));
    const after = query.get("after") ?? "";
    return await this.#bounded(async () => {
      const rows: KeyRow[] = [];
      let truncated = false;
      const pace = new Pace(() => this.#source.monotonicMs());
      const standing = await this.#scan(slot, compared, pace, (row) => {
        if (truncated || row.digest.toString("hex") <= after) return;
        const image = compared.image(row, asOf);
        if (!image.tombstone && image.isGone(asOf)) return;
        if (rows.length >= KEY_ROWS_MAX) truncated = true;
        else {
          const view = viewRecord(row.digest, image.bytes);
          rows.push(compared.judges(row, asOf) ? view : { ...view, unjudged: true });
        }
      });
      const head = { node: this.#source.name, logId: this.#logId(namespaceId), partition, asOf };
      return { ...head, ...standing, rows, truncated };
    });
  }

  #logId(namespaceId: number): number {
    return this.#source.map()?.namespaces[namespaceId]?.logId ?? 0;
  }

  #isAskedFor(query: URLSearchParams, namespaceId: number, partition: number): boolean {
    if (this.#source.isPrimary(slotOf(namespaceId, partition))) return true;
    if (query.get("copies") !== "true") return false;
    const row = this.#source.map()?.namespaces[namespaceId]?.rows[partition];
    return row?.inSync.includes(this.#source.nodeId) === true && row.primary !== this.#source.nodeId;
  }

  async #digest({ partition, slot, asOf, compared }: Digested, pace: Pace): Promise<PartitionDigest> {
    const live = createHash("sha256");
    const all = createHash("sha256");
    let records = 0;
    let tombstones = 0;
    const standing = await this.#scan(slot, compared, pace, (row) => {
      if (!compared.judges(row, asOf)) return;
      const image = compared.image(row, asOf);
      const { digest } = row;
      if (image.tombstone) {
        tombstones += 1;
      } else {
        if (image.isGone(asOf)) return;
        records += 1;
        addRow(live, { digest, image: image.bytes });
      }
      addRow(all, { digest, image: image.bytes });
    });
    const hashes = { live: live.digest("hex"), all: all.digest("hex") };
    return { partition, ...hashes, records, tombstones, ...standing };
  }

  /** Reads all records of the slot of the compared sets; where its log stood then. */
  async #scan(
    slot: Slot,
    compared: ComparedRecords,
    pace: Pace,
    visit: (row: RecordRow) => void,
  ): Promise<Standing> {
    const { storage } = this.#source;
    const counts = storage.counts(slot);
    if (counts.records + counts.tombstones === 0) {
      const state = {
        ...{ sequence: storage.lastSequence(slot), epochHistory: storage.epochHistory(slot) },
        ...{ applied: storage.applied(slot), changes: storage.changes(slot) },
      };
      const standing = this.#standing(slot, state);
      await pace.yield();
      return standing;
    }
    const snapshot = await storage.snapshot(slot, SNAPSHOT_DEADLINE_MS);
    const standing = this.#standing(slot, snapshot.state);
    try {
      for (;;) {
        const rows = await snapshot.next(CHUNK_BYTES);
        if (rows.length === 0) return standing;
        for (const row of rows) {
          if (compared.hasSetOf(row)) visit(row);
          if (pace.isDue()) await pace.yield();
        }
      }
    } finally {
      await snapshot.close();
    }
  }

  #standing(slot: Slot, state: Omit<SlotState, "conflicts">): Standing {
    return {
      primary: this.#source.isPrimary(slot),
      sequence: state.sequence,
      epoch: state.epochHistory.at(-1)?.epoch ?? 0,
      changes: state.changes,
      covered: state.applied.map(({ originId, originLogId, ledger }) => ({
        originId,
        logId: originLogId,
        changes: ledger.changes,
      })),
      shipped: this.#source.destinations(slotNamespaceId(slot)).map((destinationId) => ({
        destinationId,
        sequence: this.#source.shipped(destinationId, slot),
      })),
    };
  }

  async #bounded<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.#runs >= RUNS_MAX) throw new MeridianError("BUSY", `${RUNS_MAX} verifications run already`);
    this.#runs += 1;
    try {
      return await work();
    } finally {
      this.#runs -= 1;
    }
  }
}

/** Gives the event loop away after each slice, for as long as the slice took. */
class Pace {
  readonly #nowMs: () => number;
  #sliceStartMs: number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#sliceStartMs = nowMs();
  }
  isDue(): boolean {
    return this.#nowMs() - this.#sliceStartMs >= SLICE_MS;
  }
  async yield(): Promise<void> {
    if (!this.isDue()) return;
    await pause(this.#nowMs() - this.#sliceStartMs);
    this.#sliceStartMs = this.#nowMs();
  }
}

/** The length makes the concatenation of rows unambiguous. */
function addRow(hash: Hash, row: RecordRow): void {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(row.image.length);
  hash.update(row.digest).update(length).update(row.image);
}

function asOfQuery(query: URLSearchParams, nowVoidTime: number): number {
  const text = query.get("asOf");
  if (text === null) return nowVoidTime;
  if (!/^\d{1,10}$/.test(text)) throw new MeridianError("BAD_REQUEST", "asOf: seconds since 2010-01-01");
  return Number(text);
}

/** `0-511,700`: partitions and ranges; all when absent. */
export function partitionsOfQuery(text: string | null): number[] {
  if (text === null) return Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
  const wanted = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part);
    const from = Number(match?.[1] ?? Number.NaN);
    const to = Number(match?.[2] ?? from);
    if (!(from <= to && to < PARTITION_COUNT)) {
      throw new MeridianError("BAD_REQUEST", `partitions: ${part} is no partition or range`);
    }
    for (let partition = from; partition <= to; partition++) wanted.add(partition);
  }
  return [...wanted].sort((a, b) => a - b);
}
