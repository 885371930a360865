/**
 * The connection this node opens to a peer: beacons, replication as primary, proxied messages. It
 * dials again for as long as the peer is a member; what was under way on a broken connection is
 * lost with it, and every stream is opened again by the peer's joins.
 */
import { connect, type Socket } from "node:net";
import type { Clock } from "../../common/clock.ts";
import { APPEND_FRAME_BYTES, PEER_OUTSTANDING_BYTES_MAX } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import type { Member, NodeId, Slot } from "../../proto/cluster-map.ts";
import type { Frame } from "../../proto/frame.ts";
import { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian as fabric } from "../../proto/gen/fabric.js";
import { meridian } from "../../proto/gen/peer.js";
import { MessageType } from "../../proto/message-types.ts";
import type { LinkState } from "../controller/control-plane.ts";
import { type AckedRow, AppendFrames } from "./append-frames.ts";

const { AppendAck, Beacon, BeaconReply, Proxy: ProxyMessage, ProxyReply } = meridian.peer;

/** Delay before a lost connection is dialled again, milliseconds: first try, then doubling. */
const REDIAL_MS_MIN = 40;
const REDIAL_MS_MAX = 500;

/** A beacon later than so many intervals was late because of this node, not because of the peer. */
const AWAKE_INTERVALS = 1.5;

export interface PeerLinkOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** The peer's promise that answers a beacon sent at `sentAtMs` (monotonic). */
  readonly onGranted: (peer: NodeId, sentAtMs: number) => void;
  readonly beaconIntervalMs: number;
  readonly deadAfterMs: number;
  /** The Hello to send to a member, as of now. */
  readonly hello: (recipient: NodeId) => Uint8Array;
  readonly mapVersion: () => number;
  /** Whether this node's next group collects entries: when it goes to disk, flush() is called. */
  readonly groupOpen: () => boolean;
  readonly onUp: (peer: NodeId) => void;
  readonly onDown: (peer: NodeId) => void;
  /** Something of `state` changed that the controller should know at once. */
  readonly onStateChanged: () => void;
  readonly onAcked: (peer: NodeId, rows: readonly AckedRow[]) => void;
  /** Any other message: joins, pulls, fetches, maps. */
  readonly onMessage: (peer: NodeId, frame: Frame) => void;
}

export class PeerLink {
  #member: Member;
  readonly #options: PeerLinkOptions;
  readonly #beaconTimer: NodeJS.Timeout;
  #connection: FrameConnection | undefined;
  #frames = new AppendFrames();
  #flushScheduled = false;
  #redialMs = REDIAL_MS_MIN;
  #redialTimer: NodeJS.Timeout | undefined;
  /**
   * How long the peer has been silent, in time this node was itself awake: a node that gets no
   * processor must not take its own stall for the death of all others.
   */
  #silentMs = 0;
  /** The same since the connection was made: one on which nothing comes is half-open. */
  #quietMs = 0;
  #lastBeaconMs: number;
  #answered = false;
  #refused = false;
  #closed = false;
  #nextRequestId = 1;
  readonly #proxied = new Map<number, (reply: Buffer | undefined) => void>();

  constructor(member: Member, options: PeerLinkOptions) {
    this.#member = member;
    this.#options = options;
    this.#lastBeaconMs = options.clock.monotonicMs();
    this.#beaconTimer = setInterval(() => this.#beacon(), options.beaconIntervalMs);
    this.#dial();
  }

  get open(): boolean {
    return this.#connection !== undefined;
  }
  get outstandingBytes(): number {
    return this.#frames.outstandingBytes;
  }
  get state(): LinkState {
    return {
      peer: this.#member.id,
      up: this.#answered && this.#silentMs < this.#options.deadAfterMs,
      silentMs: this.#silentMs,
      refused: this.#refused,
    };
  }

  /** The member has come back under another address. */
  update(member: Member): void {
    const moved = member.fabric !== this.#member.fabric;
    this.#member = member;
    if (moved) this.#connection?.destroy(new Error("peer moved"));
  }

