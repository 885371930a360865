/**
 * Changes of other datacenters on their way into a primary's replica. Position, duplicates and gaps
 * are decided here by what is durably applied; conflicts by common/version/order.ts, against the
 * record as it is inside the write.
 *
 * Every change ends in one state of the ledger (proto/ledger.ts), told by the entry that carries it or by
 * the position entry after it, so that ledger and position are equal in what they cover at any entry.
 * What loses a conflict, and what cannot be applied, is kept as a note before the entry that goes on.
 */
import { assert } from "../../common/assert.ts";
import type { Clock } from "../../common/clock.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { DIGEST_BYTES, PARKED_BYTES_MAX } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import { slotNamespaceId } from "../../proto/cluster-map.ts";
import {
  adoptEntry,
  DIGEST_OFFSET,
  Entry,
  ENTRY_HEADER_BYTES,
  EntryKind,
  filteredCount,
  imageOffsetAt,
  Operation,
  withBefore,
} from "../../proto/entry.ts";
import { emptyLedger, encodeDelta, type Ledger, Outcome, readDelta } from "../../proto/ledger.ts";
import { encodeConflict, encodeParked, encodeSettled, NoteType, parkedOf } from "../../proto/note.ts";
import { checkImageAt, RecordImage } from "../../proto/record.ts";
import { binRecordOf, earliestVoidTime } from "../../proto/record-bins.ts";
import type { AppliedPosition, CountedPosition, Storage } from "../store/storage.ts";
import type { ClockSkews } from "../xdr/clock-skews.ts";
import {
  type ApplyCounts,
  type ApplyOutcome,
  noCounts,
  type RemoteRun,
  type RemoteScanChunk,
} from "../xdr/remote-apply.ts";
import { describeConflict } from "./conflict.ts";
import { mergeByBins, mergeWhole, type RecordMerge, type RecordOutcome } from "./merge-record.ts";
import type { Primary } from "./primary.ts";
import { entryRecordKey, Proposal, type Replica, recordKey } from "./replica.ts";
import { RunTally } from "./run-tally.ts";

type Counts = ReturnType<typeof noCounts>;
/** What became of a version; refused: nothing could be decided, or there is no room to park it. */
type Merged = "proposed" | "unchanged" | "refused";
type Done = (outcome: ApplyOutcome) => void;

/** A run or chunk on its way in. */
interface Arrival {
  readonly replica: Replica;
  readonly originId: number;
  readonly originLogId: number;
  /** In the origin's log: of the change at hand; of a scanned record, which moves no position, as it is. */
  originSequence: number;
  /** The change at hand was made by another datacenter than the one that it comes from. */
  forwarded: boolean;
  readonly counts: Counts;
  /** What no entry carries yet; none for scanned records, which are no changes. */
  readonly tally: RunTally | undefined;
}

export interface RemoteWritesOptions {
  readonly primary: Primary;
  readonly storage: Pick<Storage, "note" | "notes">;
  readonly clock: Clock;
  readonly skews: Pick<ClockSkews, "between">;
  /** Whether this datacenter forwards the namespace's changes of others. */
  readonly forwards: (namespaceId: number) => boolean;
  readonly log: Logger;
}

export class RemoteWrites {
  readonly #options: RemoteWritesOptions;
  readonly #primary: Primary;
  /** Sums over the life of the process by namespace id, for status and metrics. */
  readonly #totals = new Map<number, Counts>();

  constructor(options: RemoteWritesOptions) {
    this.#options = options;
    this.#primary = options.primary;
  }

  totals(namespaceId: number): ApplyCounts {
    return this.#totals.get(namespaceId) ?? noCounts();
  }

