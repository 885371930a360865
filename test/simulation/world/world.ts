/**
 * One world from its seed: starts the datacenters, lets clients work while things break, heals all,
 * and then demands that everything works again, that the datacenters are equal, and that they hold
 * the newest of all that was acknowledged.
 */
import { errorMessage } from "../../../common/errors.ts";
import { figuresOf } from "../../../xdr-shipper/ship/core/figures.ts";
import { type ClientOperation, Violation } from "../history.ts";
import { Random } from "../virtual-time.ts";
import { type Copy, judgeAtRest } from "./at-rest.ts";
import { Clients, type Key, makeKeys } from "./clients.ts";
import { readVersion } from "./copies.ts";
import { Datacenter } from "./datacenter.ts";
import { Failover } from "./failover.ts";
import { Faults } from "./faults.ts";
import { type Host, Scheduler } from "./host.ts";
import { Network } from "./network.ts";
import { NO_NATS_FAULTS } from "./nats-server.ts";
import { drawOptions, type WorldOptions } from "./options.ts";
import { Oracle, type WatchedNode } from "./oracle.ts";
import { setWorld } from "./present.ts";
import type { NodeProcess } from "./processes.ts";

/** Virtual time within which everything must serve after a start, and writes after the heal. */
const START_MS = 20_000;
const WRITABLE_MS = 10_000;
/** And within which a datacenter that was declared lost must be back. */
const FAILOVER_MS = 20_000;
/** And within which all must have been exchanged. */
const REST_MS = 20_000;
/** Void times count from 2010. */
const VOID_TIME_EPOCH_SECONDS = 1_262_304_000;
const LAN_MS = 0.3;
const POLL_MS = 50;
const SLOTS = 4;

export interface WorldOutcome {
  readonly seed: number;
  readonly options: WorldOptions;
  readonly checker: string | undefined;
  readonly message: string;
  readonly counts: ReadonlyMap<string, number>;
  readonly operations: readonly ClientOperation[];
  readonly events: number;
  readonly virtualMs: number;
}

export interface WorldSettings {
  /** Instead of what the seed draws. */
  readonly options?: Partial<WorldOptions> | undefined;
  readonly trace?: ((line: string) => void) | undefined;
}

export class World {
  readonly seed: number;
  readonly options: WorldOptions;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly datacenters: readonly Datacenter[];
  readonly #counts = new Map<string, number>();
  readonly #oracle: Oracle;
  readonly #clients: readonly Clients[];
  readonly #keys: readonly Key[];
  readonly #faults: Faults;
  readonly #failover: Failover | undefined;
  readonly #trace: ((host: string, text: string) => void) | undefined;
  #violation: Violation | undefined;
  #clientsOver = false;
  /** Of all clocks, once they agree. */
  #aheadMs = 0;

