/**
 * The control plane over the datacenter's NATS: registers this node, tells what it sees, follows
 * the map, and runs the controller when this node holds the lease. Guarantees to its user: maps come
 * in order of version, never an older one, never one of another cluster. Without NATS nothing
 * changes and nothing breaks; when NATS comes back, even with nothing left in it, all is put back.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { NatsConnection, Subscription } from "@nats-io/transport-node";
import type { Clock } from "../../common/clock.ts";
import type { DatacenterConfig } from "../../common/config.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import type { BucketValue } from "../../common/nats/bucket-watch.ts";
import { connectNats } from "../../common/nats/connect.ts";
import type { ClusterMap, Member, NodeId } from "../../proto/cluster-map.ts";
import { decodeMap, encodeMap } from "../../proto/cluster-map-codec.ts";
import {
  CONTROL_BUCKET,
  CONTROLLER_KEY,
  controlInSyncSubject,
  controlMapAskSubject,
  controlReportSubject,
  MAP_KEY,
} from "../../proto/subjects.ts";
import type { ControlPlane, InSyncRequest, LinkState, OutOfSyncRequest } from "./control-plane.ts";
import { ControlView } from "./control-view.ts";
import { Controller } from "./controller.ts";
import { JetstreamKv } from "./jetstream-kv.ts";
import { Leadership } from "./leadership.ts";
import { decodeAsks, decodeReport, encodeAsks, encodeReport, type OutgoingReport } from "./messages.ts";
import type { InSyncAsk } from "./observed.ts";
import { Registrar } from "./registrar.ts";
import { ReliableKv } from "./reliable-kv.ts";
import { linksDiffer, ReportBoard } from "./report-board.ts";

const FETCH_MAP_TIMEOUT_MS = 500;
/** How long stopping waits for the last messages to leave. */
const FAREWELL_MS = 500;

export interface NatsControlPlaneOptions {
  readonly config: DatacenterConfig;
  readonly member: Member;
  /** The highest map on this node's disk. */
  readonly persistedMap: ClusterMap | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Copies of the control bucket: 1, or 3 in a NATS cluster. */
  readonly replicas?: number | undefined;
  /**
   * The disk turned out to be an old copy after `start` had resolved (before, `start` rejects with
   * IDENTITY_LOST): the process must end. Without it the error is thrown and ends the process.
   */
  readonly onIdentityLost?: ((error: MeridianError) => void) | undefined;
}

/** All that exists only once connected. */
interface Online {
  readonly connection: NatsConnection;
  readonly leadership: Leadership;
  readonly controller: Controller;
  readonly registrar: Registrar;
  readonly watch: { restart(): void; stop(): void };
  readonly timer: NodeJS.Timeout;
}

export class NatsControlPlane implements ControlPlane {
  readonly #options: NatsControlPlaneOptions;
  readonly #self: NodeId;
  readonly #session = randomBytes(9).toString("base64url");
  readonly #board: ReportBoard;
  readonly #view = new ControlView();
  readonly #abort = new AbortController();
  readonly #mapListeners = new Set<(map: ClusterMap) => void>();
  readonly #started = Promise.withResolvers<void>();
  #online: Online | undefined;
  #known: ClusterMap | undefined;
  #links: readonly LinkState[] = [];
  #linksAtMs = 0;
  #reportedAtMs = -Infinity;
  #connected = false;
  #listeningSinceMs = 0;
  #sawLease = false;
  #leaving = false;
  #stopping = false;
  /** The KV holds a map that is not ours to follow: of another cluster, or of a newer release. */
  #estranged = false;

  constructor(options: NatsControlPlaneOptions) {
    this.#options = options;
    this.#self = options.member.id;
    this.#known = options.persistedMap;
    this.#board = new ReportBoard(this.#self, options.config.timing["dead-after-ms"]);
    // Awaited by `start`; a refusal after a stop has nobody to tell.
    this.#started.promise.catch(() => undefined);
  }

  get isController(): boolean {
    return this.#online?.leadership.leads ?? false;
  }
  get connected(): boolean {
    return this.#connected;
  }
  /** Id of the member that holds the controller's lease, as far as this node knows. */
  get controller(): NodeId | undefined {
    return this.#online?.leadership.holder;
  }

