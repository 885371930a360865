/**
 * Looks at the lag of every link of this shipper once a second: knows which stand still, and since when,
 * and says in the log when a stall begins and when it ends.
 */
import type { ShipLink } from "../ship/ship-link.ts";
import { type AtRisk, atRisk, type Lag, lagOf, type LinkSigns, type PartitionLag, sumLags } from "./lag.ts";
import { worstPartitions } from "./lag.ts";
import { Stall } from "./stall.ts";

const LOOK_MS = 1000;
/** A destination is heard of at least every half second while it is connected. */
const CONNECTED_MS = 3000;
/** What was computed is not older than this when it is told. */
const SAME_MS = 100;
/** Partitions that are named. */
const WORST_COUNT = 5;

export interface NamespaceLag extends Lag {
  readonly namespace: string;
  /** For how long nothing has arrived although something should; null: it goes on. */
  readonly stalledMs: number | null;
}

export interface LinkLag extends Lag {
  readonly stalledMs: number | null;
  readonly namespaces: readonly NamespaceLag[];
}

type WatchedLink = Pick<ShipLink, "ship" | "busOpen" | "held"> & {
  readonly options: Pick<ShipLink["options"], "namespaces">;
};

export interface LagWatchOptions {
  readonly ships: ReadonlyMap<string, WatchedLink>;
  /** A fence holds this datacenter's changes back. */
  readonly held: () => boolean;
  /** The destination has told that changes of ours are parked there. */
  readonly parked: (destination: string, namespace: string) => boolean;
  readonly now: () => number;
  readonly log: {
    readonly info: (fields: object, text: string) => void;
    readonly warn: (fields: object, text: string) => void;
  };
}

export function isConnected({ ship }: Pick<ShipLink, "ship">, now: number): boolean {
  return now - ship.reporters.heardAt < CONNECTED_MS;
}

export class LagWatch {
  readonly #options: LagWatchOptions;
  readonly #stalls = new Map<string, Stall>();
  /** Many ask in one scrape, and each answer looks at every partition. */
  readonly #known = new Map<string, { readonly lag: LinkLag; readonly at: number }>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: LagWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.look(), LOOK_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Looks at every link. */
  look(): void {
    const { ships, now, log } = this.#options;
    const time = now();
    for (const [destination, link] of ships) {
      link.options.namespaces.forEach((namespace, index) => {
        const stall = this.#stallOf(destination, namespace);
        const before = stall.stalledMs(time);
        const lag = lagOf(link.ship, index, this.#signs(destination, link, namespace), NO_RISK, time);
        const { success = 0, recoveredRecords = 0 } = link.ship.counts[index] ?? {};
        const isDown = !link.busOpen || !isConnected(link, time);
        const unsure = lag.cause !== "off" && (lag.records !== 0 || isDown);
        const news = stall.take({ pending: unsure, progress: success + recoveredRecords }, time);
        const { records, seconds } = lag;
        if (news === "begun") {
          // With what is known of the stall itself, the cause may be another one.
          const { cause } = this.#of(destination, link, index, NO_RISK, time);
          log.warn({ destination, namespace, cause, records, seconds }, "shipping stands still");
        } else if (news === "ended") {
          log.info({ destination, namespace, records, stoodMs: before }, "shipping goes on");
        }
      });
    }
  }

  /** The lag of a link now, by namespace; undefined: there is no such link. */
  of(destination: string): LinkLag | undefined {
    const { ships, now } = this.#options;
    const link = ships.get(destination);
    if (link === undefined) return undefined;
    const time = now();
    const known = this.#known.get(destination);
    if (known !== undefined && time - known.at <= SAME_MS) return known.lag;
    const lag = this.#compute(destination, link, time);
    this.#known.set(destination, { lag, at: time });
    return lag;
  }

  #compute(destination: string, link: WatchedLink, time: number): LinkLag {
    const cores = [...this.#options.ships.values()].map(({ ship }) => ship);
    const namespaces = link.options.namespaces.map((_, index) =>
      this.#of(destination, link, index, atRisk(cores, index), time),
    );
    const stalls = namespaces.map(({ stalledMs }) => stalledMs).filter((ms) => ms !== null);
    return {
      ...sumLags(namespaces),
      stalledMs: stalls.length === 0 ? null : Math.max(...stalls),
      namespaces,
    };
  }

  worst(destination: string, namespace: string): PartitionLag[] {
    const { ships, now } = this.#options;
    const link = ships.get(destination);
    const index = link?.options.namespaces.indexOf(namespace) ?? -1;
    if (link === undefined || index < 0) return [];
    return worstPartitions(link.ship, index, this.#signs(destination, link, namespace), now(), WORST_COUNT);
  }

  #of(destination: string, link: WatchedLink, index: number, risk: AtRisk, time: number): NamespaceLag {
    const namespace = link.options.namespaces[index] ?? "";
    const lag = lagOf(link.ship, index, this.#signs(destination, link, namespace), risk, time);
    return { namespace, ...lag, stalledMs: this.#stallOf(destination, namespace).stalledMs(time) };
  }

  #signs(destination: string, link: WatchedLink, namespace: string): LinkSigns {
    const { held, parked, now } = this.#options;
    return {
      busOpen: link.busOpen,
      connected: isConnected(link, now()),
      held: held(),
      pace: link.held(link.options.namespaces.indexOf(namespace)),
      stalled: this.#stallOf(destination, namespace).stalledMs(now()) !== null,
      parked: parked(destination, namespace),
    };
  }

  #stallOf(destination: string, namespace: string): Stall {
    const key = `${destination}/${namespace}`;
    const stall = this.#stalls.get(key) ?? new Stall();
    this.#stalls.set(key, stall);
    return stall;
  }
}

/** Where nobody asks for it. */
const NO_RISK: AtRisk = { writes: 0, unknown: 0 };