  constructor(seed: number, settings: WorldSettings) {
    this.seed = seed;
    this.options = { ...drawOptions(new Random(seed)), ...settings.options };
    // Another sequence than the options': with its options kept, a world outlives a change of how they
    // are drawn.
    const random = new Random(seed ^ 0x5bd1e995);
    const { options } = this;
    this.scheduler = new Scheduler(random, (host, error) => this.crashed(host, error));
    this.network = new Network(this.scheduler, (from, to) =>
      sameDatacenter(from, to) ? LAN_MS : options.wanMs,
    );
    Object.assign(this.network.faults, { loss: options.loss, jitterMs: options.jitterMs });
    this.datacenters = Array.from(
      { length: options.datacenters },
      (_, index) => new Datacenter(index, options, this.scheduler, this.network),
    );
    const report = (checker: string, message: string): void => this.#report(checker, message);
    const count = (what: string): void => this.#count(what);
    this.#keys = makeKeys(options.keys, options.slots);
    this.#oracle = new Oracle({ ...options, keys: this.#keys }, report, count);
    for (const { name, sourceId, nodes } of this.datacenters) {
      const others = this.datacenters.map((other) => other.name).filter((other) => other !== name);
      this.#oracle.addDatacenter(
        name,
        sourceId,
        nodes.map(({ host }) => host.name),
        others,
      );
    }
    this.#clients = this.datacenters.map((one) => new Clients(one, this.#oracle, options, report));
    this.#faults = new Faults(this.scheduler, this.network, this.datacenters, options, this.#oracle);
    if (options.failoverMs > 0 && options.datacenters > 1) {
      this.#failover = new Failover(this.scheduler, this.network, this.datacenters, this.#oracle);
    }
    const { trace } = settings;
    this.#trace =
      trace &&
      ((host, text) => trace(`${this.scheduler.nowMs.toFixed(3).padStart(10)} ${host.padEnd(8)} ${text}`));
    this.#prepare(count);
  }

  get watched(): ReadonlyMap<string, WatchedNode> {
    return this.#oracle.nodes;
  }

  run(): WorldOutcome {
    try {
      this.#startAll();
      this.#until("everything serves", START_MS, () => this.#allServe());
      this.#work();
      this.#heal();
      this.#until("LIVE: the failover is over", FAILOVER_MS, () => this.#failover?.isOver ?? true);
      const healedMs = this.scheduler.nowMs;
      this.#until("LIVE: every record is writable everywhere", WRITABLE_MS, this.#probes());
      this.#clientsOver = true;
      if (this.options.ttlSeconds > 0) this.#letExpire();
      this.#until(
        "LIVE: every copy is in sync, all is exchanged and nothing lags",
        REST_MS,
        () => this.#allInSync() && this.#allExpired() && this.#oracle.isExchanged && this.#noLag(),
      );
      this.#judgeAtRest(healedMs);
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      this.#violation ??= error;
    }
    const { seed, options, scheduler } = this;
    return {
      seed,
      options,
      checker: this.#violation?.checker,
      message: this.#violation?.message ?? "",
      counts: this.#counts,
      operations: this.#clients.flatMap(({ operations }) => operations),
      events: scheduler.count,
      virtualMs: scheduler.nowMs,
    };
  }

  /** A host's code threw, and nobody caught it: its process would have ended. */
  crashed(host: Host | undefined, error: unknown): void {
    if (error instanceof Violation) {
      this.#violation ??= error;
      return;
    }
    const node = this.#allNodes().find((one) => one.host === host);
    const text = error instanceof Error ? (error.stack ?? error.message) : errorMessage(error);
    if (node !== undefined && isExcused(text)) this.#exited(node, text);
    else this.#report("ASSERT", `${host?.name ?? "the world"} threw ${text}`);
  }

  // ---- phases ---------------------------------------------------------------------------------------

  #prepare(count: (what: string) => void): void {
    const { random } = this.scheduler;
    const { options } = this;
    for (const { nats, nodes, shippers } of this.datacenters) {
      nats.faults = { ...options };
      for (const { host } of [...nodes, ...shippers]) {
        host.wallOffsetMs = Math.round(random.between(-1, 1) * options.skewMs);
        host.rate = 1 + random.between(-1, 1) * options.drift;
      }
      for (const node of nodes) node.onExit = (reason) => this.#exited(node, reason);
    }
    setWorld({
      scheduler: this.scheduler,
      network: this.network,
      natsServers: new Map(this.datacenters.map(({ nats }) => [nats.address, nats])),
      disks: new Map(this.#allNodes().map((node) => [node.host.name, node.disk])),
      onStorage: (folder, storage) => {
        const node = this.#allNodes().find(({ host }) => host.name === folder);
        if (node !== undefined) node.storage = storage;
        return this.#oracle.opened(folder, storage);
      },
      onReplicas: (host, replicas) => {
        const node = this.#allNodes().find((one) => one.host === host);
        if (node === undefined) throw new Error(`no node ${host.name}`);
        node.replicas = replicas;
        this.#oracle.watch(host.name, replicas.replicas[0]?.partition.self ?? "", replicas);
      },
      count,
      trace: this.#trace,
    });
  }

  #startAll(): void {
    for (const { nats, nodes, shippers } of this.datacenters) {
      nats.start();
      for (const node of nodes) node.start();
      for (const shipper of shippers) shipper.start();
    }
  }

  #work(): void {
    const { options, scheduler } = this;
    for (const [index, clients] of this.#clients.entries()) {
      for (let client = 0; client < options.clients; client++)
        this.#keepAsking(clients, `${index}.${client}`);
    }
    if (options.twinsEveryMs > 0) this.#writeTwins();
    this.#faults.start();
    this.#failover?.start(options.failoverMs);
    this.#run(scheduler.nowMs + options.safetyMs);
  }

  #keepAsking(clients: Clients, client: string): void {
    const { scheduler, options } = this;
    const next = (): void => {
      if (this.#clientsOver) return;
      const key = scheduler.random.pick(this.#keys);
      if (key === undefined) return;
      clients.askSomething(client, key, options, () => {
        scheduler.after(options.thinkMs * 2 * scheduler.random.next(), undefined, next);
      });
    };
    scheduler.after(options.thinkMs * scheduler.random.next(), undefined, next);
  }

  /** The same record is written in every datacenter at the same moment, again and again. */
  #writeTwins(): void {
    const { scheduler, options } = this;
    const next = (): void => {
      const key = scheduler.random.pick(this.#keys);
      if (this.#clientsOver || key === undefined) return;
      for (const clients of this.#clients) clients.ask("twin", key, "write", undefined, () => undefined);
      scheduler.after(options.twinsEveryMs * 2 * scheduler.random.next(), undefined, next);
    };
    next();
  }

  #heal(): void {
    this.#trace?.("world", "healed");
    this.#faults.heal();
    for (const { nats } of this.datacenters) nats.faults = NO_NATS_FAULTS;
  }

  /** Writes every record in every datacenter until each has been acknowledged once. */
  #probes(): () => boolean {
    const left = new Set<string>();
    for (const clients of this.#clients) {
      for (const key of this.#keys) {
        const name = `${this.#clients.indexOf(clients)}/${key.name}`;
        left.add(name);
        const probe = (): void => {
          clients.ask("probe", key, "write", undefined, ({ outcome }) => {
            if (outcome === "applied") left.delete(name);
            else this.scheduler.after(20, undefined, probe);
          });
        };
        probe();
      }
    }
    return () => left.size === 0;
  }

  #run(untilMs: number, done: () => boolean = () => false): void {
    this.scheduler.run(untilMs, () => this.#violation !== undefined || done());
    if (this.#violation !== undefined) throw this.#violation;
  }

  #until(what: string, withinMs: number, holds: () => boolean): void {
    const endMs = this.scheduler.nowMs + withinMs;
    while (!holds()) {
      if (this.scheduler.nowMs >= endMs) {
        throw new Violation("LIVE", `not within ${withinMs} ms: ${what}; ${this.#whyNot()}`);
      }
      this.#run(this.scheduler.nowMs + POLL_MS);
    }
  }

  // ---- what is asked at the end -------------------------------------------------------------------

  #allServe(): boolean {
    return this.datacenters.every(({ nodes }) =>
      Array.from({ length: SLOTS }, (_, slot) => slot).every((slot) =>
        nodes.some(({ replicas }) => replicas?.isPrimary(slot)),
      ),
    );
  }

  #noLag(): boolean {
    return this.datacenters.every(({ shippers }) => {
      const ships = shippers.flatMap(({ shipper }) => [...(shipper?.ships.values() ?? [])]);
      return ships.every(({ ship }) => {
        const { state, lagRecords } = figuresOf(ship, 0, this.scheduler.nowMs);
        return state === "shipping" && lagRecords === 0 && ship.pool.runs === 0;
      });
    });
  }

  #copiesOf(key: Key): { readonly node: NodeProcess }[] {
    return this.datacenters.flatMap(({ nodes }) => {
      const primary = nodes.find(({ replicas }) => replicas?.isPrimary(key.slot));
      const row = primary?.replicas?.map?.namespaces[0]?.rows[key.slot];
      return nodes
        .filter(({ host }) => row?.inSync.includes(this.#oracle.nodes.get(host.name)?.id ?? ""))
        .map((node) => ({ node }));
    });
  }

  /** All clocks agree, and are past the void time of every record. */
  #letExpire(): void {
    const latest = [...this.#oracle.versions.values()].reduce((most, { whole }) => {
      return Math.max(most, whole.voidTime);
    }, 0);
    const aheadMs = (latest + 1 + VOID_TIME_EPOCH_SECONDS) * 1000 - this.scheduler.wallMs();
    this.#aheadMs = Math.max(0, aheadMs);
    for (const { host } of this.#allNodes()) host.wallOffsetMs = this.#aheadMs;
  }

  #allExpired(): boolean {
    if (this.options.ttlSeconds === 0) return true;
    const versions = this.#keys.flatMap((key) =>
      this.#copiesOf(key).map(({ node }) => this.#copyOf(node, key).version),
    );
    return versions.every((one) => one === undefined || one.tombstone || one.whole.voidTime === 0);
  }

  #allInSync(): boolean {
    const due = this.datacenters.length * this.options.replicationFactor;
    return this.#keys.every((key) => {
      const copies = this.#copiesOf(key);
      const settled = copies.filter(({ node }) => this.#oracle.isSettled(node.host.name, key.slot));
      return settled.length === due && copies.length === due;
    });
  }

  #stored(node: NodeProcess, key: Key): Buffer | undefined {
    return this.scheduler.within(node.host, () => node.storage?.get(key.slot, key.digest));
  }

  #judgeAtRest(healedMs: number): void {
    judgeAtRest({
      policy: this.options.policy,
      byBins: this.options.byBins,
      datacenters: this.datacenters.map(({ name }) => name),
      keys: this.#keys,
      operations: this.#clients.flatMap(({ operations }) => operations),
      oracle: this.#oracle,
      copies: (key) => this.#copiesOf(key).map(({ node }) => this.#copyOf(node, key)),
      healed: { at: healedMs, within: WRITABLE_MS },
      isCalm: this.options.clients > 0 && this.options.faults.length === 0 && this.#failover === undefined,
      now: Math.floor((this.scheduler.wallMs() + this.#aheadMs) / 1000) - VOID_TIME_EPOCH_SECONDS,
      report: (checker, message) => this.#report(checker, message),
      count: (what) => this.#count(what),
    });
    if (this.#violation !== undefined) throw this.#violation;
  }

  #copyOf(node: NodeProcess, key: Key): Copy {
    const bytes = this.#stored(node, key);
    const version = bytes === undefined ? undefined : readVersion(Buffer.from(bytes));
    return { datacenter: node.datacenter, node: node.host.name, version };
  }

  #whyNot(): string {
    const slots = this.datacenters.flatMap(({ name, nodes }) =>
      Array.from({ length: SLOTS }, (_, slot) => {
        const states = nodes.map(({ host, replicas }) => {
          const partition = replicas?.replicas[slot]?.partition;
          return `${host.name} ${partition?.role}/${partition?.phase}/${partition?.epoch}/${partition?.last}`;
        });
        return `${name} ${slot}: ${states.join(", ")}`;
      }),
    );
    const lags = this.datacenters.flatMap(({ shippers }) =>
      shippers.flatMap(({ host, shipper }) =>
        [...(shipper?.ships ?? [])].map(
          ([to, { ship }]) =>
            `${host.name} to ${to} ${JSON.stringify(figuresOf(ship, 0, this.scheduler.nowMs))}`,
        ),
      ),
    );
    const records = this.#keys.map((key) => {
      const copies = this.#copiesOf(key).map(({ node }) => {
        const bytes = this.#stored(node, key);
        return `${node.host.name} ${bytes === undefined ? "none" : `${readVersion(bytes).token} ${bytes.toString("hex")}`}`;
      });
      return `${key.name}/${key.slot}: ${copies.join(", ")}`;
    });
    return [...slots, ...lags, ...records].join("\n  ");
  }

  // ---- helpers ----------------------------------------------------------------------------------------

  #allNodes(): NodeProcess[] {
    return this.datacenters.flatMap(({ nodes }) => [...nodes]);
  }

  /** A node says that it cannot go on: right after what was done to its disk, else not. */
  #exited(node: NodeProcess, reason: string): void {
    this.#trace?.(node.host.name, `exits: ${reason}`);
    this.#count("node exited");
    if (!isExcused(reason)) this.#report("ASSERT", `${node.host.name} exits: ${reason}`);
    // From its own event: what the rest of that event does is void.
    this.scheduler.after(0, undefined, () => {
      node.kill();
      if (/IDENTITY_LOST|old copy/.test(reason)) {
        node.disk.wipe();
        this.#oracle.diskReplaced(node.host.name);
      }
      this.scheduler.after(300, undefined, () => node.start());
    });
  }

  #report(checker: string, message: string): void {
    this.#trace?.("VIOLATES", `${checker}: ${message}`);
    this.#violation ??= new Violation(checker, message);
  }

  #count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}

/** Why a process may end itself: a disk that failed, or that is an old copy. */
function isExcused(reason: string): boolean {
  return /write failed|did not settle|storage failed|STORE_FAILED|IDENTITY_LOST|old copy/.test(reason);
}

function sameDatacenter(from: Host, to: Host): boolean {
  return letterOf(from) === letterOf(to);
}
/** Hosts are named by their datacenter's letter: dc-a/nats, a1, xa1. */
function letterOf(host: Host): string {
  const { name } = host;
  return (name.startsWith("dc-") ? name[3] : name.startsWith("x") ? name[1] : name[0]) ?? "";
}