  async start(): Promise<void> {
    const { config, member, log } = this.#options;
    const connection = await connectNats(
      { url: config.nats, name: `meridian ${config.name} ${member.name} control`, log },
      this.#abort.signal,
      (connected) => this.#connectionChanged(connected),
    );
    this.#connected = true;
    this.#listeningSinceMs = this.#nowMs();
    this.#subscribe(connection);
    this.#online = this.#assemble(connection);
    await this.#started.promise;
  }

  onMap(listener: (map: ClusterMap) => void): void {
    this.#mapListeners.add(listener);
    if (this.#known !== undefined) listener(this.#known);
  }

  /** A newer map learned from a peer while NATS was out of reach. */
  offerMap(map: ClusterMap): void {
    this.#adopt(map);
  }

  requestInSync(requests: readonly InSyncRequest[]): void {
    this.#ask(requests.map(({ add, ...rest }) => ({ ...rest, member: add, remove: false })));
  }

  requestOutOfSync(requests: readonly OutOfSyncRequest[]): void {
    this.#ask(
      requests.map(({ remove, ...rest }) => ({ ...rest, member: remove, remove: true, mapVersion: 0 })),
    );
  }

  reportLinks(states: readonly LinkState[]): void {
    const news = linksDiffer(this.#links, states);
    this.#links = states;
    this.#linksAtMs = this.#nowMs();
    if (news) this.#report();
  }

  async leave(timeoutMs: number): Promise<void> {
    this.#leaving = true;
    this.#report();
    const done = Promise.withResolvers<void>();
    const check = (map: ClusterMap): void => {
      if (!canHandOver(map, this.#self)) done.resolve();
    };
    const timer = setTimeout(done.resolve, timeoutMs);
    this.onMap(check);
    if (this.#known === undefined) done.resolve();
    await done.promise;
    clearTimeout(timer);
    this.#mapListeners.delete(check);
  }

  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#abort.abort(new MeridianError("SHUTTING_DOWN", "control plane stopped"));
    this.#started.reject(new MeridianError("SHUTTING_DOWN", "control plane stopped"));
    const online = this.#online;
    if (online === undefined) return;
    clearInterval(online.timer);
    if (this.#connected) await Promise.race([this.#farewell(online), sleep(FAREWELL_MS)]);
    this.#dismantle();
    await online.connection.close();
  }

  /** Ends at once and says nothing to anybody, as when the process dies; `stop` is the polite way. */
  close(): void {
    this.#stopping = true;
    this.#abort.abort(new MeridianError("SHUTTING_DOWN", "control plane closed"));
    this.#dismantle();
    void this.#online?.connection.close();
  }

  #dismantle(): void {
    const online = this.#online;
    clearInterval(online?.timer);
    online?.registrar.stop();
    online?.controller.stop();
    online?.watch.stop();
    this.#connected = false;
  }

  /** Tells the others that this node is down from now on, and gives the lease up. */
  async #farewell({ leadership, connection }: Online): Promise<void> {
    try {
      this.#report();
      await leadership.release();
      await connection.flush();
    } catch (error) {
      this.#options.log.info({ reason: errorMessage(error) }, "stopped without a farewell");
    }
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }

  #assemble(connection: NatsConnection): Online {
    const { config, member, clock, log, replicas } = this.#options;
    const raw = new JetstreamKv({
      connection,
      bucket: CONTROL_BUCKET,
      replicas: replicas ?? 1,
      connected: () => this.#connected,
      log,
    });
    const kv = new ReliableKv(raw, () => this.#nowMs());
    const registrar = new Registrar({
      kv,
      member,
      session: this.#session,
      namespaces: config.namespaces.map((namespace) => namespace.name),
      known: () => this.#known,
      log,
      onRegistered: () => this.#registered(),
      onRefused: (error) => this.#refused(error),
    });
    const leadership = new Leadership({
      kv,
      self: this.#self,
      session: this.#session,
      leaseMs: config.timing["lease-ms"],
      clock,
      log,
      seesDead: (id) => this.#board.seesDead(id),
      unfit: () => !registrar.registered || this.#leaving || this.#stopping || this.#estranged,
      onChange: (leads) => this.#leadershipChanged(leads),
    });
    const controller = new Controller({
      config,
      self: this.#self,
      kv,
      view: this.#view,
      clock,
      log,
      leads: () => leadership.leads && !this.#estranged,
      reports: this.#board.reports,
      listeningSinceMs: () => this.#listeningSinceMs,
      known: () => this.#known,
      fetchMap: (from) => this.#fetchMap(connection, from),
      onWritten: (map) => this.#adopt(map),
      abdicate: () => void this.#abdicate(leadership),
    });
    const watch = kv.watch({
      onBegin: () => this.#sessionBegins(),
      onValue: (value) => this.#watched(value),
      onCurrent: () => this.#sessionCurrent(),
    });
    const { "beacon-interval-ms": beaconMs, "lease-ms": leaseMs } = config.timing;
    const timer = setInterval(() => this.#tick(), Math.max(5, Math.min(beaconMs, leaseMs / 7)));
    return { connection, leadership, controller, registrar, watch, timer };
  }

  // --- what comes from NATS ---

  #connectionChanged(connected: boolean): void {
    this.#connected = connected;
    if (!connected) return;
    this.#listeningSinceMs = this.#nowMs();
    this.#online?.watch.restart();
  }

  #subscribe(connection: NatsConnection): void {
    const { name } = this.#options.config;
    this.#listen(connection, controlReportSubject(name), (data) => this.#reported(data));
    this.#listen(connection, controlInSyncSubject(name), (data) => {
      const asks = decodeAsks(data);
      if (asks[0]?.from !== this.#self) this.#online?.controller.ask(asks);
    });
    connection.subscribe(controlMapAskSubject(name, this.#self), {
      callback: (error, message) => {
        if (error !== null) return;
        message.respond(this.#known === undefined ? new Uint8Array(0) : encodeMap(this.#known));
      },
    });
  }

  /** Subscribes; what cannot be read is logged and dropped, the subscription goes on. */
  #listen(connection: NatsConnection, subject: string, take: (data: Uint8Array) => void): Subscription {
    const { log } = this.#options;
    return connection.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) {
          log.warn({ subject, reason: error.message }, "subscription failed");
          return;
        }
        try {
          take(message.data);
        } catch (cause) {
          log.warn({ subject, reason: errorMessage(cause) }, "unreadable control message");
        }
      },
    });
  }

  #reported(data: Uint8Array): void {
    const report = decodeReport(data, this.#nowMs());
    if (report.from === this.#self || report.from === "") return;
    const cluster = this.#known?.clusterId ?? "";
    if (cluster !== "" && report.clusterId !== "" && report.clusterId !== cluster) return;
    if (this.#board.take(report)) this.#online?.controller.poke();
  }

  #sessionBegins(): void {
    this.#sawLease = false;
    this.#view.begin();
    this.#online?.leadership.reset();
  }

  #watched(value: BucketValue): void {
    if (value.key === CONTROLLER_KEY) {
      this.#sawLease = true;
      this.#online?.leadership.observe(value.deleted ? undefined : value.value, value.revision);
      return;
    }
    try {
      this.#view.take(value);
    } catch (error) {
      this.#options.log.error({ key: value.key, reason: errorMessage(error) }, "control value unreadable");
      if (value.key === MAP_KEY) this.#estranged = true;
      return;
    }
    const { stored } = this.#view;
    if (value.key === MAP_KEY && stored !== undefined) this.#adopt(stored.map);
    if (this.#view.current) this.#online?.controller.poke();
  }

  #sessionCurrent(): void {
    this.#view.complete();
    const online = this.#online;
    if (online === undefined) return;
    if (!this.#sawLease) online.leadership.observe(undefined, 0);
    online.registrar.register(this.#view.stored?.map);
    this.#tick();
  }

  async #fetchMap(connection: NatsConnection, from: NodeId): Promise<ClusterMap | undefined> {
    const subject = controlMapAskSubject(this.#options.config.name, from);
    try {
      const reply = await connection.request(subject, new Uint8Array(0), { timeout: FETCH_MAP_TIMEOUT_MS });
      return reply.data.length === 0 ? undefined : decodeMap(reply.data);
    } catch (error) {
      this.#options.log.info({ from, reason: errorMessage(error) }, "no map from this member");
      return undefined;
    }
  }

  // --- what this node does ---

  #tick(): void {
    this.#online?.leadership.tick();
    const { "beacon-interval-ms": beaconMs } = this.#options.config.timing;
    if (this.#nowMs() - this.#reportedAtMs >= beaconMs) this.#report();
    else this.#online?.controller.poke();
  }

  /** Publishes what this node sees and acts on it itself. */
  #report(): void {
    const nowMs = this.#nowMs();
    this.#reportedAtMs = nowMs;
    const ageMs = nowMs - this.#linksAtMs;
    const report: OutgoingReport = {
      from: this.#self,
      boot: this.#options.member.boot,
      leaving: this.#leaving,
      stopping: this.#stopping,
      mapVersion: this.#known?.version ?? 0,
      clusterId: this.#known?.clusterId ?? "",
      links: this.#links.map((link) => (link.up ? link : { ...link, silentMs: link.silentMs + ageMs })),
    };
    this.#board.take({ ...report, receivedAtMs: nowMs });
    const online = this.#online;
    if (online === undefined) return;
    if (this.#connected && online.registrar.registered) {
      online.connection.publish(controlReportSubject(this.#options.config.name), encodeReport(report));
    }
    online.leadership.tick();
    online.controller.poke();
  }

  #ask(asks: readonly Omit<InSyncAsk, "from">[]): void {
    const online = this.#online;
    if (online === undefined || !this.#connected || asks.length === 0) return;
    if (online.leadership.leads) {
      online.controller.ask(asks.map((ask) => ({ ...ask, from: this.#self })));
      return;
    }
    const subject = controlInSyncSubject(this.#options.config.name);
    for (const message of encodeAsks(this.#self, asks)) online.connection.publish(subject, message);
  }

  #registered(): void {
    this.#started.resolve();
    this.#report();
  }

  #refused(error: MeridianError): void {
    if (error.code === "CLUSTER_MISMATCH") this.#estranged = true;
    const { log, onIdentityLost } = this.#options;
    log.error({ code: error.code, reason: error.message }, "this node cannot be a member as it is");
    if (!(this.#online?.registrar.registered ?? false)) this.#started.reject(error);
    else if (error.code !== "IDENTITY_LOST") return;
    else if (onIdentityLost !== undefined) onIdentityLost(error);
    else
      queueMicrotask(() => {
        throw error;
      });
  }

  #leadershipChanged(leads: boolean): void {
    this.#options.log.info({ leads }, leads ? "this node is the controller" : "no longer the controller");
    this.#online?.controller.reset();
  }

  async #abdicate(leadership: Leadership): Promise<void> {
    try {
      await leadership.release();
    } catch (error) {
      this.#options.log.warn(
        { reason: errorMessage(error) },
        "the lease could not be given up; it will run out",
      );
    }
  }

  /** Makes `map` this node's own if it is newer and of this cluster, and hands it on. */
  #adopt(map: ClusterMap): void {
    const registrar = this.#online?.registrar;
    const refusal = registrar?.checkMap(map);
    if (refusal !== undefined) {
      this.#refused(refusal);
      return;
    }
    this.#estranged = false;
    if (this.#known !== undefined && map.version <= this.#known.version) return;
    this.#known = map;
    for (const listener of this.#mapListeners) listener(map);
  }
}

/** Whether `self` has a primary in `map` that another member could take. */
function canHandOver(map: ClusterMap, self: NodeId): boolean {
  const isUp = new Map(map.members.map((member) => [member.id, member.state === "up"]));
  return map.namespaces.some(({ rows }) =>
    rows.some((row) => row.primary === self && row.inSync.some((id) => id !== self && isUp.get(id) === true)),
  );
}
