/**
 * What must hold of a world at every moment, judged from outside: the bytes on disks, what nodes
 * say is committed, who says it serves. Knows no rule of the product's but the format's offsets.
 *
 * What it sees the checkers judge (judge.ts). Judged here is what no checker looks at. LOG: a disk takes
 * entries without a hole. DUR: what was flushed is there after a restart; what is called committed is
 * flushed on every in-sync node, and what is acknowledged on as many as `min-in-sync` says.
 */
import type { ReplicaSet } from "../../../node/replica/replica-set.ts";
import type { LoggedStorage } from "../../../node/store/block-storage.ts";
import type { StorageGroup } from "../../../node/store/storage.ts";
import type { Position } from "../../checkers/cursors.ts";
import type { Policy } from "../../checkers/version-order.ts";
import type { SeenVersion } from "../history.ts";
import { Judge, type OriginLog, type Place, type Report } from "./judge.ts";
import { world } from "./present.ts";
import { NodeCopies, REMOVE, readEntry, readVersion, type SeenEntry } from "./copies.ts";

export interface WatchedNode {
  readonly name: string;
  readonly datacenter: string;
  copies: NodeCopies;
  /** Of the member that runs on this disk now. */
  id: string;
  replicas: ReplicaSet | undefined;
  storage: LoggedStorage | undefined;
  /** A write that changes the shape of logs is on its way to the disk. */
  reshaping: boolean;
  /** By slot and origin: entries up to here are known to be in the records. */
  readonly reflected: Map<string, number>;
  /** By slot: freed up to here, as far as was looked at. */
  readonly freed: Map<number, number>;
  /** By slot: committed as this node said last. */
  readonly said: Map<number, number>;
}

interface WatchedDatacenter {
  readonly name: string;
  readonly sourceId: number;
  readonly committed: Map<number, CommittedEntry[]>;
  /** By slot and origin: the position that is committed. */
  readonly applied: Map<string, Position>;
  readonly destinations: readonly string[];
  /** Of the logs that it ships, as its map says; 0: none yet. */
  logId: number;
}

/** An entry, and when it was first known to be committed. */
export interface CommittedEntry {
  readonly entry: SeenEntry;
  readonly atMs: number;
}

const NONE: ReadonlySet<string> = new Set();

export interface OracleOptions {
  readonly policy: Policy;
  readonly minInSync: number;
  readonly keys: readonly { readonly name: string; readonly digest: Buffer }[];
}

export class Oracle {
  readonly nodes = new Map<string, WatchedNode>();
  readonly #datacenters = new Map<string, WatchedDatacenter>();
  readonly #bySource = new Map<number, WatchedDatacenter>();
  /** Every version that ever reached a disk, by its token. */
  readonly versions = new Map<string, SeenVersion>();
  /** By token: where its datacenter's log has it, and the disks that it has been flushed to there. */
  readonly #flushed = new Map<string, { readonly sequence: number; readonly disks: Set<string> }>();
  readonly #keyNames: ReadonlyMap<string, string>;
  readonly #minInSync: number;
  readonly judge: Judge;
  readonly #report: Report;
  readonly #count: (what: string) => void;

  constructor(options: OracleOptions, report: Report, count: (what: string) => void) {
    this.#keyNames = new Map(options.keys.map(({ digest, name }) => [digest.toString("latin1"), name]));
    this.#minInSync = options.minInSync;
    this.judge = new Judge(options.policy, report);
    this.#report = report;
    this.#count = count;
  }

  addDatacenter(
    name: string,
    sourceId: number,
    nodes: readonly string[],
    destinations: readonly string[],
  ): void {
    const datacenter: WatchedDatacenter = {
      name,
      sourceId,
      committed: new Map(),
      applied: new Map(),
      destinations,
      logId: 0,
    };
    this.#datacenters.set(name, datacenter);
    this.#bySource.set(sourceId, datacenter);
    for (const node of nodes) {
      this.nodes.set(node, {
        name: node,
        datacenter: name,
        copies: new NodeCopies(),
        id: "",
        replicas: undefined,
        storage: undefined,
        reshaping: false,
        reflected: new Map(),
        freed: new Map(),
        said: new Map(),
      });
    }
  }

