/**
 * What breaks a world: draws a fault among those that the world's options allow, does it, and takes
 * it back after a while. It never destroys the last good copy of anything, since then a loss would
 * prove nothing.
 */
import type { ClusterMap } from "../../../proto/cluster-map.ts";
import { decodeMap } from "../../../proto/cluster-map-codec.ts";
import { MAP_KEY } from "../../../proto/subjects.ts";
import type { Datacenter } from "./datacenter.ts";
import type { Host, Scheduler } from "./host.ts";
import type { Network } from "./network.ts";
import type { FaultKind, WorldOptions } from "./options.ts";
import type { Oracle } from "./oracle.ts";
import { endHost, type NodeProcess } from "./processes.ts";
import { world } from "./present.ts";

const PAUSE_MS = 2500;
const DOWN_MS = 2000;
const CUT_MS = 3000;
const DAY_MS = 86_400_000;

export class Faults {
  readonly #scheduler: Scheduler;
  readonly #network: Network;
  readonly #datacenters: readonly Datacenter[];
  readonly #options: WorldOptions;
  readonly #oracle: Oracle;
  /** Member ids whose disks are gone. */
  readonly #lostIds = new Set<string>();
  /** Nodes whose disks were lost at any time. */
  readonly #lostIn = new Set<string>();
  /** Copies of disks that may be put back. */
  readonly #oldDisks = new Map<NodeProcess, { readonly boot: number; readonly putBack: () => void }>();
  #over = false;

  constructor(
    scheduler: Scheduler,
    network: Network,
    datacenters: readonly Datacenter[],
    options: WorldOptions,
    oracle: Oracle,
  ) {
    this.#scheduler = scheduler;
    this.#network = network;
    this.#datacenters = datacenters;
    this.#options = options;
    this.#oracle = oracle;
  }

  start(): void {
    const { faultEveryMs, faults } = this.#options;
    if (faultEveryMs === 0 || faults.length === 0) return;
    const next = (): void => {
      if (this.#over) return;
      const kind = this.#scheduler.random.pick(faults);
      if (kind !== undefined) this.#strike(kind);
      this.#scheduler.after(faultEveryMs * (0.3 + 1.4 * this.#scheduler.random.next()), undefined, next);
    };
    this.#scheduler.after(faultEveryMs * this.#scheduler.random.next(), undefined, next);
  }

  /** Everything that is broken is whole again: processes run, links work, clocks are right. */
  heal(): void {
    this.#over = true;
    this.#network.healAll();
    this.#network.faults.loss = 0;
    this.#network.faults.jitterMs = 0;
    for (const datacenter of this.#datacenters) {
      const { nats, nodes, shippers, hosts } = datacenter;
      datacenter.favourite = undefined;
      for (const host of hosts) {
        if (host.stopped) this.#scheduler.resume(host);
        host.frozenWallMs = undefined;
        this.#scheduler.runWallClock(host, 1);
      }
      if (!nats.host.up) nats.start();
      for (const node of nodes) {
        Object.assign(node.disk.faults, { slowMs: 0, slowChance: 0 });
        node.disk.fails = undefined;
        node.disk.hangs = false;
        node.start();
      }
      for (const shipper of shippers) shipper.start();
    }
  }

  #trace(text: string): void {
    world().trace?.("fault", text);
    world().count(text.split(":")[0] ?? text);
  }

