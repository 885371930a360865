/**
 * The control plane over the datacenter's NATS: connection, subjects, start and stop around
 * control-core.ts. Guarantees to its user: maps come in order of version, never an older one, never
 * one of another cluster. Without NATS nothing changes and nothing breaks; when NATS comes back,
 * even with nothing left in it, all is put back.
 */
import { rethrowBroken } from "../../common/assert.ts";
import { setTimeout as sleep } from "node:timers/promises";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Clock } from "../../common/clock.ts";
import { type DatacenterConfig, natsOf } from "../../common/config.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import { connectNats } from "../../common/nats/connect.ts";
import type { FeedChange } from "../../common/feeds/feed-orders.ts";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import type { ClusterMap, Member, NodeId } from "../../proto/cluster-map.ts";
import { decodeMap, encodeMap } from "../../proto/cluster-map-codec.ts";
import {
  CONTROL_BUCKET,
  controlInSyncSubject,
  controlMapAskSubject,
  controlReportSubject,
} from "../../proto/subjects.ts";
import { ControlCore } from "./control-core.ts";
import type { ControlPlane, InSyncRequest, LinkState, OutOfSyncRequest } from "./control-plane.ts";
import { JetstreamKv } from "./jetstream-kv.ts";
import { MapHolder } from "./map-holder.ts";
import { decodeAsks, encodeAsks } from "./messages.ts";
import type { InSyncAsk, StartFenced } from "./observed.ts";
import { ReliableKv } from "./reliable-kv.ts";

const FETCH_MAP_TIMEOUT_MS = 500;
/** How long stopping waits for the last messages to leave. */
const FAREWELL_MS = 500;

export interface NatsControlPlaneOptions {
  readonly config: DatacenterConfig;
  readonly member: Member;
  /** Whether this start must be fenced (Registered of observed.ts); "no" when absent. */
  readonly startFenced?: StartFenced | undefined;
  /** The highest map on this node's disk. */
  readonly persistedMap: ClusterMap | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /**
   * The disk turned out to be an old copy after `start` had resolved (before, `start` rejects with
   * IDENTITY_LOST): the process must end. Without it the error is thrown and ends the process.
   */
  readonly onIdentityLost?: ((error: MeridianError) => void) | undefined;
}

export class NatsControlPlane implements ControlPlane {
  readonly #options: NatsControlPlaneOptions;
  readonly #self: NodeId;
  readonly #maps: MapHolder;
  readonly #abort = new AbortController();
  readonly #started = Promise.withResolvers<void>();
  #connection: NatsConnection | undefined;
  #core: ControlCore | undefined;
  #connected = false;
  /** Told before there was a connection. */
  #links: readonly LinkState[] = [];

  constructor(options: NatsControlPlaneOptions) {
    this.#options = options;
    this.#self = options.member.id;
    this.#maps = new MapHolder(options.persistedMap);
    // Awaited by `start`; when it was never called, a refusal has nobody to tell.
    // tidy: swallowed-error, start() awaits the same promise and does get the error
    this.#started.promise.catch(() => undefined);
  }

  get isController(): boolean {
    return this.#core?.leads ?? false;
  }
  get connected(): boolean {
    return this.#connected;
  }
  /** Id of the member that holds the controller's lease, as far as this node knows. */
  get controller(): NodeId | undefined {
    return this.#core?.controller;
  }

