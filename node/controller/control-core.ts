/**
 * One node's part in the control plane, without its transport: what it reports, what it makes of the
 * control bucket and of the others' reports, and the controller that runs when it holds the lease.
 * Runs over NATS (nats-control-plane.ts) and, unchanged, in the simulator.
 */
import { rethrowBroken } from "../../common/assert.ts";
import { randomBytes } from "node:crypto";
import type { Clock } from "../../common/clock.ts";
import type { DatacenterConfig } from "../../common/config.ts";
import { errorMessage, type MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import type { BucketValue } from "../../common/nats/bucket-watch.ts";
import type { FeedChange } from "../../common/feeds/feed-orders.ts";
import { remotesOf } from "../../common/xdr/remotes.ts";
import { NO_XDR_ORDERS, type XdrChange } from "../../common/xdr/xdr-orders.ts";
import type { ClusterMap, Member, NodeId } from "../../proto/cluster-map.ts";
import { CONTROLLER_KEY, MAP_KEY } from "../../proto/subjects.ts";
import type { ControlKv } from "./control-kv.ts";
import type { LinkState } from "./control-plane.ts";
import { ControlView } from "./control-view.ts";
import { Controller } from "./controller.ts";
import { Leadership } from "./leadership.ts";
import type { MapHolder } from "./map-holder.ts";
import { decodeReport, encodeReport, type OutgoingReport } from "./messages.ts";
import type { InSyncAsk, StartFenced } from "./observed.ts";
import { Registrar } from "./registrar.ts";
import { linksDiffer, ReportBoard } from "./report-board.ts";
import { orderFeeds } from "./feed-orders.ts";
import { orderXdr } from "./xdr-orders.ts";

export interface ControlTransport {
  /** Whether what is sent now has a chance to arrive. */
  connected(): boolean;
  publishReport(report: Uint8Array): void;
  /** The highest map that `from` holds; undefined when it has none or does not answer. */
  fetchMap(from: NodeId): Promise<ClusterMap | undefined>;
}

export interface ControlCoreOptions {
  readonly config: DatacenterConfig;
  readonly member: Member;
  /** Whether this start must be fenced (Registered of observed.ts). */
  readonly startFenced: StartFenced;
  readonly maps: MapHolder;
  readonly kv: ControlKv;
  readonly transport: ControlTransport;
  readonly clock: Clock;
  readonly log: Logger;
  /** Registered for the first time, or again in a new bucket. */
  readonly onRegistered: () => void;
  /** IDENTITY_LOST or CLUSTER_MISMATCH. */
  readonly onRefused: (error: MeridianError) => void;
}

export class ControlCore {
  readonly #options: ControlCoreOptions;
  readonly #self: NodeId;
  readonly #board: ReportBoard;
  readonly #view = new ControlView();
  readonly #registrar: Registrar;
  readonly #leadership: Leadership;
  readonly #controller: Controller;
  readonly #watch: { restart(): void; stop(): void };
  readonly #timer: NodeJS.Timeout;
  #links: readonly LinkState[] = [];
  #linksAtMs: number;
  #reportedAtMs = -Infinity;
  #listeningSinceMs: number;
  #sawLease = false;
  #leaving = false;
  #stopping = false;
  /** The KV holds a map that is not ours to follow: of another cluster, or of a newer release. */
  #estranged = false;

  constructor(options: ControlCoreOptions) {
    const { config, member, maps, kv, clock, log } = options;
    const session = randomBytes(9).toString("base64url");
    this.#options = options;
    this.#self = member.id;
    this.#board = new ReportBoard(this.#self, config.timing["dead-after-ms"]);
    this.#linksAtMs = clock.monotonicMs();
    this.#listeningSinceMs = clock.monotonicMs();
    this.#registrar = new Registrar({
      kv,
      member,
      session,
      startFenced: options.startFenced,
      namespaces: config.namespaces.map((namespace) => namespace.name),
      known: () => maps.known,
      log,
      onRegistered: () => this.#registered(),
      onRefused: (error) => this.#refused(error),
    });
    this.#leadership = new Leadership({
      kv,
      self: this.#self,
      session,
      // Not that of data: a slow machine would let it lapse, and what was asked meanwhile with it.
      leaseMs: config.timing["dead-after-ms"],
      clock,
      log,
      seesDead: (id) => this.#board.seesDead(id),
      unfit: () => !this.#registrar.registered || this.#leaving || this.#stopping || this.#estranged,
      onChange: (leads) => this.#leadershipChanged(leads),
    });
    this.#controller = new Controller({
      config,
      self: this.#self,
      kv,
      view: this.#view,
      clock,
      log,
      leads: () => this.#leadership.leads && !this.#estranged,
      reports: this.#board.reports,
      listeningSinceMs: () => this.#listeningSinceMs,
      known: () => maps.known,
      fetchMap: (from) => options.transport.fetchMap(from),
      onWritten: (map) => this.adopt(map),
      abdicate: () => void this.#abdicate(),
    });
    this.#watch = kv.watch({
      onBegin: () => this.#sessionBegins(),
      onValue: (value) => this.#watched(value),
      onCurrent: () => this.#sessionCurrent(),
    });
    const { "beacon-interval-ms": beaconMs, "lease-ms": leaseMs } = config.timing;
    this.#timer = setInterval(() => this.#tick(), Math.max(5, Math.min(beaconMs, leaseMs / 7)));
  }

  get leads(): boolean {
    return this.#leadership.leads;
  }
  get controller(): NodeId | undefined {
    return this.#leadership.holder;
  }
  get registered(): boolean {
    return this.#registrar.registered;
  }

  // --- what the transport brings ---

  /** The transport was interrupted and works again: nothing is known of the time between. */
  reconnected(): void {
    this.#listeningSinceMs = this.#nowMs();
    this.#watch.restart();
  }

  reportReceived(data: Uint8Array): void {
    const report = decodeReport(data, this.#nowMs());
    const { maps } = this.#options;
    if (report.from === this.#self || report.from === "") return;
    if (maps.clusterId !== "" && report.clusterId !== "" && report.clusterId !== maps.clusterId) return;
    if (this.#board.take(report)) this.#controller.poke();
  }

  asksReceived(asks: readonly InSyncAsk[]): void {
    this.#controller.ask(asks);
  }

  /** Makes `map` this node's own if it is newer and of this cluster, and hands it on. */
  adopt(map: ClusterMap): void {
    const refusal = this.#registrar.checkMap(map);
    if (refusal !== undefined) {
      this.#refused(refusal);
      return;
    }
    this.#estranged = false;
    this.#options.maps.take(map);
  }

  // --- what the node tells ---

  reportLinks(states: readonly LinkState[]): void {
    const news = linksDiffer(this.#links, states);
    this.#links = states;
    this.#linksAtMs = this.#nowMs();
    if (news) this.#report();
  }

  /** Leaves from now on: hands over, takes on nothing new. */
  leave(): void {
    this.#leaving = true;
    this.#report();
  }

  /** Tells the others that this node is down from now on, and gives the lease up. */
  async farewell(): Promise<void> {
    this.#stopping = true;
    this.#report();
    await this.#leadership.release();
  }

  /** Ends at once, without a word. */
  close(): void {
    this.#stopping = true;
    clearInterval(this.#timer);
    this.#registrar.stop();
    this.#controller.stop();
    this.#watch.stop();
  }

  /** Orders settings of shipping; the number of the order, which a map will follow. */
  orderXdr(changes: readonly XdrChange[]): Promise<number> {
    const { kv, config, maps } = this.#options;
    return orderXdr(kv, config, maps.known?.xdr, changes);
  }

  /** Declares or removes change feeds; the number of the order, which a map will follow. */
  orderFeeds(changes: readonly FeedChange[]): Promise<number> {
    const { kv, config, maps } = this.#options;
    const remotes = remotesOf(config, maps.known?.xdr ?? NO_XDR_ORDERS);
    return orderFeeds(kv, { ...config, remotes }, maps.known?.feeds, changes);
  }

  // --- within ---

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }

  #tick(): void {
    this.#leadership.tick();
    if (this.#nowMs() - this.#reportedAtMs >= this.#options.config.timing["beacon-interval-ms"]) {
      this.#report();
    } else this.#controller.poke();
  }

  /** Publishes what this node sees and acts on it itself. */
  #report(): void {
    const { maps, member, transport } = this.#options;
    const nowMs = this.#nowMs();
    this.#reportedAtMs = nowMs;
    const ageMs = nowMs - this.#linksAtMs;
    const report: OutgoingReport = {
      from: this.#self,
      boot: member.boot,
      leaving: this.#leaving,
      stopping: this.#stopping,
      mapVersion: maps.version,
      clusterId: maps.clusterId,
      links: this.#links.map((link) => (link.up ? link : { ...link, silentMs: link.silentMs + ageMs })),
    };
    this.#board.take({ ...report, receivedAtMs: nowMs });
    if (transport.connected() && this.#registrar.registered) transport.publishReport(encodeReport(report));
    this.#leadership.tick();
    this.#controller.poke();
  }

  #sessionBegins(): void {
    this.#sawLease = false;
    this.#view.begin();
    this.#leadership.reset();
  }

  #watched(value: BucketValue): void {
    if (value.key === CONTROLLER_KEY) {
      this.#sawLease = true;
      this.#leadership.observe(value.deleted ? undefined : value.value, value.revision);
      return;
    }
    try {
      this.#view.take(value);
    } catch (error) {
      rethrowBroken(error);
      this.#options.log.error({ key: value.key, reason: errorMessage(error) }, "control value unreadable");
      if (value.key === MAP_KEY) this.#estranged = true;
      return;
    }
    const { stored } = this.#view;
    if (value.key === MAP_KEY && stored !== undefined) this.adopt(stored.map);
    if (this.#view.current) this.#controller.poke();
  }

  #sessionCurrent(): void {
    this.#view.complete();
    if (!this.#sawLease) this.#leadership.observe(undefined, 0);
    this.#registrar.register(this.#view.stored?.map);
    this.#tick();
  }

  #registered(): void {
    this.#options.onRegistered();
    this.#report();
  }

  #refused(error: MeridianError): void {
    if (error.code === "CLUSTER_MISMATCH") this.#estranged = true;
    this.#options.log.error(
      { code: error.code, reason: error.message },
      "no member of this cluster as it is",
    );
    this.#options.onRefused(error);
  }

  #leadershipChanged(leads: boolean): void {
    this.#options.log.info({ leads }, leads ? "this node is the controller" : "no longer the controller");
    this.#controller.reset();
  }

  async #abdicate(): Promise<void> {
    try {
      await this.#leadership.release();
    } catch (error) {
      // Giving it up only spares the others the wait.
      this.#options.log.warn({ reason: errorMessage(error) }, "the lease is not given up; it will run out");
    }
  }
}
