/**
 * Hands runs and scan chunks of other datacenters to the replication core and answers every request
 * with one frame once all of it has its outcome. Decides nothing itself: a run is applied, a gap or
 * refused by the core.
 */
import { MeridianError } from "../../common/errors.ts";
import { slotOf } from "../../proto/cluster-map.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian } from "../../proto/gen/apply.js";
import type { Frame } from "../../proto/frame.ts";
import { MessageType } from "../../proto/message-types.ts";
import { decodeRecordRows } from "../../proto/record-rows.ts";
import { type ApplyOutcome, noCounts, type RemoteApply } from "./remote-apply.ts";
import type { WireSlots } from "./wire-slots.ts";
import type { XdrMetrics } from "./xdr-metrics.ts";

const { ApplyRuns, ApplyScanChunk, ApplyReply, PositionsAsk, Positions } = meridian.apply;

const OUTCOME_APPLIED = 0;
const OUTCOME_GAP = 1;
const OUTCOME_NOT_PRIMARY = 2;
const REFUSALS = {
  "not-primary": OUTCOME_NOT_PRIMARY,
  unavailable: 3,
  busy: 4,
  stopping: 5,
  "shut-out": 6,
  // As for any reason that passes: the origin keeps what is refused, and tries again.
  rejected: 3,
} as const;

export interface ApplyServerOptions {
  readonly connection: FrameConnection;
  readonly slots: WireSlots;
  readonly remoteApply: RemoteApply;
  readonly metrics: XdrMetrics;
  readonly localSourceId: number;
}

export class ApplyServer {
  readonly #options: ApplyServerOptions;

  constructor(options: ApplyServerOptions) {
    this.#options = options;
  }

  runs(frame: Frame): void {
    const request = ApplyRuns.decode(frame.meta);
    const { slots, remoteApply, metrics } = this.#options;
    const { partitions, from, span, bytes, originId, logId: originLogId } = request;
    const count = partitions.length;
    if (from.length !== count || span.length !== count || bytes.length !== count) {
      throw new MeridianError("FRAME_CORRUPT", "columns of an apply request differ in length");
    }
    this.#refuseOwn(originId);
    metrics.applyRuns.inc(count);
    const reply = new PendingReply(this.#options, request.request, originLogId, count);
    const namespaceId = slots.localNamespace(request.namespace);
    let offset = 0;
    for (let index = 0; index < count; index++) {
      const end = offset + (bytes[index] ?? 0);
      if (end > frame.body.length) {
        throw new MeridianError("FRAME_CORRUPT", "an apply request is shorter than its columns say");
      }
      if (namespaceId < 0) {
        reply.set(index, { kind: "refused", reason: "not-primary" });
        continue;
      }
      const first = from[index] ?? 0;
      remoteApply.applyRun(
        {
          slot: slotOf(namespaceId, partitions[index] ?? 0),
          originId,
          originLogId,
          from: first,
          to: first + (span[index] ?? 0),
          bytes: frame.body,
          offset,
          end,
        },
        (outcome) => reply.set(index, outcome),
      );
      offset = end;
    }
    reply.issued();
  }

  scanChunk(frame: Frame): void {
    const request = ApplyScanChunk.decode(frame.meta);
    this.#refuseOwn(request.originId);
    const reply = new PendingReply(this.#options, request.request, request.logId, 1);
    const namespaceId = this.#options.slots.localNamespace(request.namespace);
    const slot = slotOf(namespaceId, request.partition);
    const known = namespaceId < 0 ? [] : this.#options.remoteApply.appliedPositions(slot);
    const passed = known.find(
      ({ originId, originLogId, sequence }) =>
        originId === request.originId && originLogId === request.logId && sequence >= request.to,
    );
    if (namespaceId < 0) {
      reply.set(0, { kind: "refused", reason: "not-primary" });
    } else if (passed !== undefined) {
      // A late copy of an old scan: a record in it may since have been deleted and its tombstone
      // freed. What came after the scan's view is here already, so nothing of it is needed.
      const duplicate = decodeRecordRows(frame.body).length;
      reply.set(0, { kind: "applied", position: passed.sequence, counts: { ...noCounts(), duplicate } });
    } else {
      this.#options.remoteApply.applyScanChunk(
        {
          slot,
          originId: request.originId,
          originLogId: request.logId,
          scanId: request.scan,
          chunk: request.chunk,
          last: request.last,
          to: request.to,
          changes: request.changes,
          base: request.base,
          records: cutRecords(frame.body),
        },
        (outcome) => reply.set(0, outcome),
      );
    }
    reply.issued();
  }

  /** A change of this very datacenter cannot arrive by XDR: somebody's source ids are wrong. */
  #refuseOwn(originId: number): void {
    if (originId === 0 || originId === this.#options.localSourceId) {
      throw new MeridianError("CLUSTER_MISMATCH", `changes of source id ${originId} are handed in`);
    }
  }