  /** Replicates an entry. What one group takes to this node's disk travels in one frame. */
  append(slot: Slot, epoch: number, sequence: number, entry: Buffer): void {
    this.#frames.add(slot, epoch, sequence, entry);
    if (this.outstandingBytes > PEER_OUTSTANDING_BYTES_MAX) {
      this.reset("peer takes less than it is sent");
      return;
    }
    if (this.#frames.openBytes >= APPEND_FRAME_BYTES) this.flush();
    else if (!this.#options.groupOpen() && !this.#flushScheduled) {
      this.#flushScheduled = true;
      setImmediate(() => {
        this.#flushScheduled = false;
        this.flush();
      });
    }
  }

  flush(): void {
    const frame = this.#frames.take();
    if (frame !== undefined) this.#connection?.send(MessageType.append, frame.meta, ...frame.bodies);
  }

  /** Sends a message after everything appended before it. */
  send(type: MessageType, meta: Uint8Array, ...bodies: readonly Uint8Array[]): void {
    this.flush();
    this.#connection?.send(type, meta, ...bodies);
  }

  /** See Records.proxy. */
  proxy(message: Buffer, done: (reply: Buffer | undefined) => void): void {
    if (this.#connection === undefined) {
      done(undefined);
      return;
    }
    const requestId = this.#nextRequestId++;
    this.#proxied.set(requestId, done);
    this.#connection.send(MessageType.proxy, ProxyMessage.encode({ requestId }).finish(), message);
  }

  /** Breaks the connection: all streams over it are opened again. */
  reset(reason: string): void {
    this.#connection?.destroy(new Error(reason));
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#beaconTimer);
    clearTimeout(this.#redialTimer);
    this.#connection?.end();
  }

  #dial(): void {
    if (this.#closed) return;
    const separator = this.#member.fabric.lastIndexOf(":");
    const host = this.#member.fabric.slice(0, separator);
    const socket = connect({ host, port: Number(this.#member.fabric.slice(separator + 1)) });
    socket.setTimeout(this.#options.deadAfterMs, () => socket.destroy(new Error("connect timed out")));
    socket.once("connect", () => {
      socket.setTimeout(0);
      this.#connected(socket);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => this.#noteRefused(error.code === "ECONNREFUSED"));
    socket.once("close", () => this.#redial());
  }

  #connected(socket: Socket): void {
    const connection = new FrameConnection(socket, {
      onFrame: (frame) => this.#receive(frame),
      onClose: (error) => this.#lost(error),
    });
    this.#connection = connection;
    this.#frames = new AppendFrames();
    this.#quietMs = 0;
    connection.send(MessageType.hello, this.#options.hello(this.#member.id));
    this.#beacon();
    this.#options.onUp(this.#member.id);
  }

  #lost(error: Error | undefined): void {
    this.#connection = undefined;
    this.#answered = false;
    this.#frames = new AppendFrames();
    if (!this.#closed) {
      this.#options.log.warn({ peer: this.#member.name, reason: error?.message }, "link to peer lost");
    }
    const proxied = [...this.#proxied.values()];
    this.#proxied.clear();
    for (const done of proxied) done(undefined);
    this.#options.onDown(this.#member.id);
    this.#options.onStateChanged();
  }

  #redial(): void {
    if (this.#closed) return;
    this.#redialTimer = setTimeout(() => this.#dial(), this.#redialMs);
    this.#redialMs = Math.min(this.#redialMs * 2, REDIAL_MS_MAX);
  }

  #noteRefused(refused: boolean): void {
    if (refused === this.#refused) return;
    this.#refused = refused;
    this.#options.onStateChanged();
  }

  #beacon(): void {
    const now = this.#options.clock.monotonicMs();
    const { beaconIntervalMs, deadAfterMs } = this.#options;
    const passedMs = Math.min(now - this.#lastBeaconMs, AWAKE_INTERVALS * beaconIntervalMs);
    this.#silentMs += passedMs;
    this.#quietMs += passedMs;
    this.#lastBeaconMs = now;
    if (this.#connection === undefined) return;
    if (this.#quietMs > 3 * deadAfterMs) {
      this.reset("peer is silent");
      return;
    }
    const beacon = Beacon.encode({ sentAt: now, mapVersion: this.#options.mapVersion() }).finish();
    this.#connection.send(MessageType.beacon, beacon);
  }

  #receive(frame: Frame): void {
    switch (frame.type) {
      case MessageType.appendAck: {
        const ack = AppendAck.decode(frame.meta);
        const rows = this.#frames.acked(ack.frameId, ack.rejectedFrames, ack.rejectedSlots);
        this.#options.onAcked(this.#member.id, rows);
        return;
      }
      case MessageType.beaconReply: {
        const reply = BeaconReply.decode(frame.meta);
        this.#silentMs = 0;
        this.#quietMs = 0;
        // A peer with a newer map may have promised its place to somebody else.
        if (reply.mapVersion <= this.#options.mapVersion()) {
          this.#options.onGranted(this.#member.id, reply.sentAt);
        }
        // Only now: what accepts may still refuse, as another member at the same address does.
        if (!this.#answered) {
          this.#answered = true;
          this.#refused = false;
          this.#redialMs = REDIAL_MS_MIN;
          this.#options.onStateChanged();
        }
        return;
      }
      case MessageType.proxyReply: {
        const { requestId } = ProxyReply.decode(frame.meta);
        const done = this.#proxied.get(requestId);
        this.#proxied.delete(requestId);
        done?.(frame.body);
        return;
      }
      case MessageType.refusal: {
        const { code, message } = fabric.fabric.Refusal.decode(frame.meta);
        // Tried again and again, and told once.
        if (!this.#refused) {
          this.#options.log.error({ peer: this.#member.name, code, message }, "peer refuses the connection");
        }
        this.#noteRefused(true);
        return;
      }
      default:
        this.#options.onMessage(this.#member.id, frame);
    }
  }
}
