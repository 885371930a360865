/**
 * Changes of other datacenters on their way into a primary's replica. Position, duplicates and gaps
 * are decided here by what is durably applied; conflicts by common/version/order.ts, against the
 * record as it is inside the write.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import { merge } from "../../common/version/order.ts";
import { slotNamespaceId } from "../../proto/cluster-map.ts";
import {
  adoptEntry,
  DIGEST_OFFSET,
  Entry,
  ENTRY_HEADER_BYTES,
  EntryKind,
  Operation,
} from "../../proto/entry.ts";
import { checkImageAt, RecordImage, voidTimeAt } from "../../proto/record.ts";
import type { AppliedPosition } from "../store/storage.ts";
import type { ApplyCounts, ApplyOutcome, RemoteRun, RemoteScanChunk } from "../xdr/remote-apply.ts";
import type { Primary } from "./primary.ts";
import { entryRecordKey, Proposal, type Replica, recordKey } from "./replica.ts";

type Counts = { -readonly [key in keyof ApplyCounts]: number };
/** What became of a version; damaged: the record it met is, and nothing could be decided. */
type Merged = "proposed" | "unchanged" | "damaged";
type Done = (outcome: ApplyOutcome) => void;

/** Where a proposed entry stands in its origin's log. */
interface Origin {
  readonly originId: number;
  readonly originLogId: number;
  readonly originSequence: number;
}

/** Keeps what cannot be applied; resolves once it is on disk. */
export type Park = (replica: Replica, origin: Origin, bytes: Buffer, reason: string) => void;

export class RemoteWrites {
  readonly #primary: Primary;
  readonly #park: Park;
  readonly #log: Logger;
  /** Sums over the life of the process by namespace id, for status and metrics. */
  readonly #totals = new Map<number, Counts>();

  constructor(primary: Primary, park: Park, log: Logger) {
    this.#primary = primary;
    this.#park = park;
    this.#log = log;
  }

  totals(namespaceId: number): ApplyCounts {
    return this.#totals.get(namespaceId) ?? noCounts();
  }

  applyRun(replica: Replica, run: RemoteRun, done: Done): void {
    const position = replica.positions.get(run.originId);
    const sameLog = position?.originLogId === run.originLogId;
    const applied = sameLog ? position.sequence : 0;
    if (run.from > applied + 1 || (position !== undefined && !sameLog && run.from !== 1)) {
      done(gapOf(replica, run.originId));
      return;
    }
    const counts = noCounts();
    let covered = applied;
    let damaged = false;
    for (let offset = run.offset; offset < run.end; ) {
      const length = entryLength(run, offset);
      const entry = this.#checkedEntry(replica, run, run.bytes.subarray(offset, offset + length));
      offset += length;
      if (entry === undefined) {
        counts.parked++;
        continue;
      }
      const originSequence = entry.sequence;
      if (originSequence <= applied) {
        counts.duplicate++;
        continue;
      }
      const merged = this.#mergeEntry(replica, run, entry, originSequence, counts);
      damaged = merged === "damaged";
      if (damaged) break;
      if (merged === "proposed") covered = originSequence;
    }
    const { to, originId, originLogId } = run;
    if (damaged) {
      // What cannot be compared cannot be decided: the rest comes again when the record is repaired.
      if (covered > applied) this.#advance(replica, { originId, originLogId, sequence: covered }, true);
      done({ kind: "refused", reason: "unavailable" });
      return;
    }
    if (to > applied) {
      this.#advance(replica, { originId, originLogId, sequence: to }, covered === to);
    }
    this.#whenReleased(replica, counts, done, { originId, originLogId, sequence: Math.max(to, applied) });
  }

