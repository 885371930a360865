/**
 * All replicas of this node: follows the cluster map, passes what peers send to the partition
 * cores, and offers the node's two faces, `Records` to the client door and `RemoteApply` to XDR.
 */
import { assert } from "../../common/assert.ts";
import { HybridClock } from "../../common/clock.ts";
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { sharedSettings } from "../../common/shared-settings.ts";
import {
  type ClusterMap,
  memberOf,
  type NodeId,
  type PartitionRow,
  rowOf,
  type Slot,
  slotNamespaceId,
} from "../../proto/cluster-map.ts";
import { EntryKind, Operation } from "../../proto/entry.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian as fabric } from "../../proto/gen/fabric.js";
import { MessageType } from "../../proto/message-types.ts";
import { type MemberFacts, Partition } from "../partition/partition.ts";
import type { ReadOutcome, Records, Route, WriteCommand } from "../records.ts";
import type { CountedPosition } from "../store/storage.ts";
import type {
  ApplyOutcome,
  ApplyRefusal,
  RemoteApply,
  RemoteRun,
  RemoteScanChunk,
} from "../xdr/remote-apply.ts";
import { FeedHolds } from "../xdr/feed-holds.ts";
import { CopyIn } from "./copy-in.ts";
import { CopyOut } from "./copy-out.ts";
import { GroupCommit } from "./group-commit.ts";
import { Leases } from "./leases.ts";
import { MapKeeper } from "./map-keeper.ts";
import { NodeEffects } from "./node-effects.ts";
import { PeerMessages } from "./peer-messages.ts";
import { Peers } from "./peers.ts";
import { type ChangeRefusal, Primary } from "./primary.ts";
import { RecordRepair } from "./record-repair.ts";
import { RemoteWrites } from "./remote-writes.ts";
import { Replica } from "./replica.ts";
import type { ReplicaSetOptions } from "./replica-set-options.ts";
import { SlotNews } from "./slot-news.ts";
import { Trimmer } from "./trimmer.ts";

export class ReplicaSet implements Records, RemoteApply {
  readonly #options: ReplicaSetOptions;
  readonly #replicas: Replica[] = [];
  readonly #commit: GroupCommit;
  readonly #leases: Leases;
  readonly #effects: NodeEffects;
  readonly #peers: Peers;
  readonly #copyIn: CopyIn;
  readonly #copyOut: CopyOut;
  readonly primary: Primary;
  readonly remote: RemoteWrites;
  readonly trimmer: Trimmer;
  readonly repair: RecordRepair;
  #map: ClusterMap | undefined;
  /** Source ids of datacenters whose changes the followed map keeps out. */
  #shutOut: ReadonlySet<number> = new Set();
  readonly #committedNews = new SlotNews();
  readonly #primaryNews = new SlotNews();
  readonly #mapKeeper: MapKeeper;
  readonly #messages: PeerMessages;