  applyRun(replica: Replica, run: RemoteRun, done: Done): void {
    const { to, originId, originLogId } = run;
    const position = replica.positions.get(originId);
    const sameLog = position?.originLogId === originLogId;
    const applied = sameLog ? position.sequence : 0;
    if (run.from > applied + 1 || (position !== undefined && !sameLog && run.from !== 1)) {
      done(gapOf(replica, originId));
      return;
    }
    const tally = new RunTally(sameLog ? position.changes : 0, sameLog);
    const at = { originSequence: 0, forwarded: false };
    const arrival = { replica, originId, originLogId, ...at, counts: noCounts(), tally };
    let covered = { sequence: applied, changes: tally.number };
    for (let offset = run.offset; offset < run.end; ) {
      const length = entryLength(run, offset);
      const entry = this.#checkedEntry(arrival, run.bytes.subarray(offset, offset + length));
      offset += length;
      if (entry === undefined) continue;
      const sequence = entry.sequence;
      if (sequence <= applied) {
        arrival.counts.duplicate++;
        continue;
      }
      arrival.originSequence = sequence;
      if (entry.kind === EntryKind.filtered) {
        arrival.counts.filtered++;
        tally.seeFiltered(entry.changeNumber, filteredCount(entry));
        continue;
      }
      arrival.forwarded = entry.originId !== 0;
      if (arrival.forwarded) tally.seeForwarded();
      else tally.see(entry.changeNumber);
      const merged = this.#mergeEntry(arrival, entry);
      if (merged === "proposed") covered = { sequence, changes: tally.number };
      if (merged !== "refused") continue;
      // The rest comes again when the record it met is repaired, or parked changes have gone.
      if (covered.sequence > applied) replica.positions.set(originId, { originId, originLogId, ...covered });
      done({ kind: "refused", reason: "unavailable" });
      return;
    }
    if (to > applied) this.#cover(arrival, to, covered.sequence === to);
    const reached = { originId, originLogId, sequence: Math.max(to, applied), changes: tally.number };
    this.#whenReleased(replica, arrival.counts, done, reached);
  }

  applyScanChunk(replica: Replica, chunk: RemoteScanChunk, done: Done): void {
    const { originId, originLogId, scanId } = chunk;
    const position = replica.positions.get(originId);
    const progress = replica.scans.get(originId);
    const expected = progress?.scanId === scanId ? progress.nextChunk : 0;
    const applied = position?.originLogId === originLogId ? position.sequence : 0;
    if (chunk.chunk !== expected || applied < chunk.base) {
      replica.scans.delete(originId);
      done(gapOf(replica, originId));
      return;
    }
    // A scanned record moves no position: its entry repeats the one that is there.
    const arrival: Arrival = {
      replica,
      originId,
      originLogId: position?.originLogId ?? originLogId,
      originSequence: position?.sequence ?? 0,
      forwarded: false,
      counts: noCounts(),
      tally: undefined,
    };
    for (const record of chunk.records) {
      const merged = this.#mergeRecord(arrival, record.digest, record.image, undefined);
      if (merged !== "refused") continue;
      // The whole chunk comes again; what is merged already changes nothing then.
      done({ kind: "refused", reason: "unavailable" });
      return;
    }
    const sameLog = position?.originLogId === originLogId;
    const sequence = sameLog ? Math.max(position.sequence, chunk.to) : chunk.to;
    let reached = position;
    if (chunk.last) {
      replica.scans.delete(originId);
      const tally = new RunTally(sameLog ? position.changes : 0, sameLog);
      tally.recoverTo(chunk.changes);
      this.#cover({ ...arrival, originLogId, tally }, sequence, false);
      reached = { originId, originLogId, sequence, changes: tally.number };
    } else {
      replica.scans.set(originId, { scanId, nextChunk: expected + 1 });
    }
    this.#whenReleased(replica, arrival.counts, done, reached);
  }

