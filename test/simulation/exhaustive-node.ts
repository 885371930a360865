/**
 * One node of the exhaustive small world: the real partition core in the least shell that keeps what
 * SPEC.md says the core relies on. It has no time and no random source: it is what it is by the events
 * it has had, so any of its states can be made again by giving them to it anew.
 *
 * Less than the real shell: one slot; logs are not trimmed and records not kept, so nothing is copied
 * and a repair is a truncation alone; what has come by a flush goes down as one group.
 */
import { assert } from "../../common/assert.ts";
import type { NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import { encodeEntry, Entry, EntryKind, Operation } from "../../proto/entry.ts";
import type { Effects, JoinAnswer, JoinRequest } from "../../node/partition/effects.ts";
import type { Partition } from "../../node/partition/partition.ts";
import type { Flaw, MakePartition } from "./partition-world.ts";

export interface SmallMember {
  readonly boot: number;
  readonly up: boolean;
  readonly changedAt: number;
}

/** The cluster map of one slot; members by index, which is also their id. */
export interface SmallMap {
  readonly version: number;
  readonly row: PartitionRow;
  readonly members: readonly SmallMember[];
}

export type SmallMessage =
  | { readonly type: "hello" }
  | {
      readonly type: "append";
      readonly epoch: number;
      readonly first: number;
      readonly entries: readonly string[];
    }
  | { readonly type: "ack"; readonly rows: readonly (readonly [epoch: number, last: number])[] }
  | { readonly type: "join"; readonly request: JoinRequest }
  | { readonly type: "join-answer"; readonly epoch: number; readonly answer: JoinAnswer }
  | { readonly type: "handover"; readonly epoch: number }
  /** The end of the connection, after which nothing of it comes. */
  | { readonly type: "down" };

/** Whose connection it is: the one that this node dialled, or the one that the peer did. */
export type Side = "dialled" | "accepted";

export type LocalEvent =
  | { readonly kind: "map"; readonly map: SmallMap }
  | { readonly kind: "promise-over" }
  | { readonly kind: "write"; readonly value: string }
  | { readonly kind: "flush" }
  | { readonly kind: "repair" }
  | { readonly kind: "tick" }
  | { readonly kind: "connected"; readonly peer: number }
  | { readonly kind: "message"; readonly side: Side; readonly peer: number; readonly message: SmallMessage };

export interface SmallAsk {
  readonly member: NodeId;
  readonly add: boolean;
  readonly epoch: number;
  readonly mapVersion: number;
  readonly from: NodeId;
}

export type Output =
  | { readonly kind: "send"; readonly side: Side; readonly peer: number; readonly message: SmallMessage }
  | { readonly kind: "ask"; readonly ask: SmallAsk }
  /** The node calls its log committed up to here; with what is on its disk then. */
  | { readonly kind: "committed"; readonly sequence: number; readonly disk: readonly string[] };

/** What others can see of a node's state. */
export interface View {
  readonly disk: readonly string[];
  readonly pending: readonly string[];
  readonly mapVersion: number;
  readonly serving: boolean;
  readonly phase: string;
  readonly committed: number;
  readonly required: readonly number[];
  /** Sequences of writes that this life has taken and not lost. */
  readonly ownWrites: readonly number[];
  /** It waits for these nodes' leases; null: it waits for nobody. */
  readonly awaits: readonly number[] | null;
  readonly repairing: boolean;
  /** Peers with whom it has a connection, as it knows. */
  readonly dialled: readonly number[];
  readonly accepted: readonly number[];
}

const TEXTS = new WeakMap<object, string>();

/** Equal text, equal content; worked out once for each object, none of which ever changes. */
export function textOf(value: object): string {
  const known = TEXTS.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  TEXTS.set(value, text);
  return text;
}

const LOG_BYTES = new Map<string, Buffer>();

/** An entry as text: epoch, then `barrier` or the value written; its sequence is where it stands. */
function bytesOf(text: string, sequence: number): Buffer {
  const key = `${sequence} ${text}`;
  const known = LOG_BYTES.get(key);
  if (known !== undefined) return known;
  const [epoch = "", value = ""] = text.split(":");
  const isBarrier = value === "barrier";
  const head = {
    partitionId: 0,
    epoch: Number(epoch),
    sequence,
    originId: 0,
    originSequence: 0,
    originLogId: 0,
  };
  const bytes = isBarrier
    ? encodeEntry({ ...head, kind: EntryKind.barrier, operation: Operation.none })
    : encodeEntry({
        ...head,
        kind: EntryKind.put,
        operation: Operation.update,
        digest: Buffer.from("k".padEnd(20)),
        image: Buffer.from(value),
      });
  LOG_BYTES.set(key, bytes);
  return bytes;
}

function entryText(bytes: Buffer): string {
  const entry = new Entry(bytes);
  const value = entry.kind === EntryKind.put ? entry.imageBytes.toString("latin1") : "barrier";
  return `${entry.epoch}:${value}`;
}

function historyOf(log: readonly string[]): { epoch: number; firstSequence: number }[] {
  const history: { epoch: number; firstSequence: number }[] = [];
  log.forEach((text, index) => {
    const epoch = Number(text.split(":")[0]);
    if (history.at(-1)?.epoch !== epoch) history.push({ epoch, firstSequence: index + 1 });
  });
  return history;
}

function isSameRow(a: PartitionRow, b: PartitionRow): boolean {
  return a === b || textOf(a) === textOf(b);
}

export class SmallNode implements Effects {
  readonly index: number;
  readonly boot: number;
  readonly partition: Partition;
  readonly #flaws: ReadonlySet<Flaw>;
  #disk: string[];
  #pending: string[] = [];
  #map: SmallMap | undefined;
  /** Epochs and lasts of accepted entries, by the peer that sent them, until the next flush. */
  #acks = new Map<number, [number, number][]>();
  #ownWrites: number[] = [];
  #promise: { readonly epoch: number; readonly awaits: readonly number[] } | undefined;
  #handedOver = 0;
  #truncation: { readonly primary: number; readonly sequence: number } | undefined;
  readonly #dialled = new Set<number>();
  readonly #accepted = new Set<number>();
  // What one event collects until its end.
  #out: Output[] = [];
  #replicated = new Map<number, { first: number; entries: string[] }>();
  #join: number | undefined;
  #asks: { readonly peer: number; readonly add: boolean }[] = [];
  #catchUps: { readonly peer: number; readonly sequence: number }[] = [];
  #handOvers: { readonly heir: number; readonly epoch: number }[] = [];

  constructor(
    index: number,
    boot: number,
    disk: readonly string[],
    make: MakePartition,
    flaws: ReadonlySet<Flaw>,
  ) {
    this.index = index;
    this.boot = boot;
    this.#disk = [...disk];
    this.#flaws = flaws;
    this.partition = make(0, String(index), { last: disk.length, history: historyOf(disk) }, this);
  }

  /** One event, and what comes of it. */
  step(event: LocalEvent): readonly Output[] {
    this.#out = [];
    this.#handle(event);
    this.#finish();
    return this.#out;
  }

  get view(): View {
    const { partition } = this;
    return {
      disk: [...this.#disk],
      pending: [...this.#pending],
      mapVersion: this.#map?.version ?? 0,
      serving: partition.serving,
      phase: partition.phase,
      committed: partition.committed,
      required: partition.required.map(Number),
      ownWrites: [...this.#ownWrites],
      awaits: this.#promise?.awaits ?? null,
      repairing: this.#truncation !== undefined,
      dialled: [...this.#dialled],
      accepted: [...this.#accepted],
    };
  }

  /** Everything that decides what it does from here on. */
  fingerprint(): string {
    return JSON.stringify([
      this.partition.fingerprint(),
      this.boot,
      this.#disk,
      this.#pending,
      this.#map,
      [...this.#acks].sort(([a], [b]) => a - b),
      this.#ownWrites,
      this.#promise,
      this.#handedOver,
      this.#truncation,
      [...this.#dialled].sort(),
      [...this.#accepted].sort(),
    ]);
  }

  #handle(event: LocalEvent): void {
    switch (event.kind) {
      case "map":
        this.#follow(event.map);
        return;
      case "promise-over":
        this.#promiseOver();
        return;
      case "write": {
        const sequence = this.partition.last + 1;
        this.#ownWrites.push(sequence);
        this.partition.append(bytesOf(`${this.partition.epoch}:${event.value}`, sequence));
        return;
      }
      case "flush":
        this.#flush();
        return;
      case "repair":
        this.#repair();
        return;
      case "tick":
        this.partition.tick();
        for (const peer of this.partition.proposedPeers()) this.requestInSync(this.partition, peer);
        return;
      case "connected":
        this.#dialled.add(event.peer);
        return;
      case "message":
        this.#receive(event.side, event.peer, event.message);
    }
  }

  #follow(map: SmallMap): void {
    const before = this.#map;
    this.#map = map;
    if (before !== undefined && isSameRow(map.row, before.row) && !this.partition.hasLearners) return;
    const changedAt = (id: NodeId): number => {
      const member = map.members[Number(id)];
      return member?.up === true ? member.changedAt : Number.POSITIVE_INFINITY;
    };
    this.partition.assign(map.row, { changedAt });
  }

  #promiseOver(): void {
    const promise = this.#promise;
    if (promise === undefined) return;
    this.#promise = undefined;
    this.partition.promiseOver(promise.epoch);
  }

  #flush(): void {
    this.#disk.push(...this.#pending);
    this.#pending = [];
    this.partition.persisted(this.#disk.length);
    for (const [peer, rows] of this.#acks) this.#send("accepted", peer, { type: "ack", rows });
    this.#acks.clear();
  }

  #repair(): void {
    const truncation = this.#truncation;
    assert(truncation !== undefined && this.#pending.length === 0, "a settled log is truncated");
    this.#disk.splice(truncation.sequence);
    this.#repaired();
  }
  #repaired(): void {
    this.#truncation = undefined;
    this.partition.repaired({ last: this.#disk.length, history: historyOf(this.#disk) });
  }

  #receive(side: Side, peer: number, message: SmallMessage): void {
    const { partition } = this;
    const from = String(peer);
    if (message.type === "hello") {
      if (this.#accepted.has(peer)) this.#inboundDown(peer);
      this.#accepted.add(peer);
      if (partition.primary === from) partition.retryJoin();
    } else if (message.type === "down") {
      if (side === "accepted" && this.#accepted.delete(peer)) this.#inboundDown(peer);
      if (side === "dialled" && this.#dialled.delete(peer)) partition.peerLost(from);
    } else if (message.type === "append") this.#receiveEntries(peer, message);
    else if (message.type === "ack") {
      for (const [epoch, last] of message.rows) partition.acked(from, epoch, last);
    } else if (message.type === "join") partition.joinAsked(from, message.request, 1);
    else if (message.type === "join-answer") partition.joinAnswered(from, message.epoch, message.answer);
    else {
      this.#handedOver = message.epoch;
      if (this.#promise?.epoch === message.epoch) this.#promiseOver();
    }
  }

  #inboundDown(peer: number): void {
    this.#acks.delete(peer);
    // The records to repair were asked for over it.
    if (this.#truncation?.primary === peer) this.#repaired();
    this.partition.primaryLost(String(peer));
  }

  #receiveEntries(peer: number, { epoch, first, entries }: SmallMessage & { readonly type: "append" }): void {
    const bytes = entries.map((text, index) => bytesOf(text, first + index));
    if (!this.partition.receive(String(peer), epoch, first, bytes)) return;
    const row: [number, number] = [epoch, first + entries.length - 1];
    if (this.#flaws.has("ack-before-flush")) {
      this.#send("accepted", peer, { type: "ack", rows: [row] });
      return;
    }
    const rows = this.#acks.get(peer) ?? [];
    rows.push(row);
    this.#acks.set(peer, rows);
  }

  /** What the shell does a turn later, in its own time; here at the end of the event. */
  #finish(): void {
    for (let next = this.#catchUps.shift(); next !== undefined; next = this.#catchUps.shift()) {
      this.#sendReplicated();
      const { peer, sequence } = next;
      if (!this.#dialled.has(peer) || this.partition.peer(String(peer))?.state !== "catching-up") continue;
      const { epoch } = this.partition;
      const entries = this.#disk.slice(sequence - 1);
      if (entries.length > 0)
        this.#send("dialled", peer, { type: "append", epoch, first: sequence, entries });
      this.partition.caughtUpTo(String(peer), epoch, this.#disk.length);
    }
    this.#sendReplicated();
    if (this.#join !== undefined && this.partition.mayJoin && this.partition.primary === String(this.#join)) {
      const { epoch, attempt, last, history } = this.partition;
      const log = { last, history: history.map((start) => ({ ...start })) };
      const request = { epoch, attempt, mapVersion: this.#map?.version ?? 0, log };
      this.#send("accepted", this.#join, { type: "join", request });
    }
    this.#join = undefined;
    for (const { heir, epoch } of this.#handOvers.splice(0))
      this.#send("dialled", heir, { type: "handover", epoch });
    this.#sendAsks();
  }

  #sendAsks(): void {
    const mapVersion = this.#map?.version ?? 0;
    for (const { peer, add } of this.#asks.splice(0)) {
      const { partition } = this;
      const progress = partition.peer(String(peer));
      const base = { member: String(peer), epoch: partition.epoch, from: String(this.index) };
      if (!add) this.#out.push({ kind: "ask", ask: { ...base, add, mapVersion } });
      else if (partition.role === "primary" && progress?.required === true) {
        if (progress.proposedAt === undefined) partition.proposed(String(peer), mapVersion);
        this.#out.push({ kind: "ask", ask: { ...base, add, mapVersion: progress.proposedAt ?? mapVersion } });
      }
    }
  }

  #sendReplicated(): void {
    for (const [peer, { first, entries }] of this.#replicated) {
      this.#send("dialled", peer, { type: "append", epoch: this.partition.epoch, first, entries });
    }
    this.#replicated.clear();
  }

  #send(side: Side, peer: number, message: SmallMessage): void {
    const open = side === "dialled" ? this.#dialled : this.#accepted;
    if (open.has(peer)) this.#out.push({ kind: "send", side, peer, message });
  }

  // ---- effects --------------------------------------------------------------------------------

  persist(_partition: Partition, sequence: number, entry: Buffer): void {
    assert(sequence === this.#disk.length + this.#pending.length + 1, "a log grows by one");
    this.#pending.push(entryText(entry));
  }
  replicate(_partition: Partition, peer: NodeId, sequence: number, entry: Buffer): void {
    const run = this.#replicated.get(Number(peer));
    if (run !== undefined && run.first + run.entries.length === sequence) run.entries.push(entryText(entry));
    else {
      this.#sendReplicated();
      this.#replicated.set(Number(peer), { first: sequence, entries: [entryText(entry)] });
    }
  }
  catchUp(_partition: Partition, peer: NodeId, sequence: number): void {
    this.#catchUps.push({ peer: Number(peer), sequence });
  }
  committed(partition: Partition): void {
    this.#out.push({ kind: "committed", sequence: partition.committed, disk: [...this.#disk] });
  }
  awaitPromise(partition: Partition, predecessors: readonly NodeId[] | null): void {
    const all = [0, 1, 2].map(String);
    const awaits = (predecessors ?? all).filter((id) => id !== partition.self).map(Number);
    this.#promise = { epoch: partition.epoch, awaits };
    if (this.#handedOver === partition.epoch) this.#promiseOver();
  }
  serving(): void {
    // Whether it may answer is seen from its state.
  }
  deposed(): void {
    this.#promise = undefined;
    this.#ownWrites = [];
  }
  handOver(partition: Partition, successor: NodeId): void {
    this.#handOvers.push({ heir: Number(successor), epoch: partition.epoch });
  }
  join(_partition: Partition, primary: NodeId): void {
    this.#join = Number(primary);
  }
  answerJoin(partition: Partition, peer: NodeId, answer: JoinAnswer): void {
    this.#sendReplicated();
    this.#send("dialled", Number(peer), { type: "join-answer", epoch: partition.epoch, answer });
  }
  truncate(_partition: Partition, primary: NodeId, sequence: number): void {
    this.#truncation = { primary: Number(primary), sequence };
  }
  install(): void {
    throw new Error("no log is trimmed here, so nothing is copied");
  }
  drop(): void {
    throw new Error("no node leaves the assignment here");
  }
  requestInSync(_partition: Partition, peer: NodeId): void {
    this.#asks.push({ peer: Number(peer), add: true });
  }
  requestOutOfSync(_partition: Partition, peer: NodeId): void {
    this.#asks.push({ peer: Number(peer), add: false });
  }
}