  /** The disk is another one now. */
  diskReplaced(name: string): void {
    const node = this.#node(name);
    for (const slot of node.copies.slots.keys()) this.judge.forgetLog(place(node, slot));
    this.judge.forgetPositions(name);
    node.copies = new NodeCopies();
    node.id = "";
    node.reflected.clear();
    node.reshaping = false;
  }

  /** A node has opened its storage: what was flushed must be there. */
  async opened(name: string, storage: LoggedStorage): Promise<void> {
    const node = this.#node(name);
    const before = node.copies;
    const copies = new NodeCopies();
    for (const slot of storage.slots()) await copySlot(copies, slot, storage);
    for (const [slot, copy] of before.slots) {
      if (node.reshaping) break;
      const last = before.last(slot);
      if (storage.lastSequence(slot) < last && copy.entries.length > 0) {
        this.#report(
          "DUR",
          `${name} has ${storage.lastSequence(slot)} of ${last} flushed entries of slot ${slot}`,
        );
      }
    }
    node.copies = copies;
    this.judge.forgetPositions(name);
    node.storage = storage;
    node.reshaping = false;
    node.reflected.clear();
    node.freed.clear();
    node.said.clear();
    for (const { entries, records } of copies.slots.values()) {
      for (const entry of entries) this.#learnEntry(name, entry);
      for (const version of records.values()) this.#learn(version);
    }
    this.#watchWrites(node, storage);
  }

  /** A node has made its replicas. */
  watch(name: string, id: string, replicas: ReplicaSet): void {
    const node = this.#node(name);
    node.id = id;
    node.replicas = replicas;
    replicas.onCommitted((slots) => {
      for (const slot of slots) this.#committed(node, slot, replicas.committedSequence(slot));
    });
    replicas.onPrimaryChanged((slots) => {
      for (const slot of slots) {
        traceRow(node, slot, replicas);
        this.judge.epoch("adopts", place(node, slot), epochOf(replicas, slot));
        if (replicas.isPrimary(slot)) this.#serves(node, slot, replicas);
      }
    });
    const note = replicas.noteShipped.bind(replicas);
    replicas.noteShipped = (destinationId, slot, sequence) => {
      note(destinationId, slot, sequence);
      const destination = this.#bySource.get(destinationId);
      if (destination !== undefined) this.#believed(node, destination, slot, sequence);
    };
  }

  /** What the datacenter has committed in a slot, by sequence. */
  committed(datacenter: string, slot: number): readonly CommittedEntry[] {
    return this.#datacenter(datacenter).committed.get(slot) ?? [];
  }

  /** A node answers a client, right now: a read, or a write with this token. */
  answers(name: string, slot: number, token: string | undefined): void {
    const node = this.#node(name);
    if (node.replicas === undefined) return;
    this.judge.epoch("acknowledges", place(node, slot), epochOf(node.replicas, slot));
    if (token === undefined) return;
    const { sequence, disks } = this.#flushed.get(token) ?? {
      sequence: Number.POSITIVE_INFINITY,
      disks: NONE,
    };
    const having = [...this.nodes.values()].filter((one) => {
      const isCopied = one.datacenter === node.datacenter && one.copies.slot(slot).base >= sequence;
      return isCopied || disks.has(one.name);
    });
    if (having.length >= this.#minInSync) return;
    this.#report(
      "DUR",
      `${name} acknowledges ${token}, which ${having.length} disks have; ${this.#minInSync} must`,
    );
  }

  /** From here on `datacenter` must take nothing of `origin`. */
  shutOutHolds(datacenter: string, origin: string): void {
    const committed = new Map<number, number>();
    for (const node of this.nodes.values()) {
      if (node.datacenter !== datacenter) continue;
      for (const { slot, partition } of node.replicas?.replicas ?? []) {
        if (partition.serving) committed.set(slot, Math.max(committed.get(slot) ?? 0, partition.committed));
      }
    }
    this.judge.shutOutHolds(datacenter, origin, committed);
  }
  /** The order was given: it may take everything again. */
  shutOutLifted(datacenter: string, origin: string): void {
    this.judge.shutOutLifted(datacenter, origin);
  }
  /** SHUT: something that nobody has listed is about to be let in. */
  notListed(message: string): void {
    this.#report("SHUT", message);
  }
  /** The last change of its own that a datacenter has committed in a slot; 0: none. */
  lastShipped(datacenter: string, slot: number): number {
    return this.committed(datacenter, slot).findLast(({ entry }) => isShipped(entry))?.entry.sequence ?? 0;
  }

  /** Whether every datacenter has committed all that any other one ships. */
  get isExchanged(): boolean {
    const datacenters = [...this.#datacenters.values()];
    return datacenters.every(({ committed, destinations, sourceId }) =>
      [...committed].every(([slot, history]) => {
        const last = history.findLast(({ entry }) => isShipped(entry))?.entry.sequence ?? 0;
        const positions = destinations.map((name) =>
          this.#datacenter(name).applied.get(`${slot}/${sourceId}`),
        );
        return positions.every((position) => (position?.sequence ?? 0) >= last);
      }),
    );
  }

  /** Whether all that a node has of a slot is committed, and is all that is. */
  isSettled(name: string, slot: number): boolean {
    const { copies, datacenter } = this.#node(name);
    return copies.last(slot) === this.committed(datacenter, slot).length;
  }

  /** At rest: the whole log of a slot on a node that is in sync. */
  checkLog(name: string, slot: number): void {
    const node = this.#node(name);
    const { length } = this.committed(node.datacenter, slot);
    this.judge.log(place(node, slot), node.copies.slot(slot), length);
  }

  /** What the origin takes a destination to have. */
  #believed(node: WatchedNode, there: WatchedDatacenter, slot: number, sequence: number): void {
    const here = this.#datacenter(node.datacenter);
    const durable = there.applied.get(`${slot}/${here.sourceId}`);
    // What is not shipped is passed over: no position says so, and nothing can be lost of it.
    const last = this.committed(here.name, slot)
      .slice(0, sequence)
      .findLast(({ entry }) => isShipped(entry));
    const believed = { logId: here.logId, sequence: last?.entry.sequence ?? 0 };
    this.judge.position(originOf(here, slot), { name: there.name, durable, believed });
  }

  #watchWrites(node: WatchedNode, storage: LoggedStorage): void {
    const write = storage.write.bind(storage);
    storage.write = (group, sync) => {
      const reshapes =
        group.clear !== undefined || group.truncate !== undefined || group.install !== undefined;
      if (reshapes) node.reshaping = true;
      // Not chained: whoever waits for the write must not wait a turn longer because of us.
      const written = write(group, sync);
      written.then(
        () => {
          if (node.storage !== storage) return;
          if (reshapes) node.reshaping = false;
          this.#written(node, group);
        },
        () => undefined,
      );
      return written;
    };
    const trim = storage.trim.bind(storage);
    storage.trim = async (options) => {
      const gaps = await trim(options);
      if (node.storage === storage) this.#trimmed(node, storage, new Set(gaps));
      return gaps;
    };
  }

  #written(node: WatchedNode, group: StorageGroup): void {
    if ((group.truncate?.length ?? 0) > 0) this.#count("log truncated");
    if ((group.install?.length ?? 0) > 0) this.#count("partition copied");
    for (const slot of group.clear ?? []) this.#forget(node, slot);
    for (const { slot, sequence } of group.truncate ?? []) {
      this.#forgetReflected(node, slot);
      if (node.copies.last(slot) > sequence) this.#count("entries truncated");
    }
    for (const { slot } of group.install ?? []) this.#forget(node, slot);
    const { touched, entries } = node.copies.take(group);
    for (const { slot, entry } of entries) {
      this.#learnEntry(node.name, entry);
      const copy = node.copies.slot(slot);
      const [first] = copy.entries;
      if (first !== undefined && copy.entries[entry.sequence - first.sequence] !== entry) {
        this.#report("LOG", `${node.name} has a hole in slot ${slot} before ${entry.sequence}`);
      }
    }
    for (const slot of touched) {
      this.#checkPositions(node, slot);
      this.#checkLedger(node, slot);
    }
  }

  #learn(version: SeenVersion): void {
    if (!this.versions.has(version.token)) this.versions.set(version.token, version);
  }

  #learnEntry(disk: string, entry: SeenEntry): void {
    const { version, key, sequence } = entry;
    if (version === undefined) return;
    this.#learn(version);
    if (!isShipped(entry)) return;
    const flushed = this.#flushed.get(version.token);
    if (flushed === undefined) this.#flushed.set(version.token, { sequence, disks: new Set([disk]) });
    else flushed.disks.add(disk);
    this.judge.written(this.#nameOf(key), version);
  }

  #forget(node: WatchedNode, slot: number): void {
    this.#forgetReflected(node, slot);
    this.judge.forgetLog(place(node, slot));
  }
  #forgetReflected(node: WatchedNode, slot: number): void {
    this.judge.forgetPositions(node.name);
    for (const sourceId of this.#bySource.keys()) node.reflected.delete(`${slot}/${sourceId}`);
  }

  #committed(node: WatchedNode, slot: number, sequence: number): void {
    if (!node.replicas?.isPrimary(slot)) return;
    const datacenter = this.#datacenter(node.datacenter);
    const history = datacenter.committed.get(slot) ?? [];
    datacenter.committed.set(slot, history);
    for (let next = (node.said.get(slot) ?? 0) + 1; next <= sequence; next++) {
      const entry = node.copies.entry(slot, next);
      if (entry === undefined) {
        // Before its log begins: copied as records, or trimmed.
        if (next <= node.copies.slot(slot).base) continue;
        this.#report("DUR", `${node.name} calls ${next} of slot ${slot} committed, and has not flushed it`);
        return;
      }
      this.judge.commits(place(node, slot), entry);
      if (history[next - 1] !== undefined) continue;
      history[next - 1] = { entry, atMs: world().scheduler.nowMs };
      this.#commits(datacenter, slot, entry);
    }
    node.said.set(slot, sequence);
    this.#checkInSync(node, slot, sequence);
  }

  /** Something is committed that was not before. */
  #commits(datacenter: WatchedDatacenter, slot: number, entry: SeenEntry): void {
    const { originId, originLogId, originSequence, key, version } = entry;
    if (entry.isExpiry) this.#count("record expired");
    if (version !== undefined || entry.kind === REMOVE) {
      this.judge.holds(datacenter.name, this.#nameOf(key), version);
    }
    const origin = this.#bySource.get(originId);
    if (origin === undefined) return;
    this.judge.takes(datacenter.name, origin.name, slot, entry.sequence);
    const durable = { logId: originLogId, sequence: originSequence };
    datacenter.applied.set(`${slot}/${originId}`, durable);
    this.judge.position(originOf(origin, slot), { name: datacenter.name, durable });
  }

  #checkInSync(node: WatchedNode, slot: number, sequence: number): void {
    const required = node.replicas?.replicas[slot]?.partition.required ?? [];
    for (const peer of this.nodes.values()) {
      if (peer.datacenter !== node.datacenter || !required.includes(peer.id)) continue;
      if (peer.copies.last(slot) >= sequence) continue;
      const has = peer.copies.last(slot);
      this.#report(
        "DUR",
        `${peer.name} is in sync in slot ${slot} with ${has} of ${sequence} committed entries`,
      );
    }
  }

  #serves(node: WatchedNode, slot: number, replicas: ReplicaSet): void {
    const datacenter = this.#datacenter(node.datacenter);
    const epoch = epochOf(replicas, slot);
    datacenter.logId = replicas.map?.namespaces[0]?.logId ?? datacenter.logId;
    this.judge.epoch("serves", place(node, slot), epoch);
    if (epoch > 1) this.#count("failover");
    this.checkLog(node.name, slot);
  }

  #checkPositions(node: WatchedNode, slot: number): void {
    const copy = node.copies.slot(slot);
    for (const [originId, durable] of copy.positions) {
      const origin = this.#bySource.get(originId);
      if (origin === undefined) continue;
      const key = `${slot}/${originId}`;
      const reflected = node.reflected.get(key) ?? 0;
      if (durable.sequence <= reflected) continue;
      const log = originOf(origin, slot);
      this.judge.position(log, { name: node.name, durable });
      const history = this.committed(origin.name, slot).slice(reflected, durable.sequence);
      const changes = history.map(({ entry }) => entry).filter(isShipped);
      this.judge.applied(log, { name: node.name, durable }, changes, copy.records);
      node.reflected.set(key, durable.sequence);
    }
  }

  /** How the changes that a position covers have ended, as the storage counts it. */
  #checkLedger(node: WatchedNode, slot: number): void {
    for (const position of node.storage?.applied(slot) ?? []) {
      const origin = this.#bySource.get(position.originId);
      if (origin === undefined || origin.logId !== position.originLogId) continue;
      const history = this.committed(origin.name, slot).slice(0, position.sequence);
      // What a primary has only as a copy nobody has seen being committed.
      if (history.length < position.sequence || history.includes(undefined as never)) continue;
      const committed = history.filter(({ entry }) => isShipped(entry)).length;
      this.judge.ledger(place(node, slot), origin.name, position, committed);
    }
  }

  /** What was freed must be applied everywhere, or be declared. */
  #trimmed(node: WatchedNode, storage: LoggedStorage, declared: ReadonlySet<number>): void {
    const datacenter = this.#datacenter(node.datacenter);
    for (const [slot, copy] of node.copies.slots) {
      const first = storage.firstSequence(slot);
      const before = Math.max(copy.base, node.freed.get(slot) ?? 0);
      if (first - 1 <= before) continue;
      node.freed.set(slot, first - 1);
      this.#count("log trimmed");
      // A tail of an ended epoch that was never committed is nobody's loss.
      const committed = datacenter.committed.get(slot) ?? [];
      const last = copy.entries
        .slice(before - copy.base, first - 1 - copy.base)
        .findLast(
          (entry) => isShipped(entry) && committed[entry.sequence - 1]?.entry.bytes.equals(entry.bytes),
        );
      if (declared.has(slot)) this.#count("gap declared");
      if (last === undefined) continue;
      const freed = { sequence: last.sequence, declared: declared.has(slot) };
      for (const name of datacenter.destinations) {
        const durable = this.#datacenter(name).applied.get(`${slot}/${datacenter.sourceId}`);
        this.judge.position(originOf(datacenter, slot), { name, durable, freed });
      }
    }
  }

  #nameOf(key: string): string {
    return this.#keyNames.get(key) ?? Buffer.from(key, "latin1").toString("hex");
  }

  #node(name: string): WatchedNode {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(`no node ${name}`);
    return node;
  }
  #datacenter(name: string): WatchedDatacenter {
    const datacenter = this.#datacenters.get(name);
    if (datacenter === undefined) throw new Error(`no datacenter ${name}`);
    return datacenter;
  }
}