  /** Applies a parked change after all, by the sequence of its note; how it ended. */
  async retryParked(replica: Replica, sequence: number): Promise<string> {
    const bytes = this.#options.storage.note(replica.slot, sequence);
    if (bytes === undefined || replica.settling.has(sequence)) {
      throw new MeridianError("NOT_FOUND", `note ${sequence} is not kept`);
    }
    const note = new Entry(bytes);
    const image = Buffer.from(parkedOf(note).bytes);
    if (parkedOf(note).isEntry) throw new MeridianError("RECORD_CORRUPT", parkedOf(note).reason);
    // Throws the reason why it still cannot be applied.
    this.#checkFormat(replica, RecordImage.checked(image));
    this.#checkSize(replica, image.length);
    const { originId, originLogId, originSequence } = note;
    const counts = noCounts();
    const place = { originId, originLogId, originSequence };
    const arrival = { replica, ...place, forwarded: false, counts, tally: undefined };
    if (this.#mergeRecord(arrival, note.digest, image, undefined) === "refused") {
      throw new MeridianError("UNAVAILABLE", "the record here is damaged");
    }
    const [outcome] = SETTLED.filter((state) => counts[state] > 0);
    assert(outcome !== undefined, "a change that is merged has an outcome");
    // A record of a scan was no change: it is in no ledger.
    const counted = readDelta(note.imageBytes, 0).parked > 0;
    const delta = counted ? { ...emptyLedger(), parked: -1, [outcome]: 1 } : emptyLedger();
    const settled = encodeSettled(delta, sequence);
    this.#note(replica, note.digest, settled, { originId, originLogId, sequence: originSequence });
    replica.settling.add(sequence);
    return await new Promise((resolve, reject) => {
      replica.wait(replica.partition.last, (held) => {
        replica.settling.delete(sequence);
        if (held) resolve(outcome);
        else
          reject(new MeridianError("NOT_PRIMARY", "the node is primary no more: whether it is done shows"));
      });
    });
  }

