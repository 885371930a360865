/**
 * One shipper process's parts, wired: the link to the datacenter's own NATS, a ship link per
 * destination, a feed link per change feed, an apply link (with a NATS link of its own) per origin, and
 * the lanes among instances.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as elapse } from "node:timers/promises";
import { jetstreamManager } from "@nats-io/jetstream";
import { type Clock, systemClock } from "../common/clock.ts";
import { type DatacenterConfig, natsOf, type RemoteConfig } from "../common/config.ts";
import { errorMessage, MeridianError } from "../common/errors.ts";
import type { Logger } from "../common/log.ts";
import { remotesOf } from "../common/xdr/remotes.ts";
import { NO_XDR_ORDERS } from "../common/xdr/xdr-orders.ts";
import { ApplyLink } from "./apply/apply-link.ts";
import { JetStreamConsumer } from "./bus/jetstream-consumer.ts";
import { JetStreamPublisher } from "./bus/jetstream-publisher.ts";
import { NatsLink } from "./bus/nats-link.ts";
import { deleteStream } from "./bus/stream-delete.ts";
import { OwnFence } from "./own-fence.ts";
import type { DeclaredFeed } from "../common/feeds/feed-orders.ts";
import { FeedLink } from "./feed/feed-link.ts";
import { FeedLinks } from "./feed/feed-links.ts";
import { LagWatch } from "./lag/lag-watch.ts";
import { Lanes, type ShipperRole } from "./lanes.ts";
import { orderedSettings } from "./ship/ordered-settings.ts";
import { ShipLink } from "./ship/ship-link.ts";
import { OverviewDesk } from "./overview/overview-desk.ts";
import { remoteInboxPrefix, shipStream } from "../proto/subjects.ts";
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
  /** Names of the other datacenters that there are. */
  readonly remotes: readonly string[];
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

/** For the links of a datacenter that is removed to end. */
const CLOSE_MS = 5000;

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
  /** By name: what each remote's links were made by, as JSON, and its NATS link. */
  readonly #remotes = new Map<string, { readonly made: string; readonly link: NatsLink | undefined }>();
  /** Names of this datacenter and the others, by source id; kept up with the remotes that there are. */
  readonly #names = new Map<number, string>();
  /** Links end and begin one after the other. */
  #work: Promise<void> = Promise.resolve();
  #order = -1;
  #closed = false;
  readonly #feeds: FeedLinks | undefined;
  readonly #lanes: Lanes;
  readonly #log: Logger;
  readonly #ownFence: OwnFence;
  readonly #unlisten: () => void;

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
      names: this.#names,
    });
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
    this.#unlisten = this.members.listen(() => this.#followRemotes());
  }

  /** The other datacenters that there are, by name. */
  get remotes(): readonly string[] {
    return remotesOf(this.config, this.members.map?.xdr ?? NO_XDR_ORDERS).map(({ name }) => name);
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
    this.#closed = true;
    this.#unlisten();
    await this.#work;
    this.#lanes.close();
    this.lags.close();
    this.desk.close();
    for (const link of this.ships.values()) await link.close();
    for (const link of this.applies.values()) await link.close();
    await this.#feeds?.close();
    this.members.close();
    for (const { link } of this.#remotes.values()) await link?.close();
    await this.local.close();
  }

  /** Datacenters may be added and removed at run time. */
  #followRemotes(): void {
    const { map } = this.members;
    const orders = map?.xdr ?? NO_XDR_ORDERS;
    if (map === undefined || orders.order === this.#order) return;
    this.#order = orders.order;
    const wanted = remotesOf(this.config, orders);
    this.#work = this.#work
      .then(() => this.#dismiss(wanted))
      .then(() => {
        if (!this.#closed) this.#bring(wanted);
      })
      .catch((error: unknown) => {
        this.#log.error({ reason: errorMessage(error) }, "a link to a datacenter cannot be ended");
      });
  }

  /** Ends the links of datacenters that are there no more, or are reached otherwise. */
  async #dismiss(wanted: readonly RemoteConfig[]): Promise<void> {
    const made = new Set(wanted.map((remote) => JSON.stringify(remote)));
    for (const [name, remote] of this.#remotes) {
      if (made.has(remote.made)) continue;
      this.#log.info({ datacenter: name }, "links to a datacenter end, by an order");
      this.#remotes.delete(name);
      const [ship, apply] = [this.ships.get(name), this.applies.get(name)];
      this.ships.delete(name);
      this.applies.delete(name);
      const closing = [ship?.close(), apply?.close(), remote.link?.close()].map((one) =>
        one?.catch((error: unknown) => {
          this.#log.warn({ datacenter: name, reason: errorMessage(error) }, "a link did not end well");
        }),
      );
      // One whose NATS is cut off may take as long as it likes.
      await Promise.race([Promise.all(closing), elapse(CLOSE_MS, undefined, { ref: false })]);
      if (!wanted.some((one) => one.name === name)) await this.#deleteStream(name);
    }
  }

  /** What was on its way to a datacenter that is no more; where it cannot be deleted it stays, bounded. */
  async #deleteStream(datacenter: string): Promise<void> {
    const connection = this.local.connection;
    const stream = shipStream(this.config.name, datacenter);
    try {
      if (connection === undefined) throw new MeridianError("NATS_UNREACHABLE", "own NATS is away");
      await deleteStream(await jetstreamManager(connection), stream);
    } catch (error) {
      // Nothing waits for it, and it holds no more than its bound of bytes.
      this.#log.warn({ stream, reason: errorMessage(error) }, "a stream that nobody needs cannot be deleted");
    }
  }

  #bring(wanted: readonly RemoteConfig[]): void {
    this.#names.clear();
    for (const one of [this.config, ...wanted]) this.#names.set(one["src-id"], one.name);
    for (const remote of wanted) {
      const { name } = remote;
      if (this.#remotes.has(name)) continue;
      let link: NatsLink | undefined;
      if (this.roles.includes("ship")) {
        const ship = this.#shipTo(remote);
        this.ships.set(name, ship);
        ship.setLanes(this.lanes.get("ship") ?? []);
      }
      if (this.roles.includes("apply")) {
        link = this.#linkTo(remote);
        const apply = this.#applyFrom(remote, link);
        this.applies.set(name, apply);
        apply.setLanes(this.lanes.get("apply") ?? []);
      }
      this.#remotes.set(name, { made: JSON.stringify(remote), link });
    }
  }

  #linkTo(remote: RemoteConfig): NatsLink {
    const { config, name } = this;
    const log = this.#log.child({ origin: remote.name });
    return new NatsLink({ ...natsOf(remote), inboxPrefix: remoteInboxPrefix(config.name), name, log });
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
    return new FeedLink({
      feed,
      consumers,
      datacenter: config.name,
      datacenters: this.#names,
      instance: name,
      replicas: config["nats-replicas"],
      members,
      link: this.local,
      clock,
      log: this.#log.child({ feed: feed.name }),
    });
  }

  #shipTo(remote: RemoteConfig): ShipLink {
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
      // Each link numbers its messages anew.
      publisher: randomBytes(6).readUIntLE(0, 6),
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

  #applyFrom(remote: RemoteConfig, link: NatsLink): ApplyLink {
    const { config, name, clock, members } = this;
    const log = this.#log.child({ origin: remote.name });
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
