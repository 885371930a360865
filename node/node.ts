/**
 * Composition root of a storage node: builds every part, starts them in the order in which they may
 * be relied on, and drains them in the reverse order.
 */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as elapse } from "node:timers/promises";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { type AdminServer, startAdminServer } from "../common/admin-http.ts";
import { type ShiftedClock, systemClock } from "../common/clock.ts";
import { type DatacenterConfig, type NodeConfig, START_FENCED_FILE } from "../common/config.ts";
import { errorMessage, MeridianError } from "../common/errors.ts";
import { CLIENT_CONNECTIONS_LEAST, CLIENT_CONNECTIONS_MAX, OPEN_FILES_RESERVED } from "../common/limits.ts";
import type { Logger } from "../common/log.ts";
import { openFilesMax } from "../common/open-files.ts";
import { sharedSettings } from "../common/shared-settings.ts";
import {
  type ClusterMap,
  FENCE_STATES,
  type Member,
  memberOf,
  NO_FENCE,
  NO_SHUT_OUTS,
} from "../proto/cluster-map.ts";
import { decodeMap } from "../proto/cluster-map-codec.ts";
import { nodeAdminActions, nodeAdminRoutes } from "./admin/admin-routes.ts";
import type { AdminSource, FenceReport, NamespaceCounters } from "./admin/admin-source.ts";
import { countSlots } from "./admin/status.ts";
import { BlockTail } from "./change-log/block-tail.ts";
import { NatsControlPlane } from "./controller/nats-control-plane.ts";
import type { StartFenced } from "./controller/observed.ts";
import { ORIGINS } from "./door/counters.ts";
import { createDoor, type Door } from "./door/listener.ts";
import { sumLedgers } from "./admin/ledger.ts";
import { registerLedgerMetrics } from "./admin/ledger-metrics.ts";
import { FabricServer } from "./fabric-server.ts";
import { type Identity, takeIdentity } from "./identity.ts";
import { Expiry } from "./replica/expiry.ts";
import { MAP_META_KEY } from "./replica/map-keeper.ts";
import { ReplicaSet } from "./replica/replica-set.ts";
import type { LoggedStorage } from "./store/block-storage.ts";
import { FreeSpace } from "./store/free-space.ts";
import { openStorage } from "./store/level-storage.ts";
import { ClockSkews } from "./xdr/clock-skews.ts";
import { FeedControl } from "./xdr/feed-control.ts";
import { FeedHolds } from "./xdr/feed-holds.ts";
import { XdrControl } from "./xdr/xdr-control.ts";
import { XdrSettings } from "./xdr/xdr-settings.ts";
import { XdrServer } from "./xdr/xdr-server.ts";

/** How long a leaving node waits for its primaries to be taken over. */
const LEAVE_TIMEOUT_MS = 5000;
/** Clients look at the cluster once a second by default. */
const LINGER_MS = 1500;

export interface NodeOptions {
  readonly config: DatacenterConfig;
  readonly node: NodeConfig;
  /** What admin actions are asked for. */
  readonly adminToken: string;
  readonly log: Logger;
  /** The node cannot go on: `error` says why. Must end the process. */
  readonly onFailure: (error: unknown) => void;
}

export class StorageNode {
  readonly #options: NodeOptions;
  readonly #clock: ShiftedClock;
  readonly #skews: ClockSkews;
  readonly #registry = new Registry();
  readonly #storage: LoggedStorage;
  readonly #identity: Identity;
  readonly #control: NatsControlPlane;
  readonly #xdrControl: XdrControl;
  readonly #replicas: ReplicaSet;
  readonly #door: Door;
  readonly #xdr: XdrServer;
  readonly #xdrSettings: XdrSettings;
  readonly #feedHolds: FeedHolds;
  readonly #expiry: Expiry;
  readonly #freeSpace: FreeSpace;
  #fabric: FabricServer | undefined;
  #admin: AdminServer | undefined;
  #damagedBlocks = 0;
  #leaving = false;
  #stopping = false;