  /** Merges an entry's record. */
  #mergeEntry(arrival: Arrival, entry: Entry): Merged {
    const { replica, counts } = arrival;
    const { bytes } = entry;
    const key = entryRecordKey(bytes, 0);
    const isNew =
      replica.latest(key) === undefined && !this.#primary.mayHold(replica.slot, bytes, DIGEST_OFFSET);
    if (!isNew) return this.#mergeRecord(arrival, entry.digest, entry.imageBytes, entry);
    try {
      this.#checkSize(replica, bytes.length - entry.imageOffset);
      checkImageAt(bytes, entry.imageOffset);
      this.#checkFormat(replica, entry.image);
    } catch (error) {
      return this.#park(arrival, entry.digest, entry.imageBytes, error);
    }
    counts.applied++;
    this.#flush(arrival);
    this.#adopt(arrival, key, entry, Outcome.applied);
    return "proposed";
  }

  /** Proposes an entry whose record is taken as it came. */
  #adopt({ replica, originId, originLogId }: Arrival, key: string, entry: Entry, outcome: Outcome): void {
    const sequence = replica.partition.last + 1;
    const { digest, imageBytes, operation } = entry;
    const bytes = withBefore(entry.bytes, this.#primary.before(replica, digest, imageBytes, operation));
    replica.noteVoidTime(earliestVoidTime(entry.image));
    adoptEntry(bytes, replica.partition.epoch, sequence, originId, originLogId, outcome);
    this.#primary.append(
      replica,
      new Proposal(sequence, key, bytes, imageOffsetAt(bytes, 0), nothing, nothing),
    );
  }

  /** Throws RECORD_CORRUPT for an image that cannot be merged here. */
  #checkFormat(replica: Replica, image: RecordImage): void {
    if (this.#isByBins(replica)) binRecordOf(image);
    else if (image.isStamped) throw new MeridianError("RECORD_CORRUPT", STAMPS_REFUSED);
  }

  #checkSize(replica: Replica, bytes: number): void {
    const limit = this.#primary.namespaceOf(replica.slot)["max-record-size"];
    if (bytes > limit) throw new MeridianError("RECORD_CORRUPT", `larger than ${limit} bytes`);
  }

  /** Merges one version. */
  #mergeRecord(arrival: Arrival, digest: Buffer, bytes: Buffer, entry: Entry | undefined): Merged {
    const { replica, counts, tally, originId, originLogId, originSequence } = arrival;
    const key = recordKey(digest);
    const latest = replica.latest(key);
    const stored = latest === undefined ? this.#primary.stored(replica.slot, digest) : undefined;
    if (stored === "corrupt") return "refused";
    let incoming: RecordImage;
    try {
      incoming = RecordImage.checked(bytes);
      this.#checkSize(replica, bytes.length);
      this.#checkFormat(replica, incoming);
    } catch (error) {
      return this.#park(arrival, digest, bytes, error);
    }
    const pending = latest?.image;
    const current = pending === undefined ? stored : new RecordImage(pending);
    const policy = this.#primary.namespaceOf(replica.slot)["conflict-resolution-policy"];
    const mergeRecords = this.#isByBins(replica) ? mergeByBins : mergeWhole;
    const merged = mergeRecords(policy, current, incoming);
    count(counts, merged.outcome);
    const outcome = tally === undefined ? Outcome.none : OUTCOMES[merged.outcome];
    if (!merged.changed) {
      tally?.end(outcome, arrival.forwarded);
      return "unchanged";
    }
    this.#flush(arrival);
    for (const loss of merged.losses) {
      const { clock, skews } = this.#options;
      const place = { originId, originSequence, decidedAt: clock.wallMs() };
      const conflict = describeConflict(policy, loss, place, skews);
      this.#note(replica, digest, encodeConflict(emptyLedger(), conflict));
    }
    if (merged.image === incoming.bytes && entry !== undefined) {
      this.#adopt(arrival, key, entry, outcome);
      return "proposed";
    }
    const image = new RecordImage(merged.image);
    const changedBins = merged.changedBins ?? entry?.changedBins;
    replica.noteVoidTime(earliestVoidTime(image));
    this.#primary.propose(
      replica,
      {
        ...{ kind: EntryKind.put, operation: operationOf(merged, image, entry) },
        ...{ originId, originLogId, originSequence, outcome, digest, image: merged.image },
        ...{ forwarded: arrival.forwarded, joined: this.#isJoined(replica, entry) },
        ...(changedBins === undefined ? {} : { changedBins }),
      },
      nothing,
      nothing,
    );
    return "proposed";
  }

  /**
   * As `Entry.isJoined`, of an image that is not what arrived; where nothing is forwarded nobody asks, and
   * older releases need not know of it.
   */
  #isJoined({ slot }: Replica, entry: Entry | undefined): boolean {
    return entry?.isJoined === true || this.#options.forwards(slotNamespaceId(slot));
  }

  #isByBins({ slot }: Replica): boolean {
    return this.#primary.namespaceOf(slot)["conflict-resolve-writes"];
  }

  /** Before an entry that carries one change: what ended without an entry until then. */
  #flush({ replica, originId, originLogId, originSequence, tally }: Arrival): void {
    // Before the first of a log there is no position to carry it; it waits for the end of the run.
    if (tally === undefined || originSequence <= 1) return;
    const delta = tally.take(false);
    if (delta === undefined) return;
    this.#move(replica, { originId, originLogId, sequence: originSequence - 1 }, delta);
  }

  /** Moves the position to the end of the run; an entry of its own unless its last one carries all of it. */
  #cover({ replica, originId, originLogId, tally }: Arrival, sequence: number, carried: boolean): void {
    const delta = tally?.take(true);
    const position = { originId, originLogId, sequence };
    replica.positions.set(originId, { ...position, changes: tally?.number ?? 0 });
    if (!carried || delta !== undefined) this.#move(replica, position, delta);
  }

  #move(replica: Replica, position: AppliedPosition, delta: Ledger | undefined): void {
    const draft = {
      kind: EntryKind.position,
      operation: Operation.none,
      originId: position.originId,
      originLogId: position.originLogId,
      originSequence: position.sequence,
      ...(delta === undefined ? {} : { image: encodeDelta(delta) }),
    };
    this.#primary.propose(replica, draft, nothing, nothing);
  }

  /** Keeps a note; `position`: where it stands for a change of the origin, which it carries. */
  #note(replica: Replica, digest: Buffer, image: Buffer, position?: AppliedPosition): void {
    const draft = {
      kind: EntryKind.note,
      operation: Operation.none,
      ...(position === undefined
        ? {}
        : {
            originId: position.originId,
            originLogId: position.originLogId,
            originSequence: position.sequence,
          }),
      digest,
      image,
    };
    this.#primary.propose(replica, draft, nothing, nothing);
  }

  /** Answers once all of it is committed, and so is `position`. */
  #whenReleased(replica: Replica, counts: Counts, done: Done, position: CountedPosition | undefined): void {
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
    totals.filtered += counts.filtered;
  }

  #checkedEntry(arrival: Arrival, bytes: Buffer): Entry | undefined {
    try {
      const entry = Entry.checked(bytes);
      if (entry.kind === EntryKind.filtered) filteredCount(entry);
      return entry;
    } catch (error) {
      const { replica, originId, counts, tally } = arrival;
      counts.parked++;
      tally?.seeNameless();
      const reason = errorMessage(error);
      this.#options.log.error({ slot: replica.slot, originId, reason }, "entry cannot be read: parked");
      const parkedAt = this.#options.clock.wallMs();
      const parked = { reason, bytes, isEntry: true, parkedAt, originId };
      this.#note(replica, NO_DIGEST, encodeParked(emptyLedger(), parked));
      return undefined;
    }
  }

  /** Keeps a change that cannot be applied; refused while there are too many of them already. */
  #park(arrival: Arrival, digest: Buffer, bytes: Buffer, error: unknown): Merged {
    const { replica, counts, tally, originId, originLogId, originSequence } = arrival;
    const parked = this.#options.storage.notes(replica.slot).filter(({ type }) => type === NoteType.parked);
    if (parked.reduce((sum, note) => sum + note.bytes, 0) > PARKED_BYTES_MAX) return "refused";
    counts.parked++;
    const reason = errorMessage(error);
    this.#options.log.error(
      { slot: replica.slot, originId, originSequence, reason },
      "change cannot be applied: parked",
    );
    this.#flush(arrival);
    const counted = tally !== undefined && !arrival.forwarded;
    const delta = counted ? { ...emptyLedger(), changes: 1, parked: 1 } : emptyLedger();
    const parkedAt = this.#options.clock.wallMs();
    const note = encodeParked(delta, { reason, bytes, parkedAt, originId, originSequence });
    this.#note(replica, digest, note, { originId, originLogId, sequence: originSequence });
    return "proposed";
  }
}