  async start(): Promise<void> {
    const { config, member, log } = this.#options;
    const connection = await connectNats(
      {
        ...natsOf(config),
        name: `meridian ${config.name} ${member.name} control`,
        log,
      },
      this.#abort.signal,
      (connected) => {
        this.#connected = connected && !this.#abort.signal.aborted;
        if (this.#connected) this.#core?.reconnected();
      },
    );
    this.#connection = connection;
    this.#connected = true;
    this.#core = this.#createCore(connection);
    this.#core.reportLinks(this.#links);
    this.#subscribe(connection, this.#core);
    await this.#started.promise;
  }

  onMap(listener: (map: ClusterMap) => void): void {
    this.#maps.listen(listener);
  }

  offerMap(map: ClusterMap): void {
    if (this.#core !== undefined) this.#core.adopt(map);
    else this.#maps.take(map);
  }

  requestInSync(requests: readonly InSyncRequest[]): void {
    this.#ask(requests.map(({ add, ...rest }) => ({ ...rest, member: add, remove: false })));
  }

  requestOutOfSync(requests: readonly OutOfSyncRequest[]): void {
    this.#ask(
      requests.map(({ remove, ...rest }) => ({ ...rest, member: remove, remove: true, mapVersion: 0 })),
    );
  }

  /** Orders settings of shipping; the number of the order. Throws as `orderXdr` of xdr-orders.ts. */
  async orderXdr(changes: readonly XdrChange[]): Promise<number> {
    if (this.#core === undefined) throw new MeridianError("NATS_UNREACHABLE", "not connected to NATS yet");
    return await this.#core.orderXdr(changes);
  }

  /** Declares or removes change feeds; the number of the order. Throws as `orderFeeds` of feed-orders.ts. */
  async orderFeeds(changes: readonly FeedChange[]): Promise<number> {
    if (this.#core === undefined) throw new MeridianError("NATS_UNREACHABLE", "not connected to NATS yet");
    return await this.#core.orderFeeds(changes);
  }

  reportLinks(states: readonly LinkState[]): void {
    this.#links = states;
    this.#core?.reportLinks(states);
  }

  async leave(timeoutMs: number): Promise<void> {
    this.#core?.leave();
    const done = Promise.withResolvers<void>();
    const timer = setTimeout(done.resolve, timeoutMs);
    const forget = this.#maps.listen((map) => {
      if (!canHandOver(map, this.#self)) done.resolve();
    });
    if (this.#maps.known === undefined) done.resolve();
    await done.promise;
    clearTimeout(timer);
    forget();
  }

  /** Says goodbye, so that the others need not find out, and ends. */
  async stop(): Promise<void> {
    if (this.#abort.signal.aborted) return;
    if (this.#connected) await Promise.race([this.#farewell(), sleep(FAREWELL_MS)]);
    await this.close();
  }

  /** Ends at once and says nothing to anybody, as when the process dies; `stop` is the polite way. */
  async close(): Promise<void> {
    const reason = new MeridianError("SHUTTING_DOWN", "control plane stopped");
    this.#abort.abort(reason);
    this.#started.reject(reason);
    this.#core?.close();
    this.#connected = false;
    await this.#connection?.close();
  }

  async #farewell(): Promise<void> {
    try {
      await this.#core?.farewell();
      await this.#connection?.flush();
    } catch (error) {
      // Peers notice the silence as well, only later.
      this.#options.log.info({ reason: errorMessage(error) }, "stopped without a farewell");
    }
  }

  #createCore(connection: NatsConnection): ControlCore {
    const { config, member, clock, log } = this.#options;
    const replicas = config["nats-replicas"];
    const connected = (): boolean => this.#connected;
    const bucket = CONTROL_BUCKET;
    const raw = new JetstreamKv({ connection, bucket, replicas, connected, log });
    return new ControlCore({
      config,
      member,
      startFenced: this.#options.startFenced ?? "no",
      maps: this.#maps,
      kv: new ReliableKv(raw, () => clock.monotonicMs()),
      transport: {
        connected,
        publishReport: (report) => connection.publish(controlReportSubject(config.name), report),
        fetchMap: (from) => this.#fetchMap(connection, from),
      },
      clock,
      log,
      onRegistered: () => this.#started.resolve(),
      onRefused: (error) => this.#refused(error),
    });
  }

  #subscribe(connection: NatsConnection, core: ControlCore): void {
    const { name } = this.#options.config;
    this.#listen(connection, controlReportSubject(name), (data) => core.reportReceived(data));
    this.#listen(connection, controlInSyncSubject(name), (data) => {
      const asks = decodeAsks(data);
      if (asks[0]?.from !== this.#self) core.asksReceived(asks);
    });
    connection.subscribe(controlMapAskSubject(name, this.#self), {
      callback: (error, message) => {
        if (error !== null) return;
        const { known } = this.#maps;
        message.respond(known === undefined ? new Uint8Array(0) : encodeMap(known));
      },
    });
  }

  /** Subscribes; what cannot be read is logged and dropped, the subscription goes on. */
  #listen(connection: NatsConnection, subject: string, take: (data: Uint8Array) => void): void {
    const { log } = this.#options;
    connection.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) {
          log.warn({ subject, reason: error.message }, "subscription failed");
          return;
        }
        try {
          take(message.data);
        } catch (cause) {
          rethrowBroken(cause);
          // Control messages are hints that are sent again; a bad one must not end the subscription.
          log.warn({ subject, reason: errorMessage(cause) }, "unreadable control message");
        }
      },
    });
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

  #ask(asks: readonly Omit<InSyncAsk, "from">[]): void {
    const core = this.#core;
    if (core === undefined || !this.#connected || asks.length === 0) return;
    if (core.leads) {
      core.asksReceived(asks.map((ask) => ({ ...ask, from: this.#self })));
      return;
    }
    const subject = controlInSyncSubject(this.#options.config.name);
    for (const message of encodeAsks(this.#self, asks)) this.#connection?.publish(subject, message);
  }

  #refused(error: MeridianError): void {
    if (!(this.#core?.registered ?? false)) {
      this.#started.reject(error);
    } else if (error.code === "IDENTITY_LOST") {
      const { onIdentityLost } = this.#options;
      if (onIdentityLost !== undefined) onIdentityLost(error);
      // Thrown from nowhere, so that no caller on the way can swallow it.
      else
        queueMicrotask(() => {
          throw error;
        });
    }
  }
}

/** Whether `self` has a primary in `map` that another member could take. */
function canHandOver(map: ClusterMap, self: NodeId): boolean {
  const isUp = new Map(map.members.map((member) => [member.id, member.state === "up"]));
  return map.namespaces.some(({ rows }) =>
    rows.some((row) => row.primary === self && row.inSync.some((id) => id !== self && isUp.get(id) === true)),
  );
}
