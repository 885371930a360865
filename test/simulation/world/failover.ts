/**
 * An operator of a world: declares a datacenter lost, dead or only cut off, brings it back as usual, waits
 * until it has closed itself, and lets it in. He gives his orders to the control buckets as the command line
 * does, again where a bucket has forgotten them, and believes that one holds when every primary of one map
 * says so (cli/failover/order.ts, which needs the admin listeners that a world lacks).
 */
import { decodeFence, decodeMap, decodeShutOuts } from "../../../proto/cluster-map-codec.ts";
import { encodeFence, encodeShutOuts } from "../../../proto/cluster-map-codec.ts";
import type { ClusterMap, Fence, ShutOut } from "../../../proto/cluster-map.ts";
import { type FenceWish, newestFence, nextFenceOrder, nextShutOutOrder } from "../../../proto/fence-order.ts";
import { FENCE_KEY, MAP_KEY, SHUT_OUTS_KEY } from "../../../proto/subjects.ts";
import type { ReplicaSet } from "../../../node/replica/replica-set.ts";
import type { Datacenter } from "./datacenter.ts";
import type { Scheduler } from "./host.ts";
import type { Network } from "./network.ts";
import type { Oracle } from "./oracle.ts";
import { world } from "./present.ts";
import { endHost } from "./processes.ts";

const LOOK_MS = 25;
const AWAY_MS = 1500;
const ID = 4711;

type Phase = "lose" | "declare" | "away" | "close" | "list" | "admit" | "lift" | "open" | "over";

export class Failover {
  readonly #scheduler: Scheduler;
  readonly #network: Network;
  readonly #oracle: Oracle;
  readonly #lost: Datacenter;
  readonly #survivors: readonly Datacenter[];
  readonly #isCutOnly: boolean;
  #phase: Phase = "lose";
  #orders = 0;
  readonly #told = new Set<Datacenter>();
  /** By slot: what the lost datacenter had committed and ships when it was closed. */
  #listed: ReadonlyMap<number, number> = new Map();

  constructor(scheduler: Scheduler, network: Network, datacenters: readonly Datacenter[], oracle: Oracle) {
    const { random } = scheduler;
    const lost = random.pick(datacenters);
    if (lost === undefined || datacenters.length < 2) throw new Error("a failover needs two datacenters");
    this.#scheduler = scheduler;
    this.#network = network;
    this.#oracle = oracle;
    this.#lost = lost;
    this.#survivors = datacenters.filter((one) => one !== lost);
    this.#isCutOnly = random.chance(0.4);
  }

  get isOver(): boolean {
    return this.#phase === "over";
  }
  /** Where it stands, for a message. */
  get phase(): string {
    return `${this.#lost.name}: ${this.#phase}`;
  }

  start(afterMs: number): void {
    this.#scheduler.after(afterMs, undefined, () => this.#look());
  }

