/**
 * One shipper process's parts, wired: the link to the datacenter's own NATS, a ship link per
 * destination, a feed link per change feed, an apply link (with a NATS link of its own) per origin, and
 * the lanes among instances.
 */
import { randomBytes } from "node:crypto";
import { type Clock, systemClock } from "../common/clock.ts";
import { type DatacenterConfig, natsOf, type RemoteConfig } from "../common/config.ts";
import type { Logger } from "../common/log.ts";
import { ApplyLink } from "./apply/apply-link.ts";
import { JetStreamConsumer } from "./bus/jetstream-consumer.ts";
import { JetStreamPublisher } from "./bus/jetstream-publisher.ts";
import { NatsLink } from "./bus/nats-link.ts";
import { OwnFence } from "./own-fence.ts";
import type { DeclaredFeed } from "../common/feeds/feed-orders.ts";
import { FeedLink } from "./feed/feed-link.ts";
import { FeedLinks } from "./feed/feed-links.ts";
import { LagWatch } from "./lag/lag-watch.ts";
import { Lanes, type ShipperRole } from "./lanes.ts";
import { orderedSettings } from "./ship/ordered-settings.ts";
import { ShipLink } from "./ship/ship-link.ts";
import { OverviewDesk } from "./overview/overview-desk.ts";
import { remoteInboxPrefix } from "../proto/subjects.ts";
import { MemberWatch } from "./tail/member-watch.ts";

export interface ShipperOptions {
  readonly config: DatacenterConfig;
  readonly name: string;
  readonly roles: readonly ShipperRole[];
  readonly log: Logger;
}

/** What status and metrics look at. */
export interface ShipperParts {
  readonly config: DatacenterConfig;
  readonly name: string;
  readonly roles: readonly ShipperRole[];
  readonly lanes: ReadonlyMap<ShipperRole, readonly number[]>;
  readonly local: NatsLink;
  readonly members: MemberWatch;
  readonly ships: ReadonlyMap<string, ShipLink>;
  readonly applies: ReadonlyMap<string, ApplyLink>;
  readonly feeds: ReadonlyMap<string, FeedLink>;
  readonly lags: LagWatch;
  readonly desk: OverviewDesk;
  readonly instances: () => readonly string[];
}

const NO_FEEDS: ReadonlyMap<string, FeedLink> = new Map();

export class Shipper implements ShipperParts {
  readonly config: DatacenterConfig;
  readonly name: string;
  readonly roles: readonly ShipperRole[];
  readonly lanes = new Map<ShipperRole, readonly number[]>();
  readonly local: NatsLink;
  readonly members: MemberWatch;
  readonly ships = new Map<string, ShipLink>();
  readonly applies = new Map<string, ApplyLink>();
  readonly lags: LagWatch;
  readonly desk: OverviewDesk;
  readonly clock: Clock;
  readonly #remotes: NatsLink[] = [];
  readonly #feeds: FeedLinks | undefined;
  readonly #lanes: Lanes;
  readonly #log: Logger;
  readonly #ownFence: OwnFence;