  applyScanChunk(replica: Replica, chunk: RemoteScanChunk, done: Done): void {
    const { originId, originLogId, scanId } = chunk;
    const position = replica.positions.get(originId);
    const progress = replica.scans.get(originId);
    const expected = progress?.scanId === scanId ? progress.nextChunk : 0;
    if (chunk.chunk !== expected) {
      replica.scans.delete(originId);
      done(gapOf(replica, originId));
      return;
    }
    const counts = noCounts();
    // A scanned record moves no position: its entry repeats the one that is there.
    const origin: Origin = {
      originId,
      originLogId: position?.originLogId ?? originLogId,
      originSequence: position?.sequence ?? 0,
    };
    for (const record of chunk.records) {
      const merged = this.#mergeRecord(replica, origin, record.digest, record.image, undefined, counts);
      if (merged !== "damaged") continue;
      // The whole chunk comes again; what is merged already changes nothing then.
      done({ kind: "refused", reason: "unavailable" });
      return;
    }
    const sameLog = position?.originLogId === originLogId;
    const reached = sameLog ? Math.max(position.sequence, chunk.to) : chunk.to;
    if (chunk.last) {
      replica.scans.delete(originId);
      this.#advance(replica, { originId, originLogId, sequence: reached }, false);
    } else {
      replica.scans.set(originId, { scanId, nextChunk: expected + 1 });
    }
    if (chunk.last) this.#whenReleased(replica, counts, done, { originId, originLogId, sequence: reached });
    else this.#whenReleased(replica, counts, done, position);
  }

