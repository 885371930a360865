/**
 * What must hold of a world at every moment, judged from outside: the bytes on disks, what nodes
 * say is committed, who says it serves. Knows no rule of the product's but the format's offsets.
 *
 * LOG: committed entries are the same on every node, without holes, for ever. DUR: what is committed
 * is flushed on every in-sync node. ONE: an epoch of a slot has one serving node. CUR: a position is
 * never ahead of what its origin has committed, nor of the records that it speaks of; a log is never
 * trimmed above a destination's position without saying so.
 */
import type { ReplicaSet } from "../../../node/replica/replica-set.ts";
import type { LoggedStorage } from "../../../node/store/block-storage.ts";
import type { StorageGroup } from "../../../node/store/storage.ts";
import { isNewer, type Policy, type SeenVersion } from "../history.ts";
import { world } from "./present.ts";
import { NodeCopies, readEntry, readVersion, type SeenEntry } from "./copies.ts";

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
  readonly committed: Map<number, SeenEntry[]>;
  /** By slot and origin: the highest position that is committed. */
  readonly applied: Map<string, number>;
  readonly primaries: Map<string, string>;
  readonly destinations: readonly string[];
}

export type Report = (checker: string, message: string) => void;

export class Oracle {
  readonly nodes = new Map<string, WatchedNode>();
  readonly #datacenters = new Map<string, WatchedDatacenter>();
  readonly #bySource = new Map<number, WatchedDatacenter>();
  /** Every version that ever reached a disk, by its token. */
  readonly versions = new Map<string, SeenVersion>();
  readonly #policy: Policy;
  readonly #report: Report;
  readonly #count: (what: string) => void;

  constructor(policy: Policy, report: Report, count: (what: string) => void) {
    this.#policy = policy;
    this.#report = report;
    this.#count = count;
  }

  addDatacenter(
    name: string,
    sourceId: number,
    nodes: readonly string[],
    destinations: readonly string[],
  ): void {
    const datacenter = {
      name,
      sourceId,
      committed: new Map(),
      applied: new Map(),
      primaries: new Map(),
      destinations,
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
    node.storage = storage;
    node.reshaping = false;
    node.reflected.clear();
    node.freed.clear();
    node.said.clear();
    for (const copy of copies.slots.values())
      for (const version of copy.records.values()) this.#learn(version);
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
        if (replicas.isPrimary(slot)) this.#serves(node, slot, replicas);
      }
    });
  }

  committed(datacenter: string, slot: number): readonly SeenEntry[] {
    return this.#datacenter(datacenter).committed.get(slot) ?? [];
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
    for (const slot of group.clear ?? []) this.#forgetReflected(node, slot);
    for (const { slot, sequence } of group.truncate ?? []) {
      this.#forgetReflected(node, slot);
      if (node.copies.last(slot) > sequence) this.#count("entries truncated");
    }
    for (const { slot } of group.install ?? []) this.#forgetReflected(node, slot);
    const { touched, entries } = node.copies.take(group);
    for (const { slot, entry } of entries) {
      if (entry.version !== undefined) this.#learn(entry.version);
      const copy = node.copies.slot(slot);
      const [first] = copy.entries;
      if (first !== undefined && copy.entries[entry.sequence - first.sequence] !== entry) {
        this.#report("LOG", `${node.name} has a hole in slot ${slot} before ${entry.sequence}`);
      }
    }
    for (const slot of touched) this.#checkPositions(node, slot);
  }

  #learn(version: SeenVersion): void {
    if (!this.versions.has(version.token)) this.versions.set(version.token, version);
  }

  #forgetReflected(node: WatchedNode, slot: number): void {
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
      const known = history[next - 1];
      if (known === undefined) {
        history[next - 1] = entry;
        if (entry.originId !== 0) datacenter.applied.set(`${slot}/${entry.originId}`, entry.originSequence);
      } else if (!known.bytes.equals(entry.bytes)) {
        this.#report("LOG", `${node.name} has another entry ${next} of slot ${slot} than was committed`);
      }
    }
    node.said.set(slot, sequence);
    this.#checkInSync(node, slot, sequence);
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
    const epoch = replicas.replicas[slot]?.partition.epoch ?? 0;
    const key = `${slot}/${epoch}`;
    const other = datacenter.primaries.get(key);
    if (other !== undefined && other !== node.name) {
      this.#report("ONE", `${other} and ${node.name} both serve slot ${slot} in epoch ${epoch}`);
    }
    datacenter.primaries.set(key, node.name);
    if (epoch > 1) this.#count("failover");
    const history = datacenter.committed.get(slot) ?? [];
    const last = node.copies.last(slot);
    if (last < history.length) {
      this.#report(
        "DUR",
        `${node.name} serves slot ${slot} with ${last} of ${history.length} committed entries`,
      );
    }
    for (const entry of node.copies.slot(slot).entries) {
      const known = history[entry.sequence - 1];
      if (known === undefined || known.bytes.equals(entry.bytes)) continue;
      this.#report(
        "LOG",
        `${node.name} serves slot ${slot} with another entry ${entry.sequence} than was committed`,
      );
      return;
    }
  }

  #checkPositions(node: WatchedNode, slot: number): void {
    const copy = node.copies.slot(slot);
    for (const [originId, { sequence }] of copy.positions) {
      const origin = this.#bySource.get(originId);
      if (origin === undefined) continue;
      const history = origin.committed.get(slot) ?? [];
      if (sequence > history.length) {
        this.#report(
          "CUR",
          `${node.name} has applied ${sequence} of slot ${slot} of ${origin.name}, which has committed ${history.length}`,
        );
      }
      const key = `${slot}/${originId}`;
      for (let next = (node.reflected.get(key) ?? 0) + 1; next <= sequence; next++) {
        const entry = history[next - 1];
        if (entry?.version === undefined || entry.originId !== 0 || entry.isExpiry) continue;
        const here = copy.records.get(entry.key);
        if (!isNewer(this.#policy, entry.version, here)) continue;
        this.#report(
          "CUR",
          `${node.name} says ${sequence} of slot ${slot} of ${origin.name} is applied, and lacks ${next} (${entry.version.token}; has ${here?.token})`,
        );
        return;
      }
      node.reflected.set(key, Math.max(sequence, node.reflected.get(key) ?? 0));
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
      const freed = copy.entries.slice(before - copy.base, first - 1 - copy.base);
      // A tail of an ended epoch that was never committed is nobody's loss.
      const committed = datacenter.committed.get(slot) ?? [];
      const last = freed.findLast(
        (entry) => isShipped(entry) && committed[entry.sequence - 1]?.bytes.equals(entry.bytes),
      );
      if (declared.has(slot)) {
        this.#count("gap declared");
        continue;
      }
      if (last === undefined) continue;
      for (const name of datacenter.destinations) {
        const applied = this.#appliedIn(name, slot, datacenter.sourceId);
        if (applied >= last.sequence) continue;
        this.#report(
          "CUR",
          `${node.name} freed ${last.sequence} of slot ${slot}, of which ${name} has applied ${applied}, and did not say so`,
        );
      }
    }
  }

  /** The position that a datacenter has committed: on the disks of all that count. */
  #appliedIn(datacenter: string, slot: number, sourceId: number): number {
    return this.#datacenter(datacenter).applied.get(`${slot}/${sourceId}`) ?? 0;
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

function isShipped(entry: SeenEntry): boolean {
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
