/**
 * A datacenter in memory around the real node side of XDR: real fabric listeners, real XdrServer,
 * the real cluster map in a real KV bucket, and a double of the replication core. All nodes share
 * one set of slots, as if replication were perfect; what is under test is everything between two
 * datacenters.
 */
import { createHash } from "node:crypto";
import { Kvm } from "@nats-io/kv";
import { connect } from "@nats-io/transport-node";
import { HybridClock, systemClock } from "../../common/clock.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { merge } from "../../common/version/order.ts";
import { highestSeen, seenAfterWrite } from "../../common/version/version.ts";
import type { FeedHolds } from "../../node/xdr/feed-holds.ts";
import {
  type ApplyCounts,
  noCounts,
  type RemoteRun,
  type RemoteScanChunk,
} from "../../node/xdr/remote-apply.ts";
import {
  type ClusterMap,
  NO_FENCE,
  NO_SHUT_OUTS,
  partitionOfDigest,
  type Slot,
} from "../../proto/cluster-map.ts";
import { encodeMap } from "../../proto/cluster-map-codec.ts";
import { Outcome } from "../../proto/ledger.ts";
import { Entry, EntryKind, encodeEntry, Operation, splitEntries } from "../../proto/entry.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { CONTROL_BUCKET, MAP_KEY } from "../../proto/subjects.ts";
import type { MemberWatch } from "../../xdr-shipper/tail/member-watch.ts";
import { MemoryNode } from "./memory-node.ts";
import type { MemoryLog } from "./memory-tail.ts";

export interface SlotData extends MemoryLog {
  readonly records: Map<string, Buffer>;
  committed: number;
  /** Own changes up to `committed`, and all that were made. */
  changes: number;
  written: number;
  readonly applied: Map<number, { logId: number; sequence: number }>;
  scan: { id: number; next: number } | undefined;
}

type Counts = ReturnType<typeof noCounts>;
/** What became of a run or chunk. */
export interface Applied {
  readonly gap: boolean;
  readonly position: number;
  readonly logId: number;
  readonly counts: ApplyCounts;
}

type Origin = {
  readonly id: number;
  readonly logId: number;
  readonly sequence: number;
  readonly outcome?: Outcome;
};
/** Of a change that came as one: what a scan brings has none. */
const OUTCOMES = {
  ...{ created: Outcome.applied, overwrote: Outcome.applied, stale: Outcome.superseded },
  ...{ won: Outcome.conflictWon, lost: Outcome.conflictLost },
} as const;
const LOCAL: Origin = { id: 0, logId: 0, sequence: 0 };

export interface MemoryDatacenterOptions {
  readonly name: string;
  readonly sourceId: number;
  /** Changes when the datacenter is wiped. */
  logId: number;
  readonly namespaces: readonly string[];
  readonly nodes: number;
  readonly nats: string;
  /** Declared consumers of its change feeds. */
  readonly holds?: FeedHolds;
}

export class MemoryDatacenter {
  readonly options: MemoryDatacenterOptions;
  /** Its changes are held back by a fence. */
  held = false;
  readonly counts: Counts = noCounts();
  /** Highest sequence told as shipped, by `destination.slot`. */
  readonly shipped = new Map<string, number>();
  readonly #slots: SlotData[] = [];
  readonly #primary: number[] = [];
  readonly #nodes: MemoryNode[] = [];
  readonly #clock = new HybridClock(systemClock());
  #mapVersion = 0;
  #uncommitted = new Set<Slot>();

  constructor(options: MemoryDatacenterOptions) {
    this.options = options;
    for (let slot = 0; slot < options.namespaces.length * PARTITION_COUNT; slot++) {
      this.#slots.push(emptySlot());
      this.#primary.push(slot % options.nodes);
    }
  }

  /** Starts the nodes and puts their map into the control KV. */
  async start(): Promise<void> {
    await this.listen();
    await this.putMap();
  }

  /** Starts the nodes only. */
  async listen(): Promise<void> {
    for (let index = 0; index < this.options.nodes; index++) {
      this.#nodes.push(await MemoryNode.start(this, index));
    }
  }