  #look(): void {
    this.#act();
    if (!this.isOver) this.#scheduler.after(LOOK_MS, undefined, () => this.#look());
  }

  #act(): void {
    switch (this.#phase) {
      case "lose":
        this.#lose();
        this.#enter("declare");
        break;
      case "declare":
        if (this.#survivors.every((survivor) => this.#isShutOutOf(survivor))) {
          this.#scheduler.after(AWAY_MS * this.#scheduler.random.next(), undefined, () => this.#bringBack());
          this.#enter("away");
        }
        break;
      case "close":
        if (mapOf(this.#lost)?.fence.state === "held") this.#enter("list");
        break;
      case "list":
        if (this.#fenced({ state: "held" }, ({ state }) => state === "held")) {
          this.#listed = this.#committedByLost();
          this.#enter("admit");
        }
        break;
      case "admit": {
        const isMet = ({ state, admitted }: Fence): boolean =>
          state === "held" && admitted?.includes(ID) === true;
        if (this.#fenced({ state: "held", admit: [ID] }, isMet)) this.#enter("lift");
        break;
      }
      case "lift":
        if (this.#survivors.every((survivor) => this.#isLetInBy(survivor))) {
          this.#checkListed();
          this.#enter("open");
        }
        break;
      case "open":
        if (this.#fenced({ state: "open", admit: [ID] }, ({ state }) => state === "open"))
          this.#enter("over");
        break;
      case "away":
      case "over":
        break;
    }
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    world().trace?.("operator", `${phase} ${this.#lost.name}`);
    world().count(`failover: ${phase}`);
  }

  // ---- what is lost, and how it returns -------------------------------------------------------------

  #lose(): void {
    const { nodes, shippers, nats } = this.#lost;
    if (this.#isCutOnly) {
      for (const [here, there] of this.#wan()) this.#network.cut(here, there);
      return;
    }
    for (const node of nodes) {
      if (this.#scheduler.random.chance(0.5)) node.kill();
      else node.powerCut();
    }
    for (const shipper of shippers) shipper.kill();
    if (nats.host.up) endHost(nats.host, this.#scheduler.random.chance(0.5));
  }

  /** As usual: nobody says that it must come up closed. */
  #bringBack(): void {
    const { nodes, shippers, nats } = this.#lost;
    if (this.#isCutOnly) for (const [here, there] of this.#wan()) this.#network.heal(here, there);
    if (!nats.host.up) nats.start();
    for (const node of nodes) node.start();
    for (const shipper of shippers) shipper.start();
    this.#enter("close");
  }

  #wan() {
    const outside = this.#survivors.flatMap(({ hosts }) => hosts);
    return this.#lost.hosts.flatMap((here) =>
      outside.flatMap((there) => [[here, there] as const, [there, here] as const]),
    );
  }

  // ---- orders ---------------------------------------------------------------------------------------

  #isShutOutOf(survivor: Datacenter): boolean {
    if (this.#told.has(survivor)) return true;
    const { sourceId } = this.#lost;
    if (!this.#shutOuts(survivor, [{ sourceId, id: ID, sinceMs: 1 }])) return false;
    this.#told.add(survivor);
    this.#oracle.shutOutHolds(survivor.name, this.#lost.name);
    return true;
  }

  #isLetInBy(survivor: Datacenter): boolean {
    this.#oracle.shutOutLifted(survivor.name, this.#lost.name);
    return this.#shutOuts(survivor, []);
  }

  /** Whether exactly these are shut out, and every primary says so; ordered if not. */
  #shutOuts(datacenter: Datacenter, wanted: readonly ShutOut[]): boolean {
    const map = mapOf(datacenter);
    const entry = lastOf(datacenter, SHUT_OUTS_KEY);
    const ordered = entry && decodeShutOuts(entry.value);
    const order = nextShutOutOrder([map?.shutOuts, ordered], (origins) =>
      origins.length === wanted.length ? origins : wanted,
    );
    if (order !== undefined) this.#give(datacenter, SHUT_OUTS_KEY, encodeShutOuts(order));
    if (map === undefined || map.shutOuts.origins.length !== wanted.length) return false;
    return this.#allVouch(datacenter, map, (replicas) => replicas.unsettledByShutOut === 0);
  }

  /** Whether the lost datacenter's fence is as wanted, and every primary says so; ordered if not. */
  #fenced(wish: FenceWish, isMet: (fence: Fence) => boolean): boolean {
    const map = mapOf(this.#lost);
    const entry = lastOf(this.#lost, FENCE_KEY);
    const known = [map?.fence, entry && decodeFence(entry.value)];
    const newest = newestFence(known);
    if (newest === undefined || !isMet(newest)) {
      this.#give(this.#lost, FENCE_KEY, encodeFence(nextFenceOrder(known, wish)));
    }
    if (map === undefined || !isMet(map.fence)) return false;
    return this.#allVouch(
      this.#lost,
      map,
      ({ primary }) => wish.state === "open" || primary.clientWrites === 0,
    );
  }

  #give(datacenter: Datacenter, key: string, value: Uint8Array): void {
    if (!datacenter.nats.host.up) return;
    const revision = lastOf(datacenter, key)?.revision ?? 0;
    // Refused: somebody else was faster, and it is looked again.
    void datacenter.nats.bucket.attempt(key, value, revision, `operator ${++this.#orders}`);
  }

  #allVouch(datacenter: Datacenter, map: ClusterMap, isSettled: (replicas: ReplicaSet) => boolean): boolean {
    return map.namespaces.every(({ rows }) =>
      rows.every(({ primary }, slot) => {
        const node = datacenter.nodes.find(
          ({ host }) => primary !== null && this.#oracle.nodes.get(host.name)?.id === primary,
        );
        const replicas = node?.replicas;
        if (node === undefined || replicas === undefined || !node.host.up || node.host.stopped) return false;
        return replicas.map?.version === map.version && replicas.isPrimary(slot) && isSettled(replicas);
      }),
    );
  }

  // ---- what must be known when it is let in ------------------------------------------------------------

  #committedByLost(): ReadonlyMap<number, number> {
    const slots = mapOf(this.#lost)?.namespaces[0]?.rows.keys() ?? [];
    return new Map([...slots].map((slot) => [slot, this.#oracle.lastShipped(this.#lost.name, slot)]));
  }

  /** What was listed is all there is: nothing was added while it was held. */
  #checkListed(): void {
    for (const [slot, now] of this.#committedByLost()) {
      const listed = this.#listed.get(slot) ?? 0;
      if (now === listed) continue;
      this.#oracle.notListed(
        `${this.#lost.name} committed up to ${now} in slot ${slot}, listed up to ${listed}`,
      );
    }
  }
}

function lastOf(
  { nats }: Datacenter,
  key: string,
): { readonly value: Buffer; readonly revision: number } | undefined {
  const entry = nats.bucket.snapshot().entries.findLast((one) => one.key === key);
  if (entry === undefined || entry.deleted) return undefined;
  return { value: Buffer.from(entry.value), revision: entry.revision };
}

/** By the control bucket. */
function mapOf(datacenter: Datacenter): ClusterMap | undefined {
  const entry = lastOf(datacenter, MAP_KEY);
  return entry && decodeMap(entry.value);
}