  /** Runs later, unless all has been healed by then. */
  #later(mostMs: number, run: () => void): void {
    const ms = mostMs * (0.05 + 0.95 * this.#scheduler.random.next());
    this.#scheduler.after(ms, undefined, () => {
      if (!this.#over) run();
    });
  }

  #strike(kind: FaultKind): void {
    const { random } = this.#scheduler;
    const datacenter = random.pick(this.#datacenters);
    const node = random.pick(datacenter?.nodes ?? []);
    if (datacenter === undefined || node === undefined) return;
    // One lost copy at a time is what a replication factor of two stands for.
    if (this.#isRecovering(datacenter)) return;
    const handled = this.#strikeNode(kind, datacenter, node) || this.#strikeLinks(kind, datacenter, node);
    if (!handled) this.#strikeOthers(kind, datacenter, node);
  }

  #strikeNode(kind: FaultKind, datacenter: Datacenter, node: NodeProcess): boolean {
    switch (kind) {
      case "kill a node":
        this.#trace(`${kind}: ${node.host.name}`);
        node.kill();
        this.#later(DOWN_MS, () => node.start());
        return true;
      case "cut power of a node":
        this.#trace(`${kind}: ${node.host.name}`);
        node.powerCut();
        this.#later(DOWN_MS, () => node.start());
        return true;
      case "cut power of a datacenter":
        this.#trace(`${kind}: ${datacenter.name}`);
        for (const one of datacenter.nodes) {
          one.powerCut();
          this.#later(DOWN_MS, () => one.start());
        }
        return true;
      case "restart a node in order":
        if (!node.up || node.host.stopped) return true;
        this.#trace(`${kind}: ${node.host.name}`);
        node.stop(() => {
          node.kill();
          if (this.#over) node.start();
          else this.#later(DOWN_MS, () => node.start());
        });
        return true;
      case "stop a node":
        if (!node.up) return true;
        this.#trace(`${kind}: ${node.host.name}`);
        this.#pause(node.host);
        return true;
      case "wipe a disk":
        this.#wipe(datacenter, node, () => node.disk.wipe());
        return true;
      case "restore an old disk":
        this.#restore(datacenter, node);
        return true;
      case "fail a flush":
        node.disk.fails = this.#scheduler.random.chance(0.5) ? "flush" : "full";
        return true;
      case "hang a disk":
        node.disk.hangs = true;
        return true;
      case "slow a disk":
        this.#trace(`${kind}: ${node.host.name}`);
        Object.assign(node.disk.faults, { slowMs: 300, slowChance: 0.2 });
        this.#later(CUT_MS, () => Object.assign(node.disk.faults, { slowMs: 0, slowChance: 0 }));
        return true;
      default:
        return false;
    }
  }

  #strikeLinks(kind: FaultKind, datacenter: Datacenter, node: NodeProcess): boolean {
    const { random } = this.#scheduler;
    const others = datacenter.nodes.filter((other) => other !== node).map(({ host }) => host);
    const other = random.pick(others);
    switch (kind) {
      case "cut a link":
        if (other === undefined) return true;
        this.#trace(`${kind}: ${node.host.name} ${other.name}`);
        this.#cutBoth(node.host, [other]);
        return true;
      case "cut a link one way":
        if (other === undefined) return true;
        this.#trace(`${kind}: ${node.host.name} to ${other.name}`);
        this.#network.cut(node.host, other);
        this.#later(CUT_MS, () => this.#network.heal(node.host, other));
        return true;
      case "isolate a node":
        this.#trace(`${kind}: ${node.host.name}`);
        this.#cut([node.host], random.chance(0.5) ? others : [...others, datacenter.nats.host], CUT_MS);
        return true;
      case "swizzle links":
        this.#swizzle(datacenter);
        return true;
      case "clog a node":
        this.#trace(`${kind}: ${node.host.name}`);
        this.#network.clog(node.host, random.between(20, 400));
        this.#later(CUT_MS, () => this.#network.unclog(node.host));
        return true;
      case "break a connection": {
        const wire = random.pick([...this.#network.wires]);
        this.#trace(kind);
        wire?.break();
        return true;
      }
      case "cut a node from NATS":
        this.#trace(`${kind}: ${node.host.name}`);
        this.#cutBoth(node.host, [datacenter.nats.host]);
        return true;
      case "cut the WAN":
        this.#cutWan(datacenter);
        return true;
      case "cut a primary off from all but its clients":
        this.#cutOff(datacenter);
        return true;
      default:
        return false;
    }
  }

  #strikeOthers(kind: FaultKind, datacenter: Datacenter, node: NodeProcess): void {
    const { random } = this.#scheduler;
    const { nats } = datacenter;
    const shipper = random.pick(datacenter.shippers);
    switch (kind) {
      case "kill NATS":
        if (!nats.host.up) return;
        this.#trace(`${kind}: ${datacenter.name}`);
        endHost(nats.host, random.chance(0.5));
        this.#later(DOWN_MS, () => {
          if (!nats.host.up) nats.start();
        });
        break;
      case "roll back the bucket": {
        const { entries } = nats.bucket.snapshot();
        const newest = entries.at(-1)?.revision ?? 0;
        this.#trace(`${kind}: ${datacenter.name}`);
        nats.bucket.goBack(Math.max(0, newest - 1 - random.int(12)));
        break;
      }
      case "empty the bucket":
        this.#trace(`${kind}: ${datacenter.name}`);
        nats.bucket.empty();
        break;
      case "kill a shipper":
        this.#trace(`${kind}: ${shipper?.host.name}`);
        shipper?.kill();
        this.#later(DOWN_MS, () => shipper?.start());
        break;
      case "stop a shipper":
        if (!shipper?.host.up) return;
        this.#trace(`${kind}: ${shipper.host.name}`);
        this.#pause(shipper.host);
        break;
      case "lose the bus's suffix":
      case "purge the bus":
      case "recreate the bus":
      case "change the bus's leader":
        this.#strikeBus(kind, datacenter);
        break;
      default:
        this.#strikeClocks(kind, datacenter, node);
    }
  }

  #strikeClocks(kind: FaultKind, datacenter: Datacenter, node: NodeProcess): void {
    const { random } = this.#scheduler;
    switch (kind) {
      case "jump a clock":
        this.#trace(`${kind}: ${node.host.name}`);
        node.host.wallOffsetMs += this.#jumpMs();
        break;
      case "jump a datacenter's clocks": {
        const hosts = datacenter.nodes.map(({ host }) => host);
        const jumpMs = this.#jumpMs();
        this.#trace(`${kind}: ${datacenter.name} ${jumpMs}`);
        for (const host of hosts) host.wallOffsetMs += jumpMs;
        this.#later(CUT_MS, () => {
          for (const host of hosts) host.wallOffsetMs -= jumpMs;
        });
        break;
      }
      case "run a clock at another rate":
        this.#trace(`${kind}: ${node.host.name}`);
        this.#scheduler.runWallClock(node.host, random.chance(0.5) ? random.next() : random.between(1, 30));
        this.#later(CUT_MS, () => this.#scheduler.runWallClock(node.host, 1));
        break;
      case "freeze a clock":
        this.#trace(`${kind}: ${node.host.name}`);
        this.#freeze(node.host);
        break;
      default:
        throw new Error(`no such fault: ${kind}`);
    }
  }

  #strikeBus(kind: FaultKind, datacenter: Datacenter): void {
    const { random } = this.#scheduler;
    this.#trace(`${kind}: ${datacenter.name}`);
    for (const stream of datacenter.nats.streams.values()) {
      if (kind === "purge the bus") stream.purge();
      else if (kind === "recreate the bus") stream.recreate();
      else if (kind === "change the bus's leader") stream.changeLeader();
      else stream.loseSuffix(1 + random.int(6));
    }
  }

  /** Forward or back, by up to a bit, or a day. */
  #jumpMs(): number {
    const { random } = this.#scheduler;
    return Math.round(random.between(-1, 1) * ([50, 5000, 3_600_000, DAY_MS][random.int(4)] ?? 50));
  }

  /**
   * Nobody hears it any more but its clients, who see no reason to ask anybody else; and at times its wall
   * clock stands still, which must not make it believe in its lease.
   */
  #cutOff(datacenter: Datacenter): void {
    const { random } = this.#scheduler;
    const serving = datacenter.nodes.filter(({ replicas }) =>
      replicas?.replicas.some(({ partition }) => partition.serving),
    );
    const node = random.pick(serving);
    if (node === undefined) return;
    this.#trace(`cut a primary off from all but its clients: ${node.host.name}`);
    datacenter.favourite = node;
    if (random.chance(0.4)) this.#freeze(node.host);
    const others = datacenter.hosts.filter((host) => host !== node.host);
    this.#cutBoth(node.host, others, () => {
      if (datacenter.favourite === node) datacenter.favourite = undefined;
    });
  }

  #freeze(host: Host): void {
    host.frozenWallMs = this.#scheduler.within(host, () => this.#scheduler.wallMs());
    this.#later(CUT_MS, () => {
      host.frozenWallMs = undefined;
    });
  }

  #pause(host: Host): void {
    if (host.stopped) return;
    host.stopped = true;
    const { life } = host;
    this.#later(PAUSE_MS, () => {
      if (host.stopped && host.life === life) this.#scheduler.resume(host);
    });
  }

  #cutBoth(host: Host, others: readonly Host[], healed: () => void = () => undefined): void {
    for (const other of others) {
      this.#network.cut(host, other);
      this.#network.cut(other, host);
    }
    this.#later(CUT_MS, () => {
      for (const other of others) {
        this.#network.heal(host, other);
        this.#network.heal(other, host);
      }
      healed();
    });
  }

  /** Links of some nodes are cut one by one, and come back in another order. */
  #swizzle(datacenter: Datacenter): void {
    this.#trace(`swizzle links: ${datacenter.name}`);
    const hosts = datacenter.nodes.map(({ host }) => host).concat(datacenter.nats.host);
    for (const from of hosts) {
      for (const to of hosts) {
        if (from === to || this.#scheduler.random.chance(0.6)) continue;
        this.#later(CUT_MS / 2, () => {
          this.#network.cut(from, to);
          this.#later(CUT_MS, () => this.#network.heal(from, to));
        });
      }
    }
  }

  /** Nothing gets to another datacenter's NATS any more, or only one way. */
  #cutWan(datacenter: Datacenter): void {
    this.#trace(`cut the WAN: ${datacenter.name}`);
    const outside = this.#datacenters.filter((other) => other !== datacenter).flatMap(({ hosts }) => hosts);
    const { hosts } = datacenter;
    this.#cut(hosts, outside, 2 * CUT_MS);
  }

  /** Both ways, or one: a node that hears nobody may still be heard. */
  #cut(here: readonly Host[], there: readonly Host[], mostMs: number): void {
    const ways = this.#scheduler.random.int(3);
    const pairs = here.flatMap((one) => there.map((other) => [one, other] as const));
    for (const [one, other] of pairs) {
      if (ways !== 1) this.#network.cut(one, other);
      if (ways !== 2) this.#network.cut(other, one);
    }
    this.#later(mostMs, () => {
      for (const [one, other] of pairs) {
        this.#network.heal(one, other);
        this.#network.heal(other, one);
      }
    });
  }

  /**
   * A disk was lost, and the map still counts on it or on what its member may know, or no node runs that
   * would say so.
   */
  #isRecovering(datacenter: Datacenter): boolean {
    const map = newestMap(datacenter);
    if (map === undefined) return datacenter.nodes.some(({ host }) => this.#lostIn.has(host.name));
    const rows = map.namespaces.flatMap((namespace) => namespace.rows);
    return (
      map.members.some(({ id, state }) => state !== "down" && this.#lostIds.has(id)) ||
      rows.some((row) => row.inSync.some((id) => this.#lostIds.has(id)))
    );
  }

  /**
   * Every node of the datacenter runs, means to go on, and hears all others, every row has its primary,
   * and the bucket has the map.
   */
  #isWhole(datacenter: Datacenter, map: ClusterMap): boolean {
    const { hosts, nodes } = datacenter;
    return (
      hosts.every((host) => host.up && !host.stopped) &&
      storedVersion(datacenter) >= map.version &&
      nodes.every(({ disk, isStopping }) => disk.fails === undefined && !disk.hangs && !isStopping) &&
      !hosts.some((from) => hosts.some((to) => this.#network.isCut(from, to))) &&
      map.members.every((member) => member.state === "up") &&
      map.namespaces.every(({ rows }) => rows.every((row) => row.primary !== null))
    );
  }

  /** The disk is replaced; only where every slot has another whole copy that counts as in sync. */
  #wipe(datacenter: Datacenter, node: NodeProcess, replace: () => void): boolean {
    const id = this.#oracle.nodes.get(node.host.name)?.id ?? "";
    const map = newestMap(datacenter);
    if (map === undefined || id === "" || !this.#isWhole(datacenter, map)) return false;
    const spared = map.namespaces.every(({ rows }) =>
      rows.every((row) => !row.inSync.includes(id) || row.inSync.length > 1),
    );
    if (!spared) return false;
    this.#trace(`wipe a disk: ${node.host.name} ${id}`);
    this.#lostIds.add(id);
    this.#lostIn.add(node.host.name);
    node.powerCut();
    replace();
    this.#oracle.diskReplaced(node.host.name);
    this.#later(DOWN_MS, () => node.start());
    return true;
  }

  /**
   * First a copy is taken; some time later it is put back. Only once the member has started anew, as
   * everybody knows: a copy of its present life cannot be told from a crash (node/partition/SPEC.md).
   */
  #restore(datacenter: Datacenter, node: NodeProcess): void {
    const id = this.#oracle.nodes.get(node.host.name)?.id ?? "";
    const boot = newestMap(datacenter)?.members.find((member) => member.id === id)?.boot ?? 0;
    const old = this.#oldDisks.get(node);
    if (old === undefined) {
      if (boot > 0) this.#oldDisks.set(node, { boot, putBack: node.disk.copy() });
      return;
    }
    if (boot <= old.boot || !this.#wipe(datacenter, node, old.putBack)) return;
    this.#oldDisks.delete(node);
    this.#trace(`restore an old disk: ${node.host.name}`);
  }
}

/** Of the map in the control bucket; 0: there is none. */
function storedVersion({ nats }: Datacenter): number {
  const entry = nats.bucket.snapshot().entries.findLast(({ key }) => key === MAP_KEY);
  return entry === undefined || entry.deleted ? 0 : decodeMap(entry.value).version;
}

/** The newest map that any node of the datacenter follows. */
function newestMap(datacenter: Datacenter): ClusterMap | undefined {
  const maps = datacenter.nodes.flatMap(({ replicas }) =>
    replicas?.map === undefined ? [] : [replicas.map],
  );
  return maps.sort((a, b) => b.version - a.version)[0];
}