  fabricAddress(node: number): string {
    return this.#map().members[node]?.fabric ?? "";
  }

  /** The members as a MemberWatch gives them. */
  members(): Pick<MemberWatch, "listen" | "map"> {
    return {
      map: this.#map(),
      listen: (listener) => {
        listener(this.#map().members, this.#map().clusterId);
        return () => undefined;
      },
    };
  }

  async close(): Promise<void> {
    for (const node of this.#nodes) await node.close();
  }

  /** Puts the cluster map into the control KV, as nodes do when it is emptied. */
  async putMap(): Promise<void> {
    const connection = await connect({ servers: this.options.nats });
    this.#mapVersion++;
    const bucket = await new Kvm(connection).create(CONTROL_BUCKET, { history: 1 });
    await bucket.put(MAP_KEY, encodeMap(this.#map()));
    await connection.close();
  }

  #map(): ClusterMap {
    const { name, namespaces, logId } = this.options;
    const rows = Array.from({ length: PARTITION_COUNT }, () => ({
      epoch: 1,
      primary: nodeId(0),
      inSync: [nodeId(0)],
      assigned: [nodeId(0)],
    }));
    return {
      version: this.#mapVersion,
      clusterId: `cluster-${name}`,
      fence: NO_FENCE,
      shutOuts: NO_SHUT_OUTS,
      ...(this.options.holds?.orders.order ? { feeds: this.options.holds.orders } : {}),
      members: this.#nodes.map((node, index) => ({
        id: nodeId(index),
        name: `${name}-${index}`,
        rackId: 0,
        service: "127.0.0.1:1",
        fabric: `127.0.0.1:${node.port}`,
        admin: "127.0.0.1:1",
        boot: 1,
        state: "up",
        changedAt: 0,
      })),
      namespaces: namespaces.map((namespace) => ({ name: namespace, logId, rows })),
    };
  }

  // ---- what a client does -----------------------------------------------------------------------

  put(namespace: string, key: string, value: string | Buffer): void {
    this.#write(namespace, key, Buffer.from(value), false);
  }
  delete(namespace: string, key: string): void {
    this.#write(namespace, key, Buffer.alloc(0), true);
  }
  get(namespace: string, key: string): Buffer | undefined {
    const digest = digestOf(key);
    const image = this.#slots[this.#slotOf(namespace, digest)]?.records.get(digest.toString("hex"));
    if (image === undefined || new RecordImage(image).tombstone) return undefined;
    return new RecordImage(image).bins;
  }

  // ---- what a test does ---------------------------------------------------------------------------

  /** Every record, tombstones included, by namespace and digest: equal datacenters have equal ones. */
  contents(): Map<string, string> {
    const contents = new Map<string, string>();
    for (const [slot, data] of this.#slots.entries()) {
      const namespace = this.options.namespaces[Math.floor(slot / PARTITION_COUNT)];
      for (const [digest, image] of data.records) {
        contents.set(`${namespace}/${digest}`, createHash("sha1").update(image).digest("hex"));
      }
    }
    return contents;
  }

  /** Generation of every record of a namespace that is not deleted, by its digest in base64. */
  generations(namespace: string): Map<string, number> {
    const first = this.options.namespaces.indexOf(namespace) * PARTITION_COUNT;
    const found = new Map<string, number>();
    for (const { records } of this.#slots.slice(first, first + PARTITION_COUNT)) {
      for (const [digest, bytes] of records) {
        const image = new RecordImage(bytes);
        if (!image.tombstone) found.set(Buffer.from(digest, "hex").toString("base64"), image.generation);
      }
    }
    return found;
  }

  /** Resolves when all that was written is committed. */
  async settled(): Promise<void> {
    while (this.#uncommitted.size > 0) await new Promise(setImmediate);
  }

  /** Moves every slot's primary to the next node. */
  movePrimaries(): void {
    const slots = this.#primary.map((node, slot) => {
      this.#primary[slot] = (node + 1) % this.options.nodes;
      return slot;
    });
    for (const node of this.#nodes) node.primaryChanged(slots);
  }