  constructor(options: ReplicaSetOptions) {
    this.#options = options;
    const { config, self, storage, clock, log } = options;
    const leases = new Leases(config.timing["lease-ms"], clock.monotonicMs());
    this.#leases = leases;
    this.#commit = new GroupCommit(storage, options.onFailure);
    this.#mapKeeper = new MapKeeper({
      self,
      boot: options.boot,
      storage,
      commit: this.#commit,
      onKept: (map) => this.#follow(map),
      onFailure: options.onFailure,
    });
    this.#effects = new NodeEffects({
      clock,
      commit: this.#commit,
      leases,
      control: options.control,
      mapVersion: () => this.#map?.version ?? 0,
      onCommitted: (partition) => this.#committed(partition.slot),
      onServing: (partition) => this.#serving(partition),
      onDeposed: (partition) => this.#deposed(partition),
    });
    this.#peers = this.#createPeers(leases);
    this.#copyIn = new CopyIn({
      storage,
      commit: this.#commit,
      log,
      send: (primary, type, ...message) => this.#peers.sendInbound(primary, type, ...message),
    });
    this.#copyOut = new CopyOut({
      storage,
      log,
      link: (peer) => this.#peers.link(peer),
      partition: (slot) => this.#replicas[slot]?.partition,
    });
    for (let slot = 0; slot < config.namespaces.length * PARTITION_COUNT; slot++) {
      const log = { last: storage.lastSequence(slot), history: storage.epochHistory(slot) };
      this.#replicas.push(new Replica(new Partition(slot, self, log, this.#effects)));
    }
    const holds = options.holds ?? new FeedHolds(config);
    this.primary = new Primary({
      clock,
      hybridClock: new HybridClock(clock),
      sourceId: config["src-id"],
      namespaces: config.namespaces,
      storage,
      leases,
      diskLow: this.#options.diskLow,
      clockRefuses: () => options.skews.refusesWrites,
      keepsBefore: (namespaceId, image) => holds.keepsBefore(namespaceId, image),
      replica: (slot) => this.#replicas[slot],
    });
    const forwards = (namespaceId: number): boolean => options.routes?.forwards(namespaceId) ?? false;
    const { skews } = options;
    this.remote = new RemoteWrites({ primary: this.primary, storage, clock, skews, forwards, log });
    this.trimmer = this.#createTrimmer(holds);
    this.repair = new RecordRepair({
      storage,
      commit: this.#commit,
      log,
      replica: (slot) => this.#replicas[slot],
      sendToReplica: (peer, ...message) =>
        this.#peers.sendOutbound(peer, MessageType.fetchRecords, ...message),
      sendToPrimary: (peer, ...message) =>
        this.#peers.sendInbound(peer, MessageType.fetchRecords, ...message),
      onFailure: options.onFailure,
    });
    storage.onDamaged((slot, digest) => this.repair.note(slot, digest));
    this.#messages = new PeerMessages({
      storage,
      log,
      peers: this.#peers,
      effects: this.#effects,
      copyIn: this.#copyIn,
      copyOut: this.#copyOut,
      repair: this.repair,
      partition: (slot) => this.#replicas[slot]?.partition,
      onFailure: options.onFailure,
    });
  }

  start(): void {
    const { control } = this.#options;
    this.#effects.start({ peers: this.#peers, copyIn: this.#copyIn, copyOut: this.#copyOut });
    control().onMap((map) => this.#mapKeeper.take(map));
    this.trimmer.start();
  }

  /** Refuses new work, finishes what is under way, closes connections. */
  async stop(): Promise<void> {
    this.primary.stop();
    this.trimmer.stop();
    this.repair.stop();
    await this.#commit.drained();
    this.#effects.stop();
    this.#peers.close();
    await this.#copyOut.close();
    await this.#commit.close();
  }

  get map(): ClusterMap | undefined {
    return this.#map;
  }
  /** False while no peer that is up has promised this node anything: it may have been replaced. */
  get mayServe(): boolean {
    if (this.#map === undefined) return false;
    const { self, clock } = this.#options;
    const hasPeers = this.#map.members.some((member) => member.id !== self && member.state === "up");
    return !hasPeers || this.#leases.holdsAny(clock.monotonicMs());
  }
  get replicas(): readonly Replica[] {
    return this.#replicas;
  }
  get stats(): { copying: number; unreleasedBytes: number } {
    return {
      copying: this.#copyIn.pending,
      unreleasedBytes: this.primary.unreleasedBytes,
    };
  }

  /** An inbound fabric connection of role "node". */
  acceptPeer(peer: NodeId, connection: FrameConnection): void {
    this.#peers.accept(peer, connection);
  }

  // ---- Records --------------------------------------------------------------------------------

  route(slot: Slot): Route {
    const row = this.#map === undefined ? undefined : rowOf(this.#map, slot);
    if (row === undefined || row.primary === null) return { kind: "unavailable" };
    if (row.primary === this.#options.self) return { kind: "local" };
    // It keeps its row until somebody can take it; what was sent there would be in doubt for nothing.
    if (this.#map === undefined || memberOf(this.#map, row.primary)?.state === "down") {
      return { kind: "unavailable" };
    }
    return { kind: "remote", nodeId: row.primary };
  }
  read(slot: Slot, digest: Buffer, done: (outcome: ReadOutcome) => void): void {
    this.primary.read(slot, digest, done);
  }
  write(command: WriteCommand): void {
    this.primary.write(command);
  }
  proxy(nodeId: NodeId, message: Buffer, done: (reply: Buffer | undefined) => void): void {
    const link = this.#peers.link(nodeId);
    if (link === undefined) done(undefined);
    else link.proxy(message, done);
  }
  nowVoidTime(): number {
    return this.primary.nowVoidTime();
  }

  // ---- RemoteApply ----------------------------------------------------------------------------

  applyRun(run: RemoteRun, done: (outcome: ApplyOutcome) => void): void {
    const replica = this.#remoteTarget(run, done);
    if (replica !== undefined) this.remote.applyRun(replica, run, done);
  }
  applyScanChunk(chunk: RemoteScanChunk, done: (outcome: ApplyOutcome) => void): void {
    const replica = this.#remoteTarget(chunk, done);
    if (replica !== undefined) this.remote.applyScanChunk(replica, chunk, done);
  }
  /** Applies a parked change after all, by the sequence of its note; how it ended. */
  retryParked(slot: Slot, sequence: number): Promise<string> {
    const replica = this.#replicas[slot];
    const refusal = this.primary.refuseWrite(replica);
    if (replica === undefined || refusal !== undefined) {
      const error = new MeridianError("UNAVAILABLE", `the change is refused: ${refusal ?? "not-primary"}`);
      return Promise.reject(error);
    }
    return this.remote.retryParked(replica, sequence);
  }
  appliedPositions(slot: Slot): readonly CountedPosition[] {
    return [...(this.#replicas[slot]?.settled.values() ?? [])];
  }
  isPrimary(slot: Slot): boolean {
    return this.#replicas[slot]?.partition.serving ?? false;
  }
  /** Whether this node is the slot's primary, and nobody else can have taken its place yet. */
  leads(slot: Slot): boolean {
    const replica = this.#replicas[slot];
    return replica?.partition.serving === true && this.primary.leaseHeld(replica);
  }
  committedSequence(slot: Slot): number {
    return this.#replicas[slot]?.partition.committed ?? 0;
  }
  lastSequence(slot: Slot): number {
    return this.#replicas[slot]?.partition.last ?? 0;
  }
  changes(slot: Slot): number {
    return this.#replicas[slot]?.changes ?? 0;
  }
  mark(slot: Slot): { readonly sequence: number; readonly changes: number } {
    const replica = this.#replicas[slot];
    const refusal = this.primary.refuseWrite(replica);
    if (replica === undefined || refusal !== undefined) {
      throw new MeridianError("NOT_PRIMARY", `the log takes no mark: ${refusal ?? "not-primary"}`);
    }
    const nothing = (): void => {
      // Whoever asked looks at what is committed.
    };
    this.primary.propose(replica, { kind: EntryKind.position, operation: Operation.none }, nothing, nothing);
    return { sequence: replica.partition.last, changes: replica.changes };
  }
  onCommitted(listener: (slots: readonly Slot[]) => void): () => void {
    return this.#committedNews.listen(listener);
  }
  onPrimaryChanged(listener: (slots: readonly Slot[]) => void): () => void {
    return this.#primaryNews.listen(listener);
  }
  noteShipped(destinationId: number, slot: Slot, sequence: number): void {
    this.trimmer.noteShipped(destinationId, slot, sequence);
  }

  /**
   * Primaries in which a change that was taken before its origin was shut out is not committed yet. A
   * primary that came later serves once all that it found is committed.
   */
  get unsettledByShutOut(): number {
    return this.#replicas.filter(
      ({ partition, shutOutAt }) => partition.serving && partition.committed < shutOutAt,
    ).length;
  }

  #remoteTarget(
    { slot, originId }: RemoteRun | RemoteScanChunk,
    done: (outcome: ApplyOutcome) => void,
  ): Replica | undefined {
    if (this.#shutOut.has(originId)) {
      done({ kind: "refused", reason: "shut-out" });
      return undefined;
    }
    const { routes } = this.#options;
    if (routes !== undefined && !routes.remotes.some((remote) => remote["src-id"] === originId)) {
      done({ kind: "refused", reason: "rejected" });
      return undefined;
    }
    if (this.#options.rejectsXdr?.(slotNamespaceId(slot)) === true) {
      done({ kind: "refused", reason: "rejected" });
      return undefined;
    }
    const replica = this.#replicas[slot];
    const refusal = this.primary.refuseWrite(replica);
    if (refusal === undefined) return replica;
    done({ kind: "refused", reason: remoteReason(refusal) });
    return undefined;
  }

  // ---- the map --------------------------------------------------------------------------------

  #follow(map: ClusterMap): void {
    const before = this.#map;
    this.#map = map;
    this.primary.fence = map.fence.state;
    if (map.shutOuts.order !== (before?.shutOuts.order ?? 0)) this.#shutOutsChanged(map);
    this.#peers.follow(map);
    const alive = map.members.filter((member) => member.state !== "down");
    const changedAt = new Map(alive.map((member) => [member.id, member.changedAt]));
    const facts: MemberFacts = {
      changedAt: (member) => changedAt.get(member) ?? Number.POSITIVE_INFINITY,
    };
    for (const replica of this.#replicas) {
      const row = rowOf(map, replica.slot);
      if (row === undefined) continue;
      const { partition } = replica;
      const old = before === undefined ? undefined : rowOf(before, replica.slot);
      if (old !== undefined && sameRow(old, row) && !partition.hasLearners) continue;
      const wasPrimary = partition.role === "primary";
      partition.assign(row, facts);
      if (wasPrimary !== (partition.role === "primary")) this.#primaryNews.add(replica.slot);
    }
    this.#copyOut.settled();
    this.#options.onMap?.(map);
    if (before === undefined) this.#options.onFirstMap();
    const { self } = this.#options;
    const ownChange = memberOf(map, self)?.changedAt;
    if (before !== undefined && ownChange !== memberOf(before, self)?.changedAt) this.#effects.joinAgain();
  }

  #shutOutsChanged({ shutOuts }: ClusterMap): void {
    this.#shutOut = new Set(shutOuts.origins.map(({ sourceId }) => sourceId));
    for (const replica of this.#replicas) replica.shutOutAt = replica.partition.last;
  }

  #committed(slot: Slot): void {
    const replica = this.#replicas[slot];
    assert(replica !== undefined, "a committed slot has a replica");
    this.primary.release(replica);
    this.#copyOut.settled();
    this.#committedNews.add(slot);
  }

  #serving(partition: Partition): void {
    const replica = this.#replicas[partition.slot];
    assert(replica !== undefined, "a serving slot has a replica");
    // What this node did not write itself it has not looked at yet.
    const empty = this.#options.storage.counts(partition.slot).records === 0;
    replica.nextExpiry = empty ? Number.POSITIVE_INFINITY : 0;
    replica.shutOutAt = 0;
    replica.positions.clear();
    replica.settled.clear();
    replica.changes = this.#options.storage.changes(partition.slot);
    for (const position of this.#options.storage.applied(partition.slot)) {
      const { ledger, ...place } = position;
      const counted = { ...place, changes: ledger.changes };
      replica.positions.set(position.originId, counted);
      replica.settled.set(position.originId, counted);
    }
    this.#primaryNews.add(partition.slot);
  }

  #deposed(partition: Partition): void {
    const replica = this.#replicas[partition.slot];
    if (replica !== undefined) this.primary.lose(replica);
  }

  // ---- peers ----------------------------------------------------------------------------------

  #createPeers(leases: Leases): Peers {
    const { config, self, clock, log, boot } = this.#options;
    return new Peers({
      self,
      clock,
      log,
      leases,
      commit: this.#commit,
      beaconIntervalMs: config.timing["beacon-interval-ms"],
      deadAfterMs: config.timing["dead-after-ms"],
      hello: (recipient) =>
        fabric.fabric.Hello.encode({
          protocol: 1,
          datacenter: config.name,
          role: "node",
          sender: self,
          clusterId: this.#map?.clusterId ?? "",
          boot,
          recipient,
          settings: sharedSettings(config),
        }).finish(),
      map: () => this.#map,
      onMapPushed: (map) => {
        this.#options.control().offerMap(map);
        this.#mapKeeper.take(map);
      },
      onLinksChanged: (states) => this.#options.control().reportLinks(states),
      onLinkUp: () => undefined,
      onLinkDown: (peer) => this.#peerLost(peer),
      onAcked: (peer, rows) => {
        for (const { slot, epoch, last } of rows) this.#replicas[slot]?.partition.acked(peer, epoch, last);
        this.#copyOut.pump();
      },
      onLeaseGranted: () => this.primary.leaseRenewed(),
      onEntries: (from, slot, epoch, first, entries) =>
        this.#replicas[slot]?.partition.receive(from, epoch, first, entries) ?? false,
      onInboundUp: (peer) => {
        for (const { partition } of this.#replicas) if (partition.primary === peer) partition.retryJoin();
      },
      onInboundDown: (peer) => {
        this.#copyIn.connectionLost(peer);
        for (const replica of this.#replicas) replica.partition.primaryLost(peer);
      },
      onReplicaMessage: (from, frame) => this.#messages.ofReplica(from, frame),
      onPrimaryMessage: (from, frame) => this.#messages.ofPrimary(from, frame),
      onProxied: this.#options.onProxied,
    });
  }

  #peerLost(peer: NodeId): void {
    for (const replica of this.#replicas) replica.partition.peerLost(peer);
    this.#copyOut.peerLost(peer).catch(this.#options.onFailure);
  }

  #createTrimmer(holds: FeedHolds): Trimmer {
    const { config, storage, log, onFailure } = this.#options;
    return new Trimmer({
      storage,
      log,
      keepBytes: config["change-log"]["keep-bytes"],
      maxBytes: config["change-log"]["max-bytes"],
      slotCount: this.#replicas.length,
      destinations: () => (this.#options.routes ?? config).remotes.map((remote) => remote["src-id"]),
      ships: (destination, slot) => this.#options.routes?.ships(destination, slotNamespaceId(slot)) ?? true,
      holds,
      // Before there is a map nobody knows who holds the log.
      settled: (slot) => (this.#map === undefined ? 0 : this.#settled(slot)),
      onFailure,
    });
  }

  /** What no peer of this datacenter will ask the log for: committed, or on a replica all of it. */
  #settled(slot: Slot): number {
    const partition = this.#replicas[slot]?.partition;
    if (partition === undefined || partition.role === "none") return Number.POSITIVE_INFINITY;
    return partition.role === "primary" ? partition.committed : partition.durable;
  }
}

/** As the origin of a change is told it. */
function remoteReason(refusal: ChangeRefusal): ApplyRefusal {
  switch (refusal) {
    case "too-big":
    case "too-few-copies":
      return "unavailable";
    // There may be space again before the origin's patience ends.
    case "full":
      return "busy";
    default:
      return refusal;
  }
}

function sameRow(a: PartitionRow, b: PartitionRow): boolean {
  return (
    a.epoch === b.epoch &&
    a.primary === b.primary &&
    sameIds(a.inSync, b.inSync) &&
    sameIds(a.assigned, b.assigned)
  );
}

function sameIds(a: readonly NodeId[], b: readonly NodeId[]): boolean {
  return a === b || (a.length === b.length && a.every((id, index) => id === b[index]));
}
