/**
 * Puts a whole copy of a peer in the place of a damaged record. A record whose checksum fails is
 * never served and never overwritten by a write that should have seen it; until it is repaired, its
 * reads and writes are refused as unavailable.
 *
 * Guarantees: only a copy that is whole, and at least as new as everything committed, replaces a
 * damaged record, and only while nothing newer is on its way to the disk. At the primary nothing can
 * be, since writes to the record are refused; a replica makes sure that its log stood still from the
 * question to the answer. The copy needs no log entry: the log says already what the record is.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { DAMAGED_RECORDS_MAX, DIGEST_BYTES } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import type { NodeId, Slot } from "../../proto/cluster-map.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/peer.js";
import { decodeRecordRows, encodeRecordRows } from "../../proto/record-rows.ts";
import { RecordImage } from "../../proto/record.ts";
import type { Storage } from "../store/storage.ts";
import type { GroupCommit } from "./group-commit.ts";
import { type Replica, recordKey } from "./replica.ts";

const { FetchedRecords, FetchRecords } = meridian.peer;

/** How often a repair that did not succeed is tried again, milliseconds. */
const RETRY_MS = 250;
/** Request ids of repairs begin here: those of copies (copy-in.ts) count from 1. */
const FIRST_REQUEST_ID = 0x8000_0000;

interface Damaged {
  readonly slot: Slot;
  readonly digest: Buffer;
  /** Peers asked so far: the next in-sync peer is tried each time. */
  tries: number;
}

interface Asked {
  readonly damaged: Damaged;
  readonly epoch: number;
  /** Last sequence of the own log at the time of the question. */
  readonly last: number;
}

export interface RecordRepairOptions {
  readonly storage: Storage;
  readonly commit: GroupCommit;
  readonly log: Logger;
  readonly replica: (slot: Slot) => Replica | undefined;
  /** To a replica, when this node is the primary; false without a connection. */
  readonly sendToReplica: (peer: NodeId, meta: Uint8Array, digest: Buffer) => boolean;
  /** To the primary, when this node is a replica. */
  readonly sendToPrimary: (peer: NodeId, meta: Uint8Array, digest: Buffer) => boolean;
  readonly onFailure: (error: unknown) => void;
}

export class RecordRepair {
  readonly #options: RecordRepairOptions;
  readonly #damaged = new Map<string, Damaged>();
  readonly #asked = new Map<number, Asked>();
  #nextRequestId = FIRST_REQUEST_ID;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Reads that met a damaged record, and records that were put right. */
  met = 0;
  repaired = 0;

  constructor(options: RecordRepairOptions) {
    this.#options = options;
  }

  /** Records that are known to be damaged now. */
  get pending(): number {
    return this.#damaged.size;
  }

