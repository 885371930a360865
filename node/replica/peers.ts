/**
 * All connections to the other nodes: one link per peer that this node dials (it is primary there),
 * one inbound connection per peer (it is replica there), and the lease promises between them.
 */
import type { Clock } from "../../common/clock.ts";
import type { Logger } from "../../common/log.ts";
import type { ClusterMap, NodeId } from "../../proto/cluster-map.ts";
import { decodeMap, encodeMap } from "../../proto/cluster-map-codec.ts";
import { splitEntries } from "../../proto/entry.ts";
import type { Frame } from "../../proto/frame.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian } from "../../proto/gen/peer.js";
import { MessageType } from "../../proto/message-types.ts";
import type { LinkState } from "../controller/control-plane.ts";
import type { AckedRow } from "./append-frames.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Leases } from "./leases.ts";
import { PeerLink, type PeerLinkOptions } from "./peer-link.ts";

const { Append, AppendAck, Beacon, BeaconReply, Proxy: ProxyMessage, ProxyReply } = meridian.peer;

export interface PeersOptions {
  readonly self: NodeId;
  readonly clock: Clock;
  readonly log: Logger;
  readonly leases: Leases;
  readonly commit: GroupCommit;
  readonly beaconIntervalMs: number;
  readonly deadAfterMs: number;
  readonly hello: (recipient: NodeId) => Uint8Array;
  readonly map: () => ClusterMap | undefined;
  readonly onMapPushed: (map: ClusterMap) => void;
  readonly onLinksChanged: (states: readonly LinkState[]) => void;
  readonly onLinkUp: (peer: NodeId) => void;
  readonly onLinkDown: (peer: NodeId) => void;
  readonly onAcked: (peer: NodeId, rows: readonly AckedRow[]) => void;
  readonly onLeaseGranted: () => void;
  /** A row of entries from a primary; false rejects it. */
  readonly onEntries: (
    from: NodeId,
    slot: number,
    epoch: number,
    first: number,
    entries: readonly Buffer[],
  ) => boolean;
  /** A replica's connection to this node's primary side, or the primary's to its replica side. */
  readonly onInboundUp: (peer: NodeId) => void;
  readonly onInboundDown: (peer: NodeId) => void;
  /** Messages of a replica to its primary: joins, pulls, fetches. */
  readonly onReplicaMessage: (from: NodeId, frame: Frame) => void;
  /** Messages of a primary to its replica: answers, chunks, records, handovers. */
  readonly onPrimaryMessage: (from: NodeId, frame: Frame) => void;
  readonly onProxied: (message: Buffer, done: (reply: Buffer) => void) => void;
}

/** Frames of one inbound connection that the next flush will have put on disk. */
interface PendingAck {
  readonly group: number;
  frameId: number;
  readonly rejectedFrames: number[];
  readonly rejectedSlots: number[];
}

export class Peers {
  readonly #options: PeersOptions;
  readonly #links = new Map<NodeId, PeerLink>();
  readonly #inbound = new Map<NodeId, FrameConnection>();
  readonly #reportTimer: NodeJS.Timeout;