  private constructor(options: NodeOptions, storage: LoggedStorage, identity: Identity) {
    const { config, node, log } = options;
    this.#options = options;
    this.#storage = storage;
    this.#identity = identity;
    this.#clock = systemClock(config["clock-offset-ms"]);
    storage.log.onDamaged((block, reason) => {
      this.#damagedBlocks++;
      log.error({ block, reason }, "damaged block of the change log: counts as trimmed");
    });
    this.#freeSpace = new FreeSpace({
      folder: node.data,
      bytesLeast: node["min-free-bytes"],
      log: log.child({ part: "disk" }),
    });
    const persisted = storage.meta(MAP_META_KEY);
    const persistedMap = persisted === undefined ? undefined : decodeMap(persisted);
    this.#control = new NatsControlPlane({
      config,
      member: this.#member(),
      startFenced: startFenced(options),
      persistedMap,
      clock: this.#clock,
      log: log.child({ part: "control" }),
    });
    this.#xdrSettings = new XdrSettings(config);
    this.#xdrControl = new XdrControl({
      config,
      settings: this.#xdrSettings,
      order: (changes) => this.#control.orderXdr(changes),
      monotonicMs: () => this.#clock.monotonicMs(),
    });
    // What was declared at run time holds the log before a map is followed, too.
    this.#feedHolds = new FeedHolds(config, persistedMap?.feeds);
    this.#skews = new ClockSkews(config["src-id"], config["clock-skew"]["refuse-ms"], () =>
      this.#clock.monotonicMs(),
    );
    this.#replicas = new ReplicaSet({
      config,
      skews: this.#skews,
      self: identity.id,
      boot: identity.boot,
      storage,
      clock: this.#clock,
      log: log.child({ part: "replica" }),
      control: () => this.#control,
      diskLow: () => this.#freeSpace.low,
      rejectsXdr: (namespaceId) => {
        const { name } = config.namespaces[namespaceId] ?? { name: "" };
        return this.#xdrSettings.namespace(name)["reject-xdr-writes"];
      },
      routes: this.#xdrSettings,
      holds: this.#feedHolds,
      onMap: ({ xdr, feeds }) => {
        this.#xdrSettings.follow(xdr);
        this.#feedHolds.follow(feeds);
      },
      // The map that knows this start, and so the fence it asked for, is on disk.
      onFirstMap: () => {
        rmSync(markerOf(node), { force: true });
        this.#xdr.mapKnown();
      },
      onProxied: (message, done) => this.#door.handleProxied(message, done),
      onFailure: options.onFailure,
    });
    this.#door = createDoor({
      address: node.address,
      port: node["service-port"],
      records: this.#replicas,
      context: {
        nodeId: identity.id,
        clusterName: config["cluster-name"] ?? config.name,
        namespaces: config.namespaces,
        xdr: this.#xdrControl,
        map: () => this.#replicas.map,
        serving: () => this.#replicas.mayServe && !this.#stopping,
        namespaceStatistics: (namespaceId) => ({ ...countSlots(this.#adminSource(), namespaceId) }),
        statistics: () => ({ uptime: Math.round(process.uptime()) }),
      },
      limits: { connectionsMax: this.#connectionsMax() },
      log: log.child({ part: "door" }),
      clock: this.#clock,
      metrics: this.#registry,
    });
    this.#xdr = this.#createXdr();
    this.#expiry = new Expiry({
      storage,
      primary: this.#replicas.primary,
      replicas: this.#replicas.replicas,
      periodMs: Math.min(...config.namespaces.map((namespace) => namespace["nsup-period"])) * 1000,
      onFailure: options.onFailure,
    });
  }

  #createXdr(): XdrServer {
    const { config, log } = this.#options;
    return new XdrServer({
      settings: this.#xdrSettings,
      remoteApply: this.#replicas,
      storage: this.#storage,
      openTail: (tailOptions) => new BlockTail(this.#storage.log, tailOptions),
      namespaces: () => this.#servedNamespaces(),
      held: () => this.#replicas.map?.fence.state === "held",
      localSourceId: config["src-id"],
      clock: this.#clock,
      skews: this.#skews,
      holds: this.#feedHolds,
      log: log.child({ part: "xdr" }),
      metrics: this.#registry,
    });
  }

  /** Opens the storage and every listener, registers with the control plane. */
  static async start(options: NodeOptions): Promise<StorageNode> {
    const writeDeadlineMs = options.config.timing["flush-deadline-ms"];
    const storage = await openStorage(options.node.data, { writeDeadlineMs }).catch((error: unknown) => {
      throw new MeridianError("STORE_FAILED", `${options.node.data}: ${errorMessage(error)}`, {
        cause: error,
      });
    });
    const node = new StorageNode(options, storage, await takeIdentity(storage));
    await node.#start();
    return node;
  }

  async #start(): Promise<void> {
    const { config, node, log } = this.#options;
    this.#registerMetrics();
    await this.#freeSpace.start();
    this.#admin = await startAdminServer({
      address: node.address,
      port: node["admin-port"],
      registry: this.#registry,
      health: () => ({ ok: true, detail: { node: node.name, nats: this.#control.connected } }),
      ready: () => this.#readiness(),
      routes: nodeAdminRoutes(this.#adminSource()),
      actions: {
        token: this.#options.adminToken,
        routes: nodeAdminActions(this.#adminSource(), this.#registry),
      },
      onError: (error, path) => log.error({ path, error: errorMessage(error) }, "admin route failed"),
    });
    const badInput = new Gauge({
      name: "meridian_fabric_refused_total",
      help: "Fabric connections refused or dropped because of what they sent.",
      registers: [this.#registry],
    });
    this.#fabric = await FabricServer.start({
      address: node.address,
      port: node["fabric-port"],
      datacenter: config.name,
      self: this.#identity.id,
      clusterId: () => this.#replicas.map?.clusterId,
      settings: sharedSettings(config),
      log: log.child({ part: "fabric" }),
      onPeer: (peer, connection) => this.#replicas.acceptPeer(peer, connection),
      onShipper: (connection, hello) => this.#xdr.accept(connection, hello),
      onBadInput: () => badInput.inc(),
    });
    this.#replicas.start();
    await this.#door.start();
    await this.#control.start();
    this.#expiry.start();
    log.info({ id: this.#identity.id, boot: this.#identity.boot }, "node started");
  }

  /**
   * Drains: primaries are handed over, requests under way are finished, everything is flushed.
   * A second call returns at once.
   */
  async stop(): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    await this.#control.leave(LEAVE_TIMEOUT_MS);
    await this.#linger();
    this.#stopping = true;
    this.#expiry.stop();
    this.#freeSpace.stop();
    await this.#door.stop();
    await this.#xdr.close();
    await this.#replicas.stop();
    await this.#fabric?.stop();
    await this.#control.stop();
    await this.#admin?.close();
    await this.#storage.close();
    this.#options.log.info("node stopped");
  }

  /** What clients still send here is passed on to the new primaries until they have seen the new map. */
  async #linger(): Promise<void> {
    const members = this.#replicas.map?.members ?? [];
    const others = members.some(({ id, state }) => id !== this.#identity.id && state === "up");
    if (others) await elapse(LINGER_MS);
  }

  /** As many as the process can have open beside everything else. */
  #connectionsMax(): number {
    const openMax = openFilesMax();
    const room = Math.max(CLIENT_CONNECTIONS_LEAST, openMax - OPEN_FILES_RESERVED);
    const most = Math.min(CLIENT_CONNECTIONS_MAX, room);
    if (most < CLIENT_CONNECTIONS_MAX) {
      this.#options.log.warn({ openMax, most }, "few files may be open: fewer client connections");
    }
    return most;
  }

  #member(): Member {
    const { node } = this.#options;
    const host = node["access-address"] ?? node.address;
    const servicePort = node["access-port"] ?? node["service-port"];
    const alternateHost = node["alternate-access-address"];
    return {
      id: this.#identity.id,
      name: node.name,
      rackId: node["rack-id"],
      service: `${host}:${servicePort}`,
      ...(alternateHost === undefined
        ? {}
        : { alternate: `${alternateHost}:${node["alternate-access-port"] ?? servicePort}` }),
      fabric: `${host}:${node["fabric-port"]}`,
      admin: `${host}:${node["admin-port"]}`,
      boot: this.#identity.boot,
      state: "up",
      changedAt: 0,
    };
  }

  #fenceReport(): FenceReport {
    const { map, primary } = this.#replicas;
    const primaries = this.#replicas.replicas.filter(({ partition }) => partition.role === "primary");
    return {
      ...(map?.fence ?? NO_FENCE),
      node: this.#options.node.name,
      nodeId: this.#identity.id,
      mapVersion: map?.version ?? 0,
      primaries: primaries.length,
      waiting: primaries.filter(({ partition }) => !partition.serving).length,
      clientWrites: primary.clientWrites,
      shutOuts: map?.shutOuts ?? NO_SHUT_OUTS,
      unsettled: this.#replicas.unsettledByShutOut,
    };
  }

  /** Ready: this start is in the map, and every partition this node is primary of serves. */
  #readiness(): { ok: boolean; detail: unknown } {
    const map = this.#replicas.map;
    const own = map === undefined ? undefined : memberOf(map, this.#identity.id);
    const primaries = this.#replicas.replicas.filter((replica) => replica.partition.role === "primary");
    const waiting = primaries.filter((replica) => !replica.partition.serving).length;
    const ok = own?.state === "up" && waiting === 0;
    return { ok, detail: { mapVersion: map?.version ?? 0, primaries: primaries.length, waiting } };
  }

  #servedNamespaces(): { name: string; logId: number }[] {
    const map: ClusterMap | undefined = this.#replicas.map;
    return this.#options.config.namespaces.map(({ name }, id) => ({
      name,
      logId: map?.namespaces[id]?.logId ?? 0,
    }));
  }

  #adminSource(): AdminSource {
    const { config, node } = this.#options;
    return {
      name: node.name,
      nodeId: this.#identity.id,
      datacenter: config.name,
      sourceId: config["src-id"],
      namespaces: config.namespaces,
      storage: this.#storage,
      isPrimary: (slot) => this.#replicas.isPrimary(slot),
      leads: (slot) => this.#replicas.leads(slot),
      committedSequence: (slot) => this.#replicas.committedSequence(slot),
      appliedPositions: (slot) => this.#replicas.appliedPositions(slot),
      destinations: (namespaceId) => this.#xdrSettings.destinations(namespaceId),
      shipped: (destinationId, slot) => this.#replicas.trimmer.shipped(destinationId, slot),
      fence: () => this.#fenceReport(),
      map: () => this.#replicas.map,
      counters: (namespaceId) => this.#counters(namespaceId),
      shiftClock: (offsetMs) => {
        this.#options.log.warn({ offsetMs }, "the wall clock is shifted, as asked for");
        this.#clock.offsetMs = offsetMs;
      },
      xdr: this.#xdrControl,
      feeds: new FeedControl({
        config,
        holds: this.#feedHolds,
        order: (changes) => this.#control.orderFeeds(changes),
        monotonicMs: () => this.#clock.monotonicMs(),
      }),
      isController: () => this.#control.isController,
      natsConnected: () => this.#control.connected,
      write: (command) => this.#replicas.write(command),
      retryParked: (slot, sequence) => this.#replicas.retryParked(slot, sequence),
      nowVoidTime: () => this.#replicas.nowVoidTime(),
      monotonicMs: () => this.#clock.monotonicMs(),
    };
  }

  #counters(namespaceId: number): NamespaceCounters {
    const totals = { clientWrites: 0, clientReads: 0, inDoubt: 0, refused: 0 };
    const counters = this.#door.namespaces[namespaceId]?.counters;
    for (const origin of counters === undefined ? [] : ORIGINS) {
      const { read, write, delete: deletes } = counters?.[origin] ?? {};
      totals.clientWrites += (write?.success ?? 0) + (deletes?.success ?? 0);
      totals.clientReads += (read?.success ?? 0) + (read?.not_found ?? 0);
      totals.inDoubt += (write?.timeout ?? 0) + (deletes?.timeout ?? 0);
      totals.refused += (write?.error ?? 0) + (deletes?.error ?? 0);
    }
    return { ...totals, ...this.#replicas.remote.totals(namespaceId) };
  }

  #registerMetrics(): void {
    collectDefaultMetrics({ register: this.#registry });
    this.#registerXdrMetrics();
    const gauge = this.#gauge.bind(this);
    const replicas = this.#replicas;
    const countRole = (role: string): number =>
      replicas.replicas.filter((replica) => replica.partition.role === role).length;
    gauge("meridian_partitions_primary", "Partitions this node is primary of.", () => countRole("primary"));
    gauge("meridian_partitions_replica", "Partitions this node is an in-sync replica of.", () =>
      countRole("replica"),
    );
    gauge("meridian_partitions_learner", "Partitions this node is catching up with.", () =>
      countRole("learner"),
    );
    gauge("meridian_map_version", "Version of the cluster map.", () => replicas.map?.version ?? 0);
    gauge(
      "meridian_fence_state",
      "What an operator has closed: 0 nothing, 1 writes of clients, 2 their reads too, 3 shipping too.",
      () => FENCE_STATES.indexOf(replicas.map?.fence.state ?? "open"),
    );
    gauge("meridian_change_log_bytes", "Bytes of the change log.", () => this.#storage.logBytes());
    gauge(
      "meridian_change_log_gaps_total",
      "Partitions trimmed past a destination's position.",
      () => replicas.trimmer.declaredGaps,
    );
    gauge("meridian_damaged_records_total", "Reads that met a damaged record.", () => replicas.repair.met);
    gauge(
      "meridian_damaged_records",
      "Damaged records that wait for a whole copy of a peer.",
      () => replicas.repair.pending,
    );
    gauge(
      "meridian_repaired_records_total",
      "Damaged records put right from a peer's copy.",
      () => replicas.repair.repaired,
    );
    gauge(
      "meridian_damaged_log_blocks_total",
      "Damaged blocks of the change log, which count as trimmed.",
      () => this.#damagedBlocks,
    );
    gauge("meridian_disk_free_bytes", "Bytes left on the data folder's disk.", () => this.#freeSpace.bytes);
    gauge(
      "meridian_client_unread_bytes",
      "Bytes of replies that clients have not taken yet.",
      () => this.#door.unreadBytes,
    );
    gauge("meridian_expired_total", "Expired records removed.", () => this.#expiry.removed);
    gauge(
      "meridian_unreleased_bytes",
      "Bytes of writes proposed and not yet answered.",
      () => replicas.stats.unreleasedBytes,
    );
    gauge(
      "meridian_held_partitions",
      "Partitions whose answers wait for a lease.",
      () => replicas.primary.heldReplicas,
    );
  }

  /** Of what comes from other datacenters. */
  #registerXdrMetrics(): void {
    registerLedgerMetrics(this.#registry, this.#options.config, {
      remotes: () => this.#xdrSettings.remotes,
      shutOuts: () => this.#replicas.map?.shutOuts ?? NO_SHUT_OUTS,
      ledgerOf: (namespaceId) => sumLedgers(this.#adminSource(), namespaceId),
    });
    this.#gauge(
      "meridian_clock_refuses_writes",
      "1 while writes are refused: this datacenter's clocks are too far ahead of another's.",
      () => Number(this.#skews.refusesWrites),
    );
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }
}

function markerOf(node: NodeConfig): string {
  return join(node.data, START_FENCED_FILE);
}

function startFenced({ config, node }: NodeOptions): StartFenced {
  if (existsSync(markerOf(node))) return "always";
  return config["start-fenced"] ? "alone" : "no";
}