  /** Merges an entry's record. */
  #mergeEntry(
    replica: Replica,
    run: RemoteRun,
    entry: Entry,
    originSequence: number,
    counts: Counts,
  ): Merged {
    const { bytes } = entry;
    const key = entryRecordKey(bytes, 0);
    const isNew =
      replica.latest(key) === undefined && !this.#primary.mayHold(replica.slot, bytes, DIGEST_OFFSET);
    const { originId, originLogId } = run;
    if (!isNew) {
      const origin = { originId, originLogId, originSequence };
      return this.#mergeRecord(replica, origin, entry.digest, entry.imageBytes, entry, counts);
    }
    try {
      this.#checkSize(replica, bytes.length - entry.imageOffset);
      checkImageAt(bytes, entry.imageOffset);
    } catch (error) {
      this.#parkRecord(replica, { originId, originLogId, originSequence }, entry.imageBytes, error, counts);
      return "unchanged";
    }
    counts.applied++;
    this.#adopt(replica, originId, originLogId, key, entry);
    return "proposed";
  }

  /** Proposes an entry whose record is taken as it came. */
  #adopt(replica: Replica, originId: number, originLogId: number, key: string, entry: Entry): void {
    const { bytes, imageOffset } = entry;
    const sequence = replica.partition.last + 1;
    replica.noteVoidTime(voidTimeAt(bytes, imageOffset));
    adoptEntry(bytes, replica.partition.epoch, sequence, originId, originLogId);
    this.#primary.append(replica, new Proposal(sequence, key, bytes, imageOffset, nothing, nothing));
  }

  #checkSize(replica: Replica, bytes: number): void {
    const limit = this.#primary.namespaceOf(replica.slot)["max-record-size"];
    if (bytes > limit) throw new MeridianError("RECORD_CORRUPT", `larger than ${limit} bytes`);
  }

  /** Merges one version. */
  #mergeRecord(
    replica: Replica,
    origin: Origin,
    digest: Buffer,
    bytes: Buffer,
    entry: Entry | undefined,
    counts: Counts,
  ): Merged {
    const key = recordKey(digest);
    const latest = replica.latest(key);
    const stored = latest === undefined ? this.#primary.stored(replica.slot, digest) : undefined;
    if (stored === "corrupt") return "damaged";
    let incoming: RecordImage;
    try {
      incoming = RecordImage.checked(bytes);
      this.#checkSize(replica, bytes.length);
    } catch (error) {
      this.#parkRecord(replica, origin, bytes, error, counts);
      return "unchanged";
    }
    const pending = latest?.image;
    const current = pending === undefined ? stored : new RecordImage(pending);
    const policy = this.#primary.namespaceOf(replica.slot)["conflict-resolution-policy"];
    const merged = merge(policy, current, incoming);
    count(counts, merged.outcome);
    if (!merged.changed) return "unchanged";
    const wins = merged.outcome !== "stale" && merged.outcome !== "lost";
    if (wins && !merged.grew && entry !== undefined) {
      this.#adopt(replica, origin.originId, origin.originLogId, key, entry);
      return "proposed";
    }
    const survivor = wins || current === undefined ? incoming : current;
    const image = merged.grew ? survivor.withSeen(merged.seen) : survivor.bytes;
    replica.noteVoidTime(survivor.voidTime);
    this.#primary.propose(
      replica,
      {
        kind: EntryKind.put,
        operation: wins ? (entry?.operation ?? Operation.update) : Operation.merge,
        ...origin,
        digest,
        ...(entry === undefined || !wins ? {} : { changedBins: entry.changedBins }),
        image,
      },
      nothing,
      nothing,
    );
    return "proposed";
  }

  /** Moves the position; an entry of its own unless the last proposed one carries it already. */
  #advance(replica: Replica, position: AppliedPosition, carried: boolean): void {
    replica.positions.set(position.originId, position);
    if (carried) return;
    this.#primary.propose(
      replica,
      {
        kind: EntryKind.position,
        operation: Operation.none,
        originId: position.originId,
        originLogId: position.originLogId,
        originSequence: position.sequence,
      },
      nothing,
      nothing,
    );
  }

  /** Answers once all of it is committed, and so is `position`. */
  #whenReleased(replica: Replica, counts: Counts, done: Done, position: AppliedPosition | undefined): void {
    const finish = (held: boolean): void => {
      if (!held) {
        done({ kind: "refused", reason: "not-primary" });
        return;
      }
      this.#addTotals(slotNamespaceId(replica.slot), counts);
      // The origin must keep what has too few copies here: it comes again, and is a duplicate then.
      if (!this.#primary.enoughInSync(replica)) {
        done({ kind: "refused", reason: "unavailable" });
        return;
      }
      // Outcomes come in the order of the log: the last one stands.
      if (position !== undefined) replica.settled.set(position.originId, position);
      done({ kind: "applied", position: position?.sequence ?? 0, counts });
    };
    if (replica.partition.last <= replica.partition.committed) finish(true);
    else replica.wait(replica.partition.last, finish);
  }

  #addTotals(namespaceId: number, counts: Counts): void {
    const totals = this.#totals.get(namespaceId) ?? noCounts();
    this.#totals.set(namespaceId, totals);
    totals.applied += counts.applied;
    totals.superseded += counts.superseded;
    totals.conflictWon += counts.conflictWon;
    totals.conflictLost += counts.conflictLost;
    totals.duplicate += counts.duplicate;
    totals.parked += counts.parked;
  }

  #checkedEntry(replica: Replica, run: RemoteRun, bytes: Buffer): Entry | undefined {
    try {
      return Entry.checked(bytes);
    } catch (error) {
      const origin = { originId: run.originId, originLogId: run.originLogId, originSequence: run.to };
      this.#parkRecord(replica, origin, bytes, error, undefined);
      return undefined;
    }
  }

  #parkRecord(
    replica: Replica,
    origin: Origin,
    bytes: Buffer,
    error: unknown,
    counts: Counts | undefined,
  ): void {
    const reason = errorMessage(error);
    this.#log.error({ slot: replica.slot, ...origin, reason }, "change cannot be applied: parked");
    if (counts !== undefined) counts.parked++;
    this.#park(replica, origin, bytes, reason);
  }
}

/** What a gap's answer tells is committed: the origin trims its log by it. */
function gapOf(replica: Replica, originId: number): ApplyOutcome {
  const settled = replica.settled.get(originId);
  return { kind: "gap", position: settled?.sequence ?? 0, originLogId: settled?.originLogId ?? 0 };
}

function count(counts: Counts, outcome: ReturnType<typeof merge>["outcome"]): void {
  if (outcome === "created" || outcome === "overwrote") counts.applied++;
  else if (outcome === "stale") counts.superseded++;
  else if (outcome === "won") counts.conflictWon++;
  else counts.conflictLost++;
}

/** Bytes of the entry at `offset`; all the rest of the run when its length is broken. */
function entryLength(run: RemoteRun, offset: number): number {
  const left = run.end - offset;
  const length = left >= ENTRY_HEADER_BYTES ? run.bytes.readUInt32LE(offset) : 0;
  return length < ENTRY_HEADER_BYTES || length > left ? left : length;
}

function noCounts(): Counts {
  return { applied: 0, superseded: 0, conflictWon: 0, conflictLost: 0, duplicate: 0, parked: 0 };
}

function nothing(): void {
  // The run as a whole is answered when its last entry is released.
}
