/**
 * What a primary does with its replicas: strong reads, writes, and the release of answers. Every
 * answer passes the lease check after the work is done, never before.
 */
import type { Clock, HybridClock } from "../../common/clock.ts";
import type { NamespaceConfig } from "../../common/config.ts";
import { MeridianError } from "../../common/errors.ts";
import { UNRELEASED_BYTES_MAX } from "../../common/limits.ts";
import { highestSeen, seenAfterWrite, VOID_TIME_EPOCH_SECONDS } from "../../common/version/version.ts";
import { type FenceState, type Slot, slotNamespaceId, slotPartitionId } from "../../proto/cluster-map.ts";
import {
  type EntryKind,
  EntryKind as Kind,
  encodeEntry,
  imageOffsetAt,
  Operation,
} from "../../proto/entry.ts";
import type { Outcome } from "../../proto/ledger.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { withoutExpired } from "../../proto/record-bins.ts";
import type { ReadOutcome, RefusalReason, WriteCommand, WriteOutcome } from "../records.ts";
import type { Storage } from "../store/storage.ts";
import type { Leases } from "./leases.ts";
import { Proposal, type Replica, recordKey } from "./replica.ts";
import { encodeStampedWrite } from "./stamped-write.ts";

const NOTHING = Buffer.alloc(0);

/** An entry to propose; version and position of the log are added here. */
export interface Draft {
  readonly kind: EntryKind;
  readonly operation: Operation;
  readonly originId?: number;
  /** Without an origin: the number of an own change. */
  readonly originSequence?: number;
  readonly originLogId?: number;
  readonly outcome?: Outcome;
  readonly forwarded?: boolean;
  readonly joined?: boolean;
  readonly digest?: Buffer;
  readonly changedBins?: Uint8Array;
  readonly image?: Buffer;
}

export interface PrimaryOptions {
  readonly clock: Clock;
  readonly hybridClock: HybridClock;
  readonly sourceId: number;
  readonly namespaces: readonly NamespaceConfig[];
  readonly storage: Storage;
  readonly leases: Leases;
  /** There is too little space left for writes. */
  readonly diskLow: () => boolean;
  /** The clock is too far ahead of another datacenter's for writes of clients. */
  readonly clockRefuses: () => boolean;
  /** Whether a change that makes a record this image is to say what the record was before. */
  readonly keepsBefore: (namespaceId: number, image: Buffer) => boolean;
  readonly replica: (slot: Slot) => Replica | undefined;
}

/** A fence, or the clock, closes the datacenter to its clients only. */
export type ChangeRefusal = Exclude<RefusalReason, "fenced" | "clock-ahead">;

export class Primary {
  readonly #options: PrimaryOptions;
  /** Replicas with committed answers that wait for a lease. */
  readonly #held = new Set<Replica>();
  #unreleasedBytes = 0;
  #clientWrites = 0;
  #stopping = false;
  /** What the followed map closes to clients. */
  fence: FenceState = "open";

  constructor(options: PrimaryOptions) {
    this.#options = options;
  }

  get unreleasedBytes(): number {
    return this.#unreleasedBytes;
  }
  /** Writes of clients that were accepted and are not answered yet. */
  get clientWrites(): number {
    return this.#clientWrites;
  }
  get heldReplicas(): number {
    return this.#held.size;
  }

  /** From now on writes and reads are refused as stopping. */
  stop(): void {
    this.#stopping = true;
  }