  constructor(options: ShipperOptions) {
    const { config, name, roles, log } = options;
    this.config = config;
    this.name = name;
    this.roles = roles;
    this.#log = log;
    this.clock = systemClock(config["clock-offset-ms"]);
    const instance = randomBytes(6).readUIntLE(0, 6);
    this.local = new NatsLink({ ...natsOf(config), name, log });
    this.members = new MemberWatch(this.local, log);
    this.#ownFence = new OwnFence({ link: this.local, members: this.members, log });
    this.desk = new OverviewDesk({
      ...{ config, clock: this.clock, members: this.members, parts: () => this, lags: () => this.lags },
    });
    for (const remote of config.remotes) {
      if (roles.includes("ship")) this.ships.set(remote.name, this.#shipTo(remote, instance));
      if (roles.includes("apply")) this.applies.set(remote.name, this.#applyFrom(remote));
    }
    if (roles.includes("ship")) {
      this.#feeds = new FeedLinks({
        ...{ config, members: this.members, link: this.local, log },
        open: (feed) => this.#feed(feed),
      });
    }
    this.lags = new LagWatch({
      ships: this.ships,
      held: () => this.members.map?.fence.state === "held",
      parked: (destination, namespace) => this.desk.parkedAt(destination, namespace),
      now: () => this.clock.monotonicMs(),
      log,
    });
    this.#lanes = new Lanes({
      link: this.local,
      datacenter: config.name,
      name,
      instance,
      roles,
      now: () => this.clock.monotonicMs(),
      summary: () => this.desk.encoded(),
      onSummary: (summary) => this.desk.take(config.name, summary),
      onLanes: (role, lanes) => this.#setLanes(role, lanes),
    });
  }

  get feeds(): ReadonlyMap<string, FeedLink> {
    return this.#feeds?.links ?? NO_FEEDS;
  }

  readonly instances = (): readonly string[] => this.#lanes.instances;

  /** Whether it can do its job: its own NATS and the nodes are known. */
  get ready(): boolean {
    return this.local.connection !== undefined && this.members.known;
  }

  async close(): Promise<void> {
    this.#lanes.close();
    this.lags.close();
    this.desk.close();
    for (const link of this.ships.values()) await link.close();
    for (const link of this.applies.values()) await link.close();
    await this.#feeds?.close();
    this.members.close();
    for (const link of [this.local, ...this.#remotes]) await link.close();
  }

  #setLanes(role: ShipperRole, lanes: readonly number[]): void {
    this.#log.info({ role, lanes }, "lanes of this instance");
    this.lanes.set(role, lanes);
    const links = role === "ship" ? this.ships : this.applies;
    for (const link of links.values()) link.setLanes(lanes);
    if (role === "ship") this.#feeds?.setLanes(lanes);
  }

  #feed({ config: feed, consumers }: DeclaredFeed): FeedLink {
    const { config, name, clock, members } = this;
    const datacenters = [config, ...config.remotes].map((one) => [one["src-id"], one.name] as const);
    return new FeedLink({
      feed,
      consumers,
      datacenter: config.name,
      datacenters: new Map(datacenters),
      instance: name,
      replicas: config["nats-replicas"],
      members,
      link: this.local,
      clock,
      log: this.#log.child({ feed: feed.name }),
    });
  }

  #shipTo(remote: RemoteConfig, publisher: number): ShipLink {
    const { config, name, clock, members } = this;
    const log = this.#log.child({ destination: remote.name });
    const windowBytes = config.shipping["window-bytes"];
    return new ShipLink({
      datacenter: config.name,
      sourceId: config["src-id"],
      destination: remote.name,
      destinationId: remote["src-id"],
      namespaces: config.namespaces.map((namespace) => namespace.name),
      instance: name,
      publisher,
      windowBytes,
      settings: orderedSettings(config, members, remote.name),
      members,
      clock,
      log,
      onShutOut: (declaration) => this.#ownFence.told(remote.name, declaration),
      onSummary: (summary) => this.desk.take(remote.name, summary),
      openBus: (events) =>
        new JetStreamPublisher({
          link: this.local,
          origin: config.name,
          destination: remote.name,
          // Room for the window twice: what is shipped again while its first copy still lies there.
          streamBytes: windowBytes * 2,
          replicas: config["nats-replicas"],
          events,
          log,
        }),
    });
  }

  #applyFrom(remote: RemoteConfig): ApplyLink {
    const { config, name, clock, members } = this;
    const log = this.#log.child({ origin: remote.name });
    const link = new NatsLink({ ...natsOf(remote), inboxPrefix: remoteInboxPrefix(config.name), name, log });
    this.#remotes.push(link);
    return new ApplyLink({
      datacenter: config.name,
      sourceId: config["src-id"],
      origin: remote.name,
      originId: remote["src-id"],
      namespaces: config.namespaces.map((namespace) => namespace.name),
      instance: name,
      members,
      clock,
      log,
      summary: () => this.desk.encoded(),
      openBus: (events) =>
        new JetStreamConsumer({
          link,
          origin: remote.name,
          destination: config.name,
          instance: name,
          events,
          log,
        }),
    });
  }
}