  constructor(options: PeersOptions) {
    this.#options = options;
    this.#reportTimer = setInterval(() => this.#report(), options.beaconIntervalMs);
    options.commit.onTaken = () => {
      for (const link of this.#links.values()) link.flush();
    };
  }

  link(peer: NodeId): PeerLink | undefined {
    return this.#links.get(peer);
  }

  get states(): LinkState[] {
    return [...this.#links.values()].map((link) => link.state);
  }

  /** Sends on the connection that `peer` has opened to this node; false when there is none. */
  sendInbound(peer: NodeId, type: MessageType, meta: Uint8Array, ...bodies: readonly Buffer[]): boolean {
    const connection = this.#inbound.get(peer);
    if (connection === undefined || connection.closed) return false;
    connection.send(type, meta, ...bodies);
    return true;
  }

  /** Sends on the connection that this node has opened to `peer`; false when there is none. */
  sendOutbound(peer: NodeId, type: MessageType, meta: Uint8Array, ...bodies: readonly Buffer[]): boolean {
    const link = this.#links.get(peer);
    if (link === undefined || !link.open) return false;
    link.send(type, meta, ...bodies);
    return true;
  }

  hasInbound(peer: NodeId): boolean {
    return this.#inbound.has(peer);
  }

  /** Dials new members, forgets those that are gone. */
  follow(map: ClusterMap): void {
    const members = new Map(map.members.map((member) => [member.id, member]));
    members.delete(this.#options.self);
    for (const [id, link] of this.#links) {
      if (members.has(id)) continue;
      link.close();
      this.#links.delete(id);
    }
    for (const [id, member] of members) {
      const link = this.#links.get(id);
      if (link === undefined) this.#links.set(id, new PeerLink(member, this.#linkOptions()));
      else link.update(member);
    }
  }

  /** Takes over an inbound connection whose Hello said that it is node `peer`. */
  accept(peer: NodeId, connection: FrameConnection): void {
    const before = this.#inbound.get(peer);
    if (before !== undefined) {
      // Its streams went with it, though nobody has told this side yet: they must be joined again.
      this.#inbound.delete(peer);
      before.destroy(new Error("the peer has connected again"));
      this.#options.onInboundDown(peer);
    }
    this.#inbound.set(peer, connection);
    const ack: { pending: PendingAck | undefined } = { pending: undefined };
    connection.handle({
      onFrame: (frame) => this.#receive(peer, connection, frame, ack),
      onClose: () => {
        if (this.#inbound.get(peer) !== connection) return;
        this.#inbound.delete(peer);
        this.#options.onInboundDown(peer);
      },
    });
    this.#options.onInboundUp(peer);
  }

  close(): void {
    clearInterval(this.#reportTimer);
    for (const link of this.#links.values()) link.close();
    for (const connection of this.#inbound.values()) connection.end();
  }

  #report(): void {
    this.#options.onLinksChanged(this.states);
  }

  #linkOptions(): PeerLinkOptions {
    const { clock, log, leases, commit, beaconIntervalMs, deadAfterMs, hello, onAcked } = this.#options;
    return {
      clock,
      log,
      onGranted: (peer, sentAtMs) => {
        leases.granted(peer, sentAtMs);
        this.#options.onLeaseGranted();
      },
      beaconIntervalMs,
      deadAfterMs,
      hello,
      mapVersion: () => this.#options.map()?.version ?? 0,
      groupOpen: () => commit.collecting,
      onUp: this.#options.onLinkUp,
      onDown: this.#options.onLinkDown,
      onStateChanged: () => this.#report(),
      onAcked,
      onMessage: (peer, frame) => {
        if (frame.type === MessageType.mapPush) this.#options.onMapPushed(decodeMap(frame.body));
        else this.#options.onReplicaMessage(peer, frame);
      },
    };
  }

  #receive(
    peer: NodeId,
    connection: FrameConnection,
    frame: Frame,
    ack: { pending: PendingAck | undefined },
  ): void {
    switch (frame.type) {
      case MessageType.append:
        this.#receiveEntries(peer, connection, frame, ack);
        return;
      case MessageType.beacon:
        this.#answerBeacon(peer, connection, frame);
        return;
      case MessageType.proxy: {
        const { requestId } = ProxyMessage.decode(frame.meta);
        // The message outlives this turn, the frame's buffer is the socket's.
        this.#options.onProxied(Buffer.from(frame.body), (reply) => {
          connection.send(MessageType.proxyReply, ProxyReply.encode({ requestId }).finish(), reply);
        });
        return;
      }
      default:
        this.#options.onPrimaryMessage(peer, frame);
    }
  }

  /**
   * Promised also to an asker with an older map, which takes it for nothing (and is sent the newer
   * map): by the time the answer is there it may have that map from elsewhere, and believe it. A node
   * that has started and follows no map yet may have been primary in one newer than the asker's: it
   * says that its map is newer than any, so that nobody takes its answer for a lease.
   */
  #answerBeacon(peer: NodeId, connection: FrameConnection, frame: Frame): void {
    const beacon = Beacon.decode(frame.meta);
    const map = this.#options.map();
    const mapVersion = map?.version ?? Number.POSITIVE_INFINITY;
    this.#options.leases.promise(peer, this.#options.clock.monotonicMs());
    if (map !== undefined && mapVersion > beacon.mapVersion) {
      connection.send(MessageType.mapPush, new Uint8Array(0), encodeMap(map));
    }
    const reply = BeaconReply.encode({ sentAt: beacon.sentAt, mapVersion }).finish();
    connection.send(MessageType.beaconReply, reply);
  }

  #receiveEntries(
    peer: NodeId,
    connection: FrameConnection,
    frame: Frame,
    ack: { pending: PendingAck | undefined },
  ): void {
    const { frameId, slots, epochs, firsts, counts } = Append.decode(frame.meta);
    const entries = splitEntries(frame.body);
    const pending = this.#pendingAck(connection, ack);
    pending.frameId = frameId;
    let offset = 0;
    for (let row = 0; row < slots.length; row++) {
      const slot = slots[row] as number;
      const count = counts[row] as number;
      const rowEntries = entries.slice(offset, offset + count);
      offset += count;
      if (!this.#options.onEntries(peer, slot, epochs[row] as number, firsts[row] as number, rowEntries)) {
        pending.rejectedFrames.push(frameId);
        pending.rejectedSlots.push(slot);
      }
    }
  }

  /** One acknowledgement a flush: it covers the frames whose entries went into the same group. */
  #pendingAck(connection: FrameConnection, ack: { pending: PendingAck | undefined }): PendingAck {
    const { commit } = this.#options;
    if (ack.pending?.group === commit.openGroup) return ack.pending;
    const pending: PendingAck = {
      group: commit.openGroup,
      frameId: 0,
      rejectedFrames: [],
      rejectedSlots: [],
    };
    ack.pending = pending;
    commit.afterwards(() => connection.send(MessageType.appendAck, AppendAck.encode(pending).finish()));
    return pending;
  }
}