function traceRow(node: WatchedNode, slot: number, replicas: ReplicaSet): void {
  const { trace } = world();
  const row = replicas.map?.namespaces[0]?.rows[slot];
  const partition = replicas.replicas[slot]?.partition;
  if (trace === undefined || row === undefined || partition === undefined) return;
  const sets = `in sync ${row.inSync.join(" ")}, assigned ${row.assigned.join(" ")}`;
  const { phase, last, committed } = partition;
  trace(
    node.name,
    `${node.id} slot ${slot} epoch ${row.epoch} ${phase}, last ${last}, committed ${committed}; ${sets}`,
  );
}

function place({ datacenter, name, id }: WatchedNode, slot: number): Place {
  return { datacenter, slot, node: name, id };
}

function originOf({ name, logId, committed }: WatchedDatacenter, slot: number): OriginLog {
  return { datacenter: name, slot, logId, committed: committed.get(slot)?.length ?? 0 };
}

function epochOf(replicas: ReplicaSet, slot: number): number {
  return replicas.replicas[slot]?.partition.epoch ?? 0;
}

export function isShipped(entry: SeenEntry): boolean {
  return entry.version !== undefined && entry.originId === 0 && !entry.isExpiry;
}

async function copySlot(copies: NodeCopies, slot: number, storage: LoggedStorage): Promise<void> {
  const copy = copies.slot(slot);
  const view = await storage.snapshot(slot, 60_000);
  for (let rows = await view.next(65_536); rows.length > 0; rows = await view.next(65_536)) {
    for (const { digest, image } of rows) copy.records.set(digest.toString("latin1"), readVersion(image));
  }
  await view.close();
  const records = new Map(copy.records);
  const first = storage.firstSequence(slot);
  copy.base = first - 1;
  for (let next = first; next <= storage.lastSequence(slot); ) {
    const entries = await storage.readLog(slot, next, 65_536);
    for (const bytes of entries) copies.append(slot, readEntry(Buffer.from(bytes)));
    next += entries.length;
  }
  copy.records.clear();
  for (const [key, version] of records) copy.records.set(key, version);
  copy.positions.clear();
  for (const { originId, originLogId, sequence } of storage.applied(slot)) {
    copy.positions.set(originId, { logId: originLogId, sequence });
  }
}