  /** A read met a damaged record: it is repaired in the background. */
  note(slot: Slot, digest: Buffer): void {
    this.met++;
    const key = `${slot}/${recordKey(digest)}`;
    if (this.#stopped || this.#damaged.has(key) || this.#damaged.size >= DAMAGED_RECORDS_MAX) return;
    this.#options.log.error({ slot, digest: digest.toString("hex") }, "damaged record");
    this.#damaged.set(key, { slot, digest: Buffer.from(digest), tries: 0 });
    // Not within the read that found it.
    setImmediate(() => this.#askAll());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Answers a primary's question for this replica's copies. */
  answer(from: NodeId, frame: Frame, reply: (meta: Uint8Array, bodies: readonly Buffer[]) => void): void {
    const { slot, epoch, requestId } = FetchRecords.decode(frame.meta);
    const partition = this.#options.replica(slot)?.partition;
    try {
      const follows = partition?.phase === "following" && partition.primary === from;
      if (!follows || partition.epoch !== epoch) {
        throw new MeridianError("UNAVAILABLE", `slot ${slot} does not follow here`);
      }
      const rows = [];
      for (let offset = 0; offset < frame.body.length; offset += DIGEST_BYTES) {
        const digest = frame.body.subarray(offset, offset + DIGEST_BYTES);
        rows.push({ digest, image: this.#options.storage.get(slot, digest) });
      }
      reply(FetchedRecords.encode({ slot, requestId }).finish(), encodeRecordRows(rows));
    } catch (error) {
      if (!(error instanceof MeridianError)) throw error;
      reply(FetchedRecords.encode({ slot, requestId, failure: error.message }).finish(), []);
    }
  }

  /** The answer to a question of this node; false when it is none of the repairs'. */
  answered(frame: Frame): boolean {
    const { requestId, failure } = FetchedRecords.decode(frame.meta);
    const asked = this.#asked.get(requestId);
    if (asked === undefined) return requestId >= FIRST_REQUEST_ID;
    this.#asked.delete(requestId);
    const [row] = failure === "" ? decodeRecordRows(frame.body) : [];
    // No copy there either, or a damaged one: the next peer is asked in its turn.
    if (row?.image !== undefined) this.#replace(asked, Buffer.from(row.image));
    return true;
  }

  #askAll(): void {
    if (this.#stopped) return;
    // What was not answered is asked anew.
    this.#asked.clear();
    for (const damaged of this.#damaged.values()) this.#ask(damaged);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#damaged.size > 0) this.#askAll();
    }, RETRY_MS);
  }

  #ask(damaged: Damaged): void {
    const { replica, sendToReplica, sendToPrimary } = this.#options;
    const partition = replica(damaged.slot)?.partition;
    if (partition === undefined || partition.role === "none" || partition.role === "learner") {
      // Not counted as a copy: it is emptied, or joins and is asked for by whoever reads it then.
      this.#forget(damaged);
      return;
    }
    const { slot, digest, tries } = damaged;
    const requestId = this.#nextRequestId++;
    if (this.#nextRequestId > 0xffff_ffff) this.#nextRequestId = FIRST_REQUEST_ID;
    const meta = FetchRecords.encode({ slot, epoch: partition.epoch, requestId }).finish();
    damaged.tries++;
    if (partition.role === "primary") {
      const peer = partition.required[tries % partition.required.length];
      if (peer === undefined || !sendToReplica(peer, meta, digest)) return;
    } else if (partition.primary === null || !sendToPrimary(partition.primary, meta, digest)) return;
    this.#asked.set(requestId, { damaged, epoch: partition.epoch, last: partition.last });
  }

  #replace({ damaged, epoch, last }: Asked, image: Buffer): void {
    const { slot, digest } = damaged;
    const { replica, commit, log, onFailure } = this.#options;
    const owner = replica(slot);
    if (owner === undefined || owner.partition.epoch !== epoch || owner.latest(recordKey(digest))) return;
    if (owner.partition.role !== "primary" && owner.partition.last !== last) return;
    if (!this.#isDamaged(slot, digest)) {
      this.#forget(damaged);
      return;
    }
    try {
      RecordImage.checked(image);
    } catch (error) {
      log.warn({ slot, reason: errorMessage(error) }, "the copy of a damaged record is damaged, too");
      return;
    }
    this.#forget(damaged);
    commit.write({ records: [{ slot, digest, image }] }).then(() => {
      this.repaired++;
      log.warn({ slot, digest: digest.toString("hex") }, "damaged record repaired from a peer");
    }, onFailure);
  }

  /** As of now: a newer write may have replaced it meanwhile. */
  #isDamaged(slot: Slot, digest: Buffer): boolean {
    try {
      this.#options.storage.get(slot, digest);
      return false;
    } catch (error) {
      if (error instanceof MeridianError && error.code === "RECORD_CORRUPT") return true;
      throw error;
    }
  }

  #forget({ slot, digest }: Damaged): void {
    this.#damaged.delete(`${slot}/${recordKey(digest)}`);
  }
}