  /** Answers with the position of every slot this node is primary of. */
  positions(frame: Frame): void {
    const { slots, remoteApply, connection } = this.#options;
    const { request, originId } = PositionsAsk.decode(frame.meta);
    const answer = { request, slots: [] as number[], logIds: [] as number[], positions: [] as number[] };
    for (const slot of slots.both()) {
      if (!remoteApply.isPrimary(slot)) continue;
      let known = false;
      for (const applied of remoteApply.appliedPositions(slot)) {
        if (applied.originId !== originId) continue;
        known = true;
        answer.slots.push(slots.wire(slot));
        answer.logIds.push(applied.originLogId);
        answer.positions.push(applied.sequence);
      }
      if (known) continue;
      answer.slots.push(slots.wire(slot));
      answer.logIds.push(0);
      answer.positions.push(0);
    }
    connection.send(MessageType.positions, Positions.encode(answer).finish());
  }
}

/** Collects the outcomes of one request; sends them when all are there. */
class PendingReply {
  readonly #options: ApplyServerOptions;
  readonly #request: number;
  readonly #originLogId: number;
  readonly #outcomes: number[];
  readonly #positions: number[];
  #pending: number;
  /** All runs are handed in: no earlier outcome may complete the reply before. */
  #issued = false;
  #applied = 0;
  #superseded = 0;
  #conflictWon = 0;
  #conflictLost = 0;
  #duplicate = 0;
  #parked = 0;
  #filtered = 0;

  constructor(options: ApplyServerOptions, request: number, originLogId: number, count: number) {
    this.#options = options;
    this.#request = request;
    this.#originLogId = originLogId;
    this.#outcomes = new Array<number>(count).fill(OUTCOME_NOT_PRIMARY);
    this.#positions = new Array<number>(count).fill(0);
    this.#pending = count;
  }

  set(index: number, outcome: ApplyOutcome): void {
    switch (outcome.kind) {
      case "applied":
        this.#outcomes[index] = OUTCOME_APPLIED;
        this.#positions[index] = outcome.position;
        this.#applied += outcome.counts.applied;
        this.#superseded += outcome.counts.superseded;
        this.#conflictWon += outcome.counts.conflictWon;
        this.#conflictLost += outcome.counts.conflictLost;
        this.#duplicate += outcome.counts.duplicate;
        this.#parked += outcome.counts.parked;
        this.#filtered += outcome.counts.filtered;
        break;
      case "gap":
        this.#outcomes[index] = OUTCOME_GAP;
        this.#positions[index] = outcome.originLogId === this.#originLogId ? outcome.position : 0;
        this.#options.metrics.applyGaps.inc();
        break;
      case "refused":
        this.#outcomes[index] = REFUSALS[outcome.reason];
        this.#options.metrics.applyRefused.inc({ reason: outcome.reason });
        break;
    }
    this.#pending--;
    this.#send();
  }

  issued(): void {
    this.#issued = true;
    this.#send();
  }

  #send(): void {
    if (!this.#issued || this.#pending > 0) return;
    const { connection, metrics } = this.#options;
    const counts = {
      applied: this.#applied,
      superseded: this.#superseded,
      conflictWon: this.#conflictWon,
      conflictLost: this.#conflictLost,
      duplicate: this.#duplicate,
      parked: this.#parked,
      filtered: this.#filtered,
    };
    for (const [outcome, count] of Object.entries(counts)) {
      if (count > 0) metrics.outcomes.inc({ outcome }, count);
    }
    const reply = ApplyReply.encode({
      request: this.#request,
      outcomes: this.#outcomes,
      positions: this.#positions,
      ...counts,
    }).finish();
    connection.send(MessageType.applyReply, reply);
  }
}

function cutRecords(body: Buffer): { digest: Buffer; image: Buffer }[] {
  return decodeRecordRows(body).map(({ digest, image }) => {
    if (image === undefined) throw new MeridianError("RECORD_CORRUPT", "a scan chunk holds an absent record");
    return { digest, image };
  });
}
