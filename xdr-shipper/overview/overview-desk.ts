/**
 * What this shipper tells others of what it sees, what it has heard of them, and the whole of it as the
 * dashboard shows it (`/overview`).
 */
import type { Clock } from "../../common/clock.ts";
import type { DatacenterConfig } from "../../common/config.ts";
import { isConnected, type LagWatch } from "../lag/lag-watch.ts";
import type { PartitionLag } from "../lag/lag.ts";
import type { ShipperParts } from "../shipper.ts";
import { feedStatus } from "../feed/feed-status.ts";
import { type Heard, HeardSummaries } from "./heard.ts";
import { NodeViews } from "./node-views.ts";
import { viewDatacenters, viewLinks } from "./overview.ts";
import { encodeSummary, type Summary } from "./summary.ts";

type Told = Omit<Summary, "format">;

export interface OverviewDeskOptions {
  readonly config: DatacenterConfig;
  readonly clock: Clock;
  readonly members: ShipperParts["members"];
  /** Names of the datacenters by source id, kept up to date. */
  readonly names: ReadonlyMap<number, string>;
  /** The rest is made after this one. */
  readonly parts: () => ShipperParts;
  readonly lags: () => Pick<LagWatch, "of" | "worst">;
}

export class OverviewDesk {
  readonly #options: OverviewDeskOptions;
  readonly #heard: HeardSummaries;
  readonly #nodes: NodeViews;

  constructor(options: OverviewDeskOptions) {
    this.#options = options;
    const { config, clock, members } = options;
    const now = () => clock.monotonicMs();
    this.#heard = new HeardSummaries(now);
    this.#nodes = new NodeViews({
      members,
      namespaces: config.namespaces.map(({ name }) => name),
      origins: options.names,
      now,
    });
  }

  close(): void {
    this.#nodes.close();
  }

  /** A shipper of a datacenter, this one included, tells of what it sees. */
  take(datacenter: string, bytes: Uint8Array): void {
    this.#heard.take(datacenter, bytes);
  }

  /** Whether changes of ours are parked there; false also when that is not told. */
  parkedAt(destination: string, namespace: string): boolean {
    const { name } = this.#options.config;
    const ledgers = this.#heard.of(destination).fresh[0]?.ledgers ?? [];
    return ledgers.some((one) => one.origin === name && one.namespace === namespace && one.parked > 0);
  }

  /** Undefined when it is too long to be told. */
  encoded(): Uint8Array | undefined {
    return encodeSummary(this.#own());
  }

  /** `/overview`: all that the dashboard shows. */
  overview() {
    this.#nodes.lookedAt();
    const { config, clock } = this.#options;
    const { name, roles, instances, feeds, local, remotes } = this.#options.parts();
    const own: Heard = {
      fresh: [{ format: 1, ...this.#own() }, ...this.#heard.of(config.name).fresh],
      heardMs: 0,
    };
    const sources = {
      own: config.name,
      others: remotes,
      namespaces: config.namespaces.map((namespace) => namespace.name),
      heard: (datacenter: string) => (datacenter === config.name ? own : this.#heard.of(datacenter)),
    };
    return {
      datacenter: config.name,
      shipper: { name, roles, instances: instances(), natsConnected: local.connection !== undefined },
      now: new Date(clock.wallMs()).toISOString(),
      datacenters: viewDatacenters(sources),
      links: viewLinks(sources),
      worst: this.#worst(),
      skews: this.#skews(),
      skewWarnMs: config["clock-skew"]["warn-ms"],
      feeds: [...feeds].map(([feed, link]) => ({ name: feed, ...feedStatus(link, clock.monotonicMs()) })),
    };
  }

  /** The partitions that are the furthest behind, of the lanes of this shipper. */
  #worst(): ({ readonly to: string; readonly namespace: string } & PartitionLag)[] {
    const { config, parts, lags } = this.#options;
    return [...parts().ships.keys()].flatMap((to) =>
      config.namespaces.flatMap(({ name: namespace }) =>
        lags()
          .worst(to, namespace)
          .map((lag) => ({ to, namespace, ...lag })),
      ),
    );
  }

  /** How far the clocks of the others are ahead of ours; null: not measured lately. */
  #skews() {
    const { applies } = this.#options.parts();
    return [...applies].map(([datacenter, link]) => ({ datacenter, skew: link.skew() ?? null }));
  }

  #own(): Told {
    const { config, clock, members } = this.#options;
    const { name, lanes, ships } = this.#options.parts();
    const now = clock.monotonicMs();
    return {
      datacenter: config.name,
      instance: name,
      lanes: [...(lanes.get("ship") ?? [])],
      fence: members.map?.fence.state ?? null,
      links: [...ships].map(([to, link]) => ({
        to,
        connected: isConnected(link, now),
        bytesShipped: link.publishedBytes,
      })),
      lags: [...ships].flatMap(([to, link]) =>
        (this.#options.lags().of(to)?.namespaces ?? []).map((lag, index) => ({
          to,
          ...lag,
          applied: link.ship.counts[index]?.success ?? 0,
        })),
      ),
      ...this.#nodes.view(),
    };
  }
}
