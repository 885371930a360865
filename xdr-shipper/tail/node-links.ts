/**
 * Fabric connections to every storage node of the datacenter, for one purpose each (one tail, or
 * applying for one origin): made, kept, made again. A connection is ready once the node has
 * answered XdrOpen; every new one gets a new number, so that nothing of an old one is taken for it.
 *
 * A machine that lost its power says nothing, and a tail that waits for news would wait for ever:
 * each connection is pinged, and broken when several pings in a row bring nothing at all.
 */
import { connect } from "node:net";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Clock } from "../../common/clock.ts";
import type { Logger } from "../../common/log.ts";
import type { Member } from "../../proto/cluster-map.ts";
import { FrameConnection } from "../../proto/frame-connection.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian as fabric } from "../../proto/gen/fabric.js";
import { meridian as tail } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import { type Offset, OffsetSamples, offsetOf, type Spread, spreadOf } from "../clock/skew.ts";
import type { MemberWatch } from "./member-watch.ts";

const { Hello, Refusal } = fabric.fabric;
const { XdrOpen, XdrOpened, XdrPing, XdrPong, TailPrimaries } = tail.tail;

const FABRIC_PROTOCOL = 1;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 2000;
const PING_INTERVAL_MS = 1000;
/** Counted in pings, not in time: a shipper that was stopped takes nobody else for dead. */
const PINGS_UNANSWERED_MAX = 5;

export interface NodeLink {
  /** Number of this connection, never used twice. */
  readonly ref: number;
  readonly name: string;
  readonly connection: FrameConnection;
}

export interface NodeLinksEvents {
  /** Ready (again): `logIds` by namespace. Called again when log ids change. */
  onOpened(link: NodeLink, logIds: readonly number[]): void;
  onPrimaries(link: NodeLink, gained: readonly number[], lost: readonly number[]): void;
  /** Any other message. Throwing breaks the connection. */
  onFrame(link: NodeLink, frame: Frame): void;
  /** A connection that had been ready is gone. */
  onClosed(link: NodeLink): void;
}

export interface NodeLinksOptions {
  readonly members: Pick<MemberWatch, "listen">;
  readonly datacenter: string;
  readonly sender: string;
  readonly namespaces: readonly string[];
  readonly clock: Clock;
  /** What a ping tells the nodes: how far the clocks of a datacenter are ahead of theirs. */
  readonly skew?: () => { readonly originId: number; readonly offset: Offset } | undefined;
  readonly events: NodeLinksEvents;
  readonly log: Logger;
}

interface Dial {
  member: Member;
  link: NodeLink | undefined;
  opened: boolean;
  /** Pings since the node was last heard. */
  unanswered: number;
  /** Of the last ping: by the wall clock and by the one that never runs back. */
  pinged: { readonly wallMs: number; readonly monotonicMs: number };
  readonly clock: OffsetSamples;
  retryMs: number;
  timer: NodeJS.Timeout | undefined;
}

export class NodeLinks {
  readonly #options: NodeLinksOptions;
  readonly #dials = new Map<string, Dial>();
  readonly #unlisten: () => void;
  readonly #pings: NodeJS.Timeout;
  #clusterId = "";
  #lastRef = 0;
  #closed = false;

  constructor(options: NodeLinksOptions) {
    this.#options = options;
    this.#pings = setInterval(() => this.#ping(), PING_INTERVAL_MS);
    this.#unlisten = options.members.listen((members, clusterId) => this.#follow(members, clusterId));
  }

