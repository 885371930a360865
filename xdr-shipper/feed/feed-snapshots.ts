/**
 * Records of a partition as they stand, for readers that begin: read from the partition's primary, chunk by
 * chunk as the reader asks, and handed to it alone. A view holds what is committed up to one sequence of the
 * log, which ends the answer: what the log has above it follows it without a gap.
 *
 * A reader that stops asking loses its view after a while, as it does when the primary changes; it is
 * refused then, and reads the partition anew.
 */
import { FEED_SNAPSHOTS_MAX, SHIP_LANES } from "../../common/limits.ts";
import { meridian } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import { decodeRecordRows, type RecordRowBytes } from "../../proto/record-rows.ts";
import type { Frame } from "../../proto/frame.ts";
import type { SnapshotReply, SnapshotRequest } from "./feed-desk.ts";

const { ScanPull, ScanDrop, ScanChunk } = meridian.tail;

/** The nodes' views live two minutes. */
const IDLE_MS = 60_000;

interface OpenSnapshot {
  readonly reader: string;
  readonly number: number;
  readonly node: number;
  readonly partition: number;
  readonly tombstones: boolean;
  /** To whom the chunk goes that is under way. */
  reply: SnapshotReply | undefined;
  usedAt: number;
}

/** What a record's message says of the view that it is from. */
export interface StandingPlace {
  readonly logId: number;
  readonly partition: number;
  readonly sequence: number;
  /** Deleted records are told. */
  readonly tombstones: boolean;
}

export interface FeedSnapshotsOptions {
  readonly now: () => number;
  /** Lanes that this instance works on. */
  readonly lanes: () => readonly number[];
  readonly logId: () => number;
  /** The connection to a partition's primary, -1 when none is known. */
  readonly primary: (partition: number) => number;
  readonly send: (node: number, type: MessageType, meta: Uint8Array) => void;
  /** A record as a message; undefined when the feed does not tell it. */
  readonly encode: (place: StandingPlace, row: RecordRowBytes) => Uint8Array | undefined;
}

export class FeedSnapshots {
  readonly #options: FeedSnapshotsOptions;
  /** By the number that the nodes know it by. */
  readonly #open = new Map<number, OpenSnapshot>();
  #number = 0;

  constructor(options: FeedSnapshotsOptions) {
    this.#options = options;
  }

  /** A reader asks for a chunk. Partitions of other instances' lanes are theirs to answer. */
  ask(request: SnapshotRequest, reply: SnapshotReply): void {
    const { lanes, logId, now, send } = this.#options;
    const { partition, chunk } = request;
    if (!lanes().includes(partition % SHIP_LANES) || logId() === 0) return;
    const open = chunk === 0 ? this.#begin(request, reply) : this.#find(request, reply);
    if (open === undefined) return;
    open.reply = reply;
    open.usedAt = now();
    const pull = ScanPull.encode({ scan: open.number, slot: partition, chunk }).finish();
    send(open.node, MessageType.scanPull, pull);
  }

  /** True when the frame was one of a snapshot's. */
  receive(frame: Frame): boolean {
    if (frame.type !== MessageType.scanChunk) return false;
    const { scan, last, to, error } = ScanChunk.decode(frame.meta);
    const open = this.#open.get(scan);
    if (open?.reply === undefined) return true;
    const { partition, tombstones, reply } = open;
    open.reply = undefined;
    if (error !== "" || last) this.#open.delete(scan);
    if (error !== "") {
      refuse(reply, "UNAVAILABLE", error);
      return true;
    }
    const logId = this.#options.logId();
    let records = 0;
    for (const row of decodeRecordRows(frame.body)) {
      const message = this.#options.encode({ logId, partition, sequence: to, tombstones }, row);
      if (message === undefined) continue;
      reply.record(message);
      records++;
    }
    reply.end({ log: logId, partition, sequence: to, records, last });
    return true;
  }

  /** A node's connection is gone, and with it its views. */
  gone(node: number): void {
    for (const open of [...this.#open.values()]) {
      if (open.node !== node) continue;
      this.#open.delete(open.number);
      if (open.reply !== undefined) refuse(open.reply, "UNAVAILABLE", "the partition's primary is gone");
    }
  }

  /** Frees what nobody asks for any more. */
  tick(): void {
    const { now, send } = this.#options;
    const oldest = now() - IDLE_MS;
    for (const open of [...this.#open.values()]) {
      if (open.usedAt >= oldest) continue;
      this.#open.delete(open.number);
      send(open.node, MessageType.scanDrop, ScanDrop.encode({ scan: open.number }).finish());
    }
  }

  #begin(request: SnapshotRequest, reply: SnapshotReply): OpenSnapshot | undefined {
    const { primary, now } = this.#options;
    const node = primary(request.partition);
    if (node < 0) {
      refuse(reply, "UNAVAILABLE", "the partition has no primary now");
      return undefined;
    }
    if (this.#open.size >= FEED_SNAPSHOTS_MAX) {
      refuse(reply, "BUSY", "too many partitions are being read");
      return undefined;
    }
    const { scan: reader, partition, tombstones } = request;
    const number = ++this.#number;
    const open = { reader, number, node, partition, tombstones, reply, usedAt: now() };
    this.#open.set(number, open);
    return open;
  }

  #find({ scan, partition }: SnapshotRequest, reply: SnapshotReply): OpenSnapshot | undefined {
    const open = [...this.#open.values()].find((one) => one.reader === scan && one.partition === partition);
    if (open !== undefined && open.reply === undefined) return open;
    const problem = open === undefined ? "the reading of the partition has ended" : "a chunk is under way";
    refuse(reply, "UNAVAILABLE", `${problem}: begin it anew`);
    return undefined;
  }
}

function refuse(reply: SnapshotReply, code: string, message: string): void {
  reply.end({ error: { code, message } });
}