  nowVoidTime(): number {
    return Math.floor(this.#options.clock.wallMs() / 1000) - VOID_TIME_EPOCH_SECONDS;
  }

  read(slot: Slot, digest: Buffer, done: (outcome: ReadOutcome) => void): void {
    const replica = this.#options.replica(slot);
    if (replica === undefined || !replica.partition.serving || this.#stopping) {
      done({ kind: "refused", reason: this.#refusal(replica) });
      return;
    }
    if (this.fence === "all" || this.fence === "held") {
      done({ kind: "refused", reason: "fenced" });
      return;
    }
    const latest = replica.latest(recordKey(digest));
    if (latest !== undefined) {
      replica.wait(latest.sequence, (held) =>
        done(
          held
            ? { kind: "read", image: this.#shown(viewOf(latest.image)) }
            : { kind: "refused", reason: "not-primary" },
        ),
      );
      return;
    }
    const stored = this.stored(slot, digest);
    if (stored === "corrupt" || !this.leaseHeld(replica)) done({ kind: "refused", reason: "unavailable" });
    else done({ kind: "read", image: this.#shown(stored) });
  }

  write(command: WriteCommand): void {
    const replica = this.#options.replica(command.slot);
    const refusal = this.refuseWrite(replica) ?? this.#refuseClient();
    if (replica === undefined || refusal !== undefined) {
      command.complete({ kind: "refused", reason: refusal ?? "not-primary" });
      return;
    }
    const latest = replica.latest(recordKey(command.digest));
    const current = latest === undefined ? this.stored(command.slot, command.digest) : viewOf(latest.image);
    if (current === "corrupt") {
      command.complete({ kind: "refused", reason: "unavailable" });
      return;
    }
    const nowVoidTime = this.nowVoidTime();
    const evaluation = command.evaluate(this.#shown(current), nowVoidTime);
    if (!evaluation.write) {
      this.#completeUnwritten(replica, latest?.sequence, command);
      return;
    }
    const seen = current?.seen ?? [];
    const lut = this.#options.hybridClock.next(highestSeen(seen));
    const generation = (current?.generation ?? 0) + 1;
    const { sourceId } = this.#options;
    const version = { generation, lut, sourceId, seen: seenAfterWrite(seen, sourceId, lut) };
    const namespace = this.namespaceOf(command.slot);
    const image = namespace["conflict-resolve-writes"]
      ? encodeStampedWrite(current, evaluation, { ...version, nowVoidTime })
      : encodeImage({ ...evaluation, ...version });
    if (image === undefined || image.length > namespace["max-record-size"]) {
      command.complete({ kind: "refused", reason: "too-big" });
      return;
    }
    replica.noteVoidTime(evaluation.voidTime);
    const applied: WriteOutcome = { kind: "applied", generation, voidTime: evaluation.voidTime };
    this.#clientWrites++;
    this.propose(
      replica,
      {
        kind: Kind.put,
        operation: evaluation.operation,
        digest: command.digest,
        changedBins: evaluation.changedBins,
        originSequence: ++replica.changes,
        image,
      },
      () => this.#answered(command, this.enoughInSync(replica) ? applied : { kind: "in-doubt" }),
      () => this.#answered(command, { kind: "in-doubt" }),
    );
  }

  #answered(command: WriteCommand, outcome: WriteOutcome): void {
    this.#clientWrites--;
    command.complete(outcome);
  }

  /** Makes an entry of the draft and appends it; one of the callbacks is called, once. */
  propose(replica: Replica, draft: Draft, onCommitted: () => void, onLost: () => void): void {
    const { partition } = replica;
    const sequence = partition.last + 1;
    const isPut = draft.kind === Kind.put && draft.digest !== undefined && draft.image !== undefined;
    const before = isPut ? this.before(replica, draft.digest, draft.image, draft.operation) : undefined;
    const entry = encodeEntry({
      kind: draft.kind,
      operation: draft.operation,
      partitionId: slotPartitionId(replica.slot),
      epoch: partition.epoch,
      sequence,
      originId: draft.originId ?? 0,
      originSequence: draft.originSequence ?? 0,
      originLogId: draft.originLogId ?? 0,
      outcome: draft.outcome,
      forwarded: draft.forwarded ?? false,
      joined: draft.joined ?? false,
      ...(draft.digest === undefined ? {} : { digest: draft.digest }),
      ...(draft.changedBins === undefined ? {} : { changedBins: draft.changedBins }),
      before,
      ...(draft.image === undefined ? {} : { image: draft.image }),
    });
    const isRecord = draft.digest !== undefined && draft.kind !== Kind.note;
    const key = isRecord ? recordKey(draft.digest) : undefined;
    const imageOffset = draft.image === undefined ? 0 : imageOffsetAt(entry, 0);
    this.append(replica, new Proposal(sequence, key, entry, imageOffset, onCommitted, onLost));
  }

  /**
   * What the record is before a change that makes it `image`, empty when there is none, for the change's
   * entry; undefined where nobody asks for it. An expired record is none, but for its own expiry.
   */
  before(replica: Replica, digest: Buffer, image: Buffer, operation: Operation): Buffer | undefined {
    if (!this.#options.keepsBefore(slotNamespaceId(replica.slot), image)) return undefined;
    const latest = replica.latest(recordKey(digest));
    const current = latest === undefined ? this.stored(replica.slot, digest) : viewOf(latest.image);
    if (current === "corrupt") return undefined;
    const isNone = operation === Operation.expire ? current?.tombstone : current?.isGone(this.nowVoidTime());
    return isNone === false ? this.#shown(current)?.bytes : NOTHING;
  }

  /** Appends an entry that was made for this log: the next sequence, the present epoch. */
  append(replica: Replica, proposal: Proposal): void {
    this.#unreleasedBytes += proposal.entry.length;
    replica.push(proposal);
    replica.partition.append(proposal.entry);
  }

  /** Everything up to `partition.committed` may be answered, if the lease stands. */
  release(replica: Replica): void {
    if (!replica.partition.serving) return;
    if (this.leaseHeld(replica)) {
      this.#held.delete(replica);
      this.#unreleasedBytes -= replica.release(replica.partition.committed);
    } else {
      this.#held.add(replica);
    }
  }

  /** A lease was renewed: what waited for it may be answered. */
  leaseRenewed(): void {
    if (this.#held.size === 0) return;
    for (const replica of [...this.#held]) this.release(replica);
  }

  /** The node is primary of this replica no more. */
  lose(replica: Replica): void {
    this.#held.delete(replica);
    this.#unreleasedBytes -= replica.lose();
  }

  /** Whether every peer that could take this node's place has promised not to, as of now. */
  leaseHeld(replica: Replica): boolean {
    const { required } = replica.partition;
    if (required.length === 0) return true;
    const now = this.#options.clock.monotonicMs();
    return required.every((peer) => this.#options.leases.holds(peer, now));
  }

  /**
   * Whether what is committed now has as many copies as `min-in-sync` wants. Asked before a write is
   * accepted, and again before it is acknowledged: what commits because a peer was counted out meanwhile
   * has fewer copies than were promised.
   */
  enoughInSync(replica: Replica): boolean {
    return replica.partition.required.length + 1 >= this.namespaceOf(replica.slot)["min-in-sync"];
  }

  /** The stored image; "corrupt" when damaged: never served, and repaired (record-repair.ts). */
  stored(slot: Slot, digest: Buffer): RecordImage | undefined | "corrupt" {
    try {
      return viewOf(this.#options.storage.get(slot, digest));
    } catch (error) {
      if (!(error instanceof MeridianError) || error.code !== "RECORD_CORRUPT") throw error;
      return "corrupt";
    }
  }

  /** What readers and writers see of an image: not the bins of it that have expired. */
  #shown(image: RecordImage | undefined): RecordImage | undefined {
    return image?.hasMixedLives ? withoutExpired(image, this.nowVoidTime()) : image;
  }

  /** False when there surely is no stored record of the digest at `offset` of `source`. */
  mayHold(slot: Slot, source: Buffer, offset: number): boolean {
    return this.#options.storage.mayHold(slot, source, offset);
  }

  namespaceOf(slot: Slot): NamespaceConfig {
    return this.#options.namespaces[slotNamespaceId(slot)] as NamespaceConfig;
  }

  /** Why this node accepts no change for the replica now, whoever brings it; undefined when it does. */
  refuseWrite(replica: Replica | undefined): ChangeRefusal | undefined {
    if (replica === undefined || !replica.partition.serving || this.#stopping) return this.#refusal(replica);
    if (!this.enoughInSync(replica)) return "too-few-copies";
    if (this.#options.diskLow()) return "full";
    return this.#unreleasedBytes > UNRELEASED_BYTES_MAX ? "busy" : undefined;
  }

  /** Why a client's write is refused that another datacenter's change is not. */
  #refuseClient(): "fenced" | "clock-ahead" | undefined {
    if (this.fence !== "open") return "fenced";
    return this.#options.clockRefuses() ? "clock-ahead" : undefined;
  }

  #refusal(replica: Replica | undefined): ChangeRefusal {
    if (this.#stopping) return "stopping";
    return replica?.partition.role === "primary" ? "unavailable" : "not-primary";
  }

  /** What the command saw must be committed, and this node still primary, before it is answered. */
  #completeUnwritten(replica: Replica, sequence: number | undefined, command: WriteCommand): void {
    if (sequence !== undefined) {
      replica.wait(sequence, (held) =>
        command.complete(held ? { kind: "unwritten" } : { kind: "refused", reason: "not-primary" }),
      );
    } else if (this.leaseHeld(replica)) command.complete({ kind: "unwritten" });
    else command.complete({ kind: "refused", reason: "unavailable" });
  }
}

function viewOf(image: Buffer | undefined): RecordImage | undefined {
  return image === undefined ? undefined : new RecordImage(image);
}