  /** Gives every slot to one node, or to none. */
  setPrimaries(node: number | undefined): void {
    const slots = this.#primary.map((_, slot) => {
      this.#primary[slot] = node ?? -1;
      return slot;
    });
    for (const one of this.#nodes) one.primaryChanged(slots);
  }

  /** Frees the log of every slot up to its committed end. */
  trimAll(): void {
    for (const data of this.#slots) {
      data.first += data.entries.length;
      data.entries.length = 0;
    }
  }

  /** Loses every record, log and position: a new datacenter by the old name. */
  async wipe(): Promise<void> {
    for (let slot = 0; slot < this.#slots.length; slot++) this.#slots[slot] = emptySlot();
    this.options.logId++;
    for (const node of this.#nodes) await node.reset();
  }

  /** Entries in the log, per kind and origin: what came by XDR has an origin. */
  logEntries(): { local: number; remote: number } {
    let local = 0;
    let remote = 0;
    for (const data of this.#slots) {
      for (const bytes of data.entries) {
        if (new Entry(bytes).originId === 0) local++;
        else remote++;
      }
    }
    return { local, remote };
  }

  // ---- the core, for the nodes ----------------------------------------------------------------------

  data(slot: Slot): SlotData {
    const data = this.#slots[slot];
    if (data === undefined) throw new Error(`no slot ${slot}`);
    return data;
  }
  isPrimary(slot: Slot, node: number): boolean {
    return this.#primary[slot] === node;
  }

  applyRun(run: RemoteRun): Applied {
    const data = this.data(run.slot);
    const position = data.applied.get(run.originId);
    const applied = position?.logId === run.originLogId ? position.sequence : 0;
    const counts = noCounts();
    const otherLog = position !== undefined && position.logId !== run.originLogId;
    if (run.from > applied + 1 || (otherLog && run.from !== 1)) {
      return { gap: true, position: position?.sequence ?? 0, logId: position?.logId ?? 0, counts };
    }
    for (const bytes of splitEntries(run.bytes.subarray(run.offset, run.end))) {
      const entry = Entry.checked(bytes);
      if (entry.sequence <= applied) counts.duplicate++;
      else this.#merge(run.slot, run, entry.digest, entry.imageBytes, entry.sequence, counts);
    }
    const sequence = Math.max(applied, run.to);
    this.#setApplied(run, sequence);
    return { gap: false, position: sequence, logId: run.originLogId, counts };
  }

  applyScanChunk(chunk: RemoteScanChunk): Applied {
    const data = this.data(chunk.slot);
    const position = data.applied.get(chunk.originId);
    const applied = position?.logId === chunk.originLogId ? position.sequence : 0;
    const counts = noCounts();
    const expected = data.scan?.id === chunk.scanId ? data.scan.next : 0;
    if (chunk.chunk !== expected) {
      data.scan = undefined;
      return { gap: true, position: position?.sequence ?? 0, logId: position?.logId ?? 0, counts };
    }
    for (const { digest, image } of chunk.records)
      this.#merge(chunk.slot, chunk, digest, image, applied, counts, true);
    data.scan = chunk.last ? undefined : { id: chunk.scanId, next: expected + 1 };
    if (chunk.last) this.#setApplied(chunk, Math.max(applied, chunk.to));
    return {
      gap: false,
      position: chunk.last ? Math.max(applied, chunk.to) : applied,
      logId: chunk.originLogId,
      counts,
    };
  }

  mark(slot: Slot): { sequence: number; changes: number } {
    const data = this.data(slot);
    const sequence = data.first + data.entries.length;
    const entry = encodeEntry({
      ...{ kind: EntryKind.position, operation: Operation.none, partitionId: slot % PARTITION_COUNT },
      ...{ epoch: 1, sequence, originId: 0, originSequence: 0, originLogId: 0 },
    });
    data.entries.push(entry);
    this.#touch(slot);
    return { sequence, changes: data.written };
  }

  #touch(slot: Slot): void {
    if (this.#uncommitted.size === 0) setImmediate(() => this.#commit());
    this.#uncommitted.add(slot);
  }

  #setApplied(run: { slot: Slot; originId: number; originLogId: number }, sequence: number): void {
    this.data(run.slot).applied.set(run.originId, { logId: run.originLogId, sequence });
  }

  #merge(
    slot: Slot,
    from: { originId: number; originLogId: number },
    digest: Buffer,
    image: Buffer,
    sequence: number,
    counts: Counts,
    isScan = false,
  ): void {
    const key = digest.toString("hex");
    const data = this.data(slot);
    const before = data.records.get(key);
    const current = before === undefined ? undefined : new RecordImage(before);
    const incoming = RecordImage.checked(image);
    const merged = merge("last-update-time", current, incoming);
    const wins = merged.outcome !== "stale" && merged.outcome !== "lost";
    if (merged.outcome === "created" || merged.outcome === "overwrote") counts.applied++;
    else if (merged.outcome === "stale") counts.superseded++;
    else if (merged.outcome === "won") counts.conflictWon++;
    else counts.conflictLost++;
    if (!merged.changed) return;
    const survivor = wins || current === undefined ? incoming : current;
    const stored = survivor.withSeen(merged.seen);
    const outcome = isScan ? Outcome.none : OUTCOMES[merged.outcome];
    const { originId: id, originLogId: logId } = from;
    this.#append(slot, Buffer.from(digest), stored, { id, logId, sequence, outcome });
  }

  #write(namespace: string, key: string, value: Buffer, tombstone: boolean): void {
    const digest = digestOf(key);
    const slot = this.#slotOf(namespace, digest);
    const before = this.data(slot).records.get(digest.toString("hex"));
    const current = before === undefined ? undefined : new RecordImage(before);
    const lut = this.#clock.next(current === undefined ? 0n : highestSeen(current.seen));
    const { sourceId } = this.options;
    const image = encodeImage({
      generation: (current?.generation ?? 0) + 1,
      lut,
      sourceId,
      voidTime: 0,
      tombstone,
      seen: seenAfterWrite(current?.seen ?? [], sourceId, lut),
      setName: Buffer.from("s"),
      userKey: Buffer.alloc(0),
      binCount: 1,
      bins: value,
    });
    this.#append(slot, digest, image, LOCAL);
  }

  #append(slot: Slot, digest: Buffer, image: Buffer, origin: Origin): void {
    const data = this.data(slot);
    const before = data.records.get(digest.toString("hex"));
    const sequence = data.first + data.entries.length;
    const entry = encodeEntry({
      kind: EntryKind.put,
      operation: operationOf(before, new RecordImage(image)),
      partitionId: slot % PARTITION_COUNT,
      epoch: 1,
      sequence,
      originId: origin.id,
      originSequence: origin.sequence,
      originLogId: origin.logId,
      outcome: origin.outcome,
      digest,
      image,
    });
    data.entries.push(entry);
    if (origin === LOCAL) data.written++;
    data.records.set(digest.toString("hex"), image);
    this.#touch(slot);
  }

  #commit(): void {
    const slots = [...this.#uncommitted];
    this.#uncommitted = new Set();
    for (const slot of slots) {
      const data = this.data(slot);
      data.committed = data.first + data.entries.length - 1;
      data.changes = data.written;
    }
    for (const node of this.#nodes) node.committed(slots);
  }

  #slotOf(namespace: string, digest: Buffer): Slot {
    return this.options.namespaces.indexOf(namespace) * PARTITION_COUNT + partitionOfDigest(digest);
  }
}

function operationOf(before: Buffer | undefined, image: RecordImage): Operation {
  if (image.tombstone) return Operation.delete;
  return before === undefined || new RecordImage(before).tombstone ? Operation.insert : Operation.update;
}

function emptySlot(): SlotData {
  const nothing = { first: 1, committed: 0, changes: 0, written: 0 };
  return { ...nothing, entries: [], records: new Map(), applied: new Map(), scan: undefined };
}

function digestOf(key: string): Buffer {
  return createHash("ripemd160").update(key).digest();
}

function nodeId(index: number): string {
  return index.toString(16).toUpperCase().padStart(16, "0");
}