const SETTLED = ["applied", "superseded", "conflictWon", "conflictLost"] as const;

const NO_DIGEST = Buffer.alloc(DIGEST_BYTES);

const STAMPS_REFUSED = "its bins have stamps, and conflict-resolve-writes is off in this datacenter";

const OUTCOMES: Readonly<Record<RecordOutcome, Outcome>> = {
  created: Outcome.applied,
  overwrote: Outcome.applied,
  merged: Outcome.applied,
  stale: Outcome.superseded,
  won: Outcome.conflictWon,
  lost: Outcome.conflictLost,
};

/** What a gap's answer tells is committed: the origin trims its log by it. */
function gapOf(replica: Replica, originId: number): ApplyOutcome {
  const settled = replica.settled.get(originId);
  return { kind: "gap", position: settled?.sequence ?? 0, originLogId: settled?.originLogId ?? 0 };
}

/** Of the entry that stores what a merge has made. */
function operationOf({ outcome }: RecordMerge, image: RecordImage, entry: Entry | undefined): Operation {
  const wins = outcome === "created" || outcome === "overwrote" || outcome === "won";
  const operation = entry?.operation ?? Operation.update;
  // A delete that left bins which it had not seen has deleted no record.
  return wins && (operation !== Operation.delete || image.tombstone) ? operation : Operation.merge;
}

function count(counts: Counts, outcome: RecordOutcome): void {
  if (OUTCOMES[outcome] === Outcome.applied) counts.applied++;
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

function nothing(): void {
  // The run as a whole is answered when its last entry is released.
}
