/**
 * Applying one origin's changes: bus -> intake -> router -> local primaries, and the reports back.
 * Origins share nothing here. What is held is bounded: above the limit the bus is not read, and the
 * origin's window fills.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "../../common/clock.ts";
import { PARTITION_COUNT, SHIP_LANES } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import { type ShutOut, shutOutOf } from "../../proto/cluster-map.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/apply.js";
import { meridian as bus } from "../../proto/gen/bus.js";
import { MessageType } from "../../proto/message-types.ts";
import type { BusConsumer, BusConsumerEvents } from "../bus/bus.ts";
import type { MemberWatch } from "../tail/member-watch.ts";
import { type Offset, OffsetSamples, offsetOf, skewBetween, type Spread } from "../clock/skew.ts";
import { type NodeLink, NodeLinks } from "../tail/node-links.ts";
import { Intake } from "./intake.ts";
import { PositionBook } from "./position-book.ts";
import { Reporter } from "./reporter.ts";
import { Router } from "./router.ts";

const { PositionsAsk, Positions } = meridian.apply;
const { PositionAsk } = bus.bus;

const PENDING_BYTES_MAX = 32 * 1024 * 1024;
const RETRY_TICK_MS = 50;

export interface ApplyLinkOptions {
  readonly datacenter: string;
  readonly sourceId: number;
  readonly origin: string;
  readonly originId: number;
  readonly namespaces: readonly string[];
  readonly instance: string;
  readonly members: Pick<MemberWatch, "listen" | "map">;
  readonly openBus: (events: BusConsumerEvents) => BusConsumer;
  readonly summary?: () => Uint8Array | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

export class ApplyLink {
  readonly options: ApplyLinkOptions;
  readonly intake: Intake;
  readonly router: Router;
  readonly #book = new PositionBook();
  readonly #nodes: NodeLinks;
  readonly #bus: BusConsumer;
  readonly #reporter: Reporter;
  readonly #timer: NodeJS.Timeout;
  /** Identity of this process and link, below 2^48. */
  readonly #id = randomBytes(6).readUIntLE(0, 6);
  /** The origin's shipper's clock beside this process's, and its nodes' beside its own. */
  readonly #between = new OffsetSamples();
  #theirs: Spread | undefined;
  /** Of this datacenter's namespaces, as its nodes tell. */
  #logIds: readonly number[];
  receivedMessages = 0;
  receivedBytes = 0;

  constructor(options: ApplyLinkOptions) {
    this.options = options;
    const { namespaces, originId, sourceId, clock, log } = options;
    const now = () => clock.monotonicMs();
    this.#logIds = namespaces.map(() => 0);
    this.router = new Router(originId, namespaces.length, this.#book, now);
    this.intake = new Intake({
      originId,
      destinationId: sourceId,
      namespaces,
      onMessage: (message) => this.router.route(message),
      log,
    });
    this.router.attach(this.intake);
    this.#bus = options.openBus({
      onDelivery: (delivery) => {
        this.receivedMessages++;
        this.receivedBytes += delivery.bytes.length;
        this.intake.take(delivery, now());
        if (this.intake.pendingBytes > PENDING_BYTES_MAX) this.#bus.setPaused(true);
      },
      onAsk: (message) => this.#asked(message),
      onConnected: (connected) => {
        // The first call may come before the reporter is made; it starts with a full report.
        if (connected) this.#started?.wantFull();
      },
    });
    this.#reporter = new Reporter({
      reporter: this.#id,
      namespaces,
      logIds: () => this.#logIds,
      lanes: SHIP_LANES,
      shutOut: () => this.shutOut,
      intake: this.intake,
      book: this.#book,
      connected: () => this.#bus.connected,
      send: (message) => this.#bus.report(message),
      askNodes: (request) => this.#askNodes(request),
      summary: options.summary,
      now,
      wallMs: () => clock.wallMs(),
    });
    this.#started = this.#reporter;
    this.#nodes = this.#linkNodes();
    this.#timer = setInterval(() => {
      this.router.retry();
      if (this.intake.pendingBytes < PENDING_BYTES_MAX / 2) this.#bus.setPaused(false);
    }, RETRY_TICK_MS);
  }
  #started: Reporter | undefined;

  /**
   * How far the clocks of the origin's nodes are ahead of this datacenter's; undefined: it was not measured
   * lately.
   */
  skew(): Offset | undefined {
    const between = this.#between.best(this.options.clock.monotonicMs());
    const ours = this.#nodes.clocks();
    if (between === undefined || ours === undefined || this.#theirs === undefined) return undefined;
    return skewBetween(this.#theirs, between, ours);
  }

  /** The origin asks for a full report, or tells its clocks. */
  #asked(message: Uint8Array): void {
    const { clock: echo } = PositionAsk.decode(message);
    if (echo === null || echo === undefined) {
      this.#reporter.wantFull();
      return;
    }
    if (echo.reporter !== this.#id) return;
    const { clock } = this.options;
    const trip = {
      sentAt: echo.sentAt ?? 0,
      receivedAt: echo.receivedAt ?? 0,
      repliedAt: echo.repliedAt ?? 0,
      returnedAt: clock.wallMs(),
    };
    this.#between.add(offsetOf(trip), clock.monotonicMs());
    const { nodesLeast, nodesMost, nodesError } = echo;
    this.#theirs = { least: nodesLeast ?? 0, most: nodesMost ?? 0, error: nodesError ?? 0 };
  }

  setLanes(lanes: readonly number[]): void {
    this.#reporter.setLanes(lanes);
    this.#bus.setLanes(lanes);
  }

  get connected(): boolean {
    return this.#bus.connected;
  }

  /** The origin was declared lost: none of its changes is applied here. */
  get shutOut(): ShutOut | undefined {
    const { map } = this.options.members;
    return map && shutOutOf(map.shutOuts, this.options.originId);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#reporter.close();
    await this.#bus.close();
    this.#nodes.close();
  }

  #linkNodes(): NodeLinks {
    const { members, datacenter, instance, namespaces, originId, clock, log } = this.options;
    return new NodeLinks({
      members,
      datacenter,
      sender: instance,
      namespaces,
      clock,
      skew: () => {
        const offset = this.skew();
        return offset === undefined ? undefined : { originId, offset };
      },
      log,
      events: {
        onOpened: (link, logIds) => {
          this.#logIds = this.#logIds.map((known, index) => logIds[index] || known);
          this.router.nodeOpened(link);
          this.#reporter.wantFull();
        },
        onPrimaries: (link, gained, lost) => {
          this.router.primaries(link, gained, lost);
          if (gained.length > 0) this.#reporter.wantFull();
        },
        onFrame: (link, frame) => this.#frame(link, frame),
        onClosed: (link) => this.router.nodeClosed(link),
      },
    });
  }

  #frame(link: NodeLink, frame: Frame): void {
    if (frame.type === MessageType.applyReply) {
      this.router.reply(link, frame);
    } else if (frame.type === MessageType.positions) {
      this.#positions(frame);
    } else {
      throw new Error(`message type ${frame.type} has no place on an apply connection`);
    }
  }

  #askNodes(request: number): number {
    const ask = PositionsAsk.encode({ request, originId: this.options.originId }).finish();
    let asked = 0;
    for (const link of this.#nodes.ready()) {
      link.connection.send(MessageType.positionsAsk, ask);
      asked++;
    }
    return asked;
  }

  /** Replaces what is known of the slots a node is primary of. */
  #positions(frame: Frame): void {
    const { request, slots, logIds, positions } = Positions.decode(frame.meta);
    for (const slot of slots) this.#book.clear(Math.floor(slot / PARTITION_COUNT), slot % PARTITION_COUNT);
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] ?? 0;
      const namespace = Math.floor(slot / PARTITION_COUNT);
      this.#book.set(namespace, slot % PARTITION_COUNT, logIds[index] ?? 0, positions[index] ?? 0);
    }
    this.#reporter.answered(request);
  }
}