  /** The connections that are ready. */
  *ready(): Iterable<NodeLink> {
    for (const dial of this.#dials.values()) if (dial.opened && dial.link !== undefined) yield dial.link;
  }

  /** How far the nodes' wall clocks are ahead of this process's; undefined: none answered lately. */
  clocks(): Spread | undefined {
    const now = this.#options.clock.monotonicMs();
    return spreadOf([...this.#dials.values()].flatMap(({ clock }) => clock.best(now) ?? []));
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#pings);
    this.#unlisten();
    for (const dial of this.#dials.values()) {
      clearTimeout(dial.timer);
      dial.link?.connection.end();
    }
  }

  #follow(members: readonly Member[], clusterId: string): void {
    this.#clusterId = clusterId;
    for (const [id, dial] of this.#dials) {
      const member = members.find((other) => other.id === id);
      if (member !== undefined && member.fabric === dial.member.fabric) continue;
      this.#dials.delete(id);
      clearTimeout(dial.timer);
      dial.link?.connection.destroy();
    }
    for (const member of members) {
      if (this.#dials.has(member.id)) continue;
      const dial: Dial = {
        member,
        link: undefined,
        opened: false,
        unanswered: 0,
        pinged: { wallMs: 0, monotonicMs: 0 },
        clock: new OffsetSamples(),
        retryMs: RETRY_FIRST_MS,
        timer: undefined,
      };
      this.#dials.set(member.id, dial);
      this.#dial(dial);
    }
  }

  #dial(dial: Dial): void {
    const { host, port } = hostAndPort(dial.member.fabric);
    const connection = new FrameConnection(connect({ host, port, noDelay: true }), {
      onFrame: (frame) => this.#receive(dial, link, frame),
      onClose: (error) => this.#lost(dial, link, error),
    });
    const link: NodeLink = { ref: ++this.#lastRef, name: dial.member.name, connection };
    dial.link = link;
    dial.opened = false;
    dial.unanswered = 0;
    const { datacenter, sender, namespaces } = this.#options;
    const hello = Hello.encode({
      protocol: FABRIC_PROTOCOL,
      datacenter,
      role: "xdr",
      sender,
      clusterId: this.#clusterId,
    }).finish();
    connection.send(MessageType.hello, hello);
    connection.send(MessageType.xdrOpen, XdrOpen.encode({ namespaces: [...namespaces] }).finish());
  }

  /** Also while it is being made: a node that accepts and never answers is no connection. */
  #ping(): void {
    for (const { link, unanswered } of this.#dials.values()) {
      if (unanswered < PINGS_UNANSWERED_MAX) continue;
      link?.connection.destroy(new MeridianError("LINK_DOWN", `no answer to ${unanswered} pings`));
    }
    const { clock, skew } = this.#options;
    const measured = skew?.();
    const ping = XdrPing.encode({ originId: measured?.originId ?? 0, ...measured?.offset }).finish();
    for (const dial of this.#dials.values()) {
      if (dial.link === undefined) continue;
      dial.unanswered++;
      dial.pinged = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
      dial.link.connection.send(MessageType.xdrPing, ping);
    }
  }

  /** A node's clock, read while its answer was on its way. */
  #ponged(dial: Dial, frame: Frame): void {
    const { wall } = XdrPong.decode(frame.meta);
    // A release that tells no time.
    if (wall === 0) return;
    const now = this.#options.clock.monotonicMs();
    const { wallMs: sentAt, monotonicMs } = dial.pinged;
    const returnedAt = sentAt + now - monotonicMs;
    dial.clock.add(offsetOf({ sentAt, receivedAt: wall, repliedAt: wall, returnedAt }), now);
  }

  #receive(dial: Dial, link: NodeLink, frame: Frame): void {
    const { events, log } = this.#options;
    dial.unanswered = 0;
    if (frame.type === MessageType.xdrPong) {
      this.#ponged(dial, frame);
      return;
    }
    if (frame.type === MessageType.refusal) {
      const { code, message } = Refusal.decode(frame.meta);
      log.warn({ node: link.name, code, message }, "a node refused the connection");
      return;
    }
    if (frame.type === MessageType.xdrOpened) {
      dial.opened = true;
      dial.retryMs = RETRY_FIRST_MS;
      events.onOpened(link, XdrOpened.decode(frame.meta).logIds);
      return;
    }
    if (!dial.opened) throw new MeridianError("FRAME_CORRUPT", "a node must answer XdrOpen first");
    if (frame.type === MessageType.tailPrimaries) {
      const { gained, lost } = TailPrimaries.decode(frame.meta);
      events.onPrimaries(link, gained, lost);
      return;
    }
    events.onFrame(link, frame);
  }

  #lost(dial: Dial, link: NodeLink, error: Error | undefined): void {
    const { events, log } = this.#options;
    if (dial.link === link) dial.link = undefined;
    if (dial.opened) {
      dial.opened = false;
      log.info({ node: link.name, reason: error && errorMessage(error) }, "lost a node");
      events.onClosed(link);
    }
    if (this.#closed || this.#dials.get(dial.member.id) !== dial) return;
    dial.timer = setTimeout(() => this.#dial(dial), dial.retryMs);
    dial.retryMs = Math.min(RETRY_MAX_MS, dial.retryMs * 2);
  }
}

function hostAndPort(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(address.slice(colon + 1)) };
}
