/**
 * The shell of the ship core for one destination: node connections, packers, the bus and the clock.
 * Carries effects out in order and feeds back what happens. Destinations share nothing here, so one
 * that is slow or gone stalls no other.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Clock } from "../../common/clock.ts";
import { BUS_MESSAGE_BYTES, PARTITION_COUNT, SHIP_LANES } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import type { ShipSettings } from "../../common/xdr/xdr-settings.ts";
import type { LossDeclaration } from "../../proto/cluster-map.ts";
import { ENTRY_HEADER_BYTES } from "../../proto/entry.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian as bus } from "../../proto/gen/bus.js";
import { meridian as tail } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import type { BusPublisher, BusPublisherEvents } from "../bus/bus.ts";
import type { Compression } from "../pack/envelope.ts";
import { Packer } from "../pack/packer.ts";
import type { MemberWatch } from "../tail/member-watch.ts";
import { type NodeLink, NodeLinks } from "../tail/node-links.ts";
import { encodeSeek } from "../tail/seek.ts";
import type { Report, RunsEvent, ShipEffect } from "./core/events.ts";
import type { ShipState } from "./core/ship-state.ts";
import { CoreDriver, type Source } from "./core-driver.ts";
import { createShip } from "./ship.ts";

const { PositionReport, PositionAsk } = bus.bus;
const { TailOpen, TailRuns, TailTrimmed, TailCredit, TailStatus, Shipped, ScanPull, ScanDrop, ScanChunk } =
  tail.tail;

const TICK_MS = 50;
const MESSAGE_DELAY_MS = 3;
const SCANS_MAX = 16;
const STALL_MS = 2000;

/** Nodes that hold changes back say so five times as often. */
const THROTTLED_MS = 1000;
/** A reporter's clock is answered once in this time. */
const ECHO_MS = 1000;
/** Reporters that are remembered: instances come and go. */
const ECHOED_MAX = 64;

export interface ShipLinkOptions {
  readonly datacenter: string;
  readonly sourceId: number;
  readonly destination: string;
  readonly destinationId: number;
  readonly namespaces: readonly string[];
  readonly instance: string;
  /** Identity of this process on the bus, below 2^48. */
  readonly publisher: number;
  readonly windowBytes: number;
  /** What holds for each of the namespaces now. */
  readonly settings: () => readonly ShipSettings[];
  readonly members: Pick<MemberWatch, "listen">;
  readonly openBus: (events: BusPublisherEvents) => BusPublisher;
  /** The destination says, with each report, that this datacenter was declared lost. */
  readonly onShutOut: (declaration: LossDeclaration) => void;
  /** What a shipper of the destination tells of what it sees. */
  readonly onSummary?: (summary: Uint8Array) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

export class ShipLink {
  readonly options: ShipLinkOptions;
  readonly ship: ShipState;
  readonly #driver: CoreDriver;
  readonly #packers: readonly Packer[];
  readonly #nodes: NodeLinks;
  readonly #bus: BusPublisher;
  readonly #links = new Map<number, NodeLink>();
  readonly #timer: NodeJS.Timeout;
  publishedMessages = 0;
  publishedBytes = 0;
  lostMessages = 0;
  badReports = 0;
  /** Those that the core knows. */
  #settings: readonly ShipSettings[] | undefined;
  /** The last declaration that was heard of. */
  #declaration: LossDeclaration | undefined;
  /** By namespace: when a node has said last that changes wait for the pace that is set. */
  readonly #throttledAt = new Map<number, number>();
  /** By reporter: when its clock was answered last. */
  readonly #echoed = new Map<number, number>();

  constructor(options: ShipLinkOptions) {
    this.options = options;
    const { namespaces, publisher, sourceId, destinationId, settings, windowBytes, log } = options;
    this.ship = createShip({
      publisher,
      namespaces: namespaces.length,
      lanes: SHIP_LANES,
      windowBytes,
      messageBytes: BUS_MESSAGE_BYTES,
      messageDelayMs: MESSAGE_DELAY_MS,
      scansMax: SCANS_MAX,
      stallMs: STALL_MS,
    });
    this.#driver = new CoreDriver(this.ship, options.clock, (effect, source) =>
      this.#carryOut(effect, source),
    );
    this.#packers = namespaces.flatMap((namespace, index) => {
      const compression = (): Compression | undefined => compressionOf(settings()[index]);
      const shared = { originId: sourceId, destinationId, publisher, namespace, compression };
      return Array.from({ length: SHIP_LANES }, (_, lane) => new Packer({ ...shared, lane }));
    });
    this.#bus = options.openBus({
      onState: (open, forgotten) => this.#driver.take({ kind: "bus", open, forgotten }),
      onReport: (message) => this.#heard(message),
    });
    this.#nodes = new NodeLinks({
      members: options.members,
      datacenter: options.datacenter,
      sender: options.instance,
      namespaces,
      clock: options.clock,
      log,
      events: {
        onOpened: (link, logIds) => this.#opened(link, logIds),
        onPrimaries: (link, gained, lost) =>
          this.#driver.take({ kind: "primaries", node: link.ref, gained, lost }),
        onFrame: (link, frame) => this.#frame(link, frame),
        onClosed: (link) => {
          this.#links.delete(link.ref);
          this.#driver.take({ kind: "node-down", node: link.ref });
        },
      },
    });
    this.#timer = setInterval(() => {
      this.#takeModes();
      this.#driver.take({ kind: "tick" });
    }, TICK_MS);
  }

  /** Settings are looked at, since whoever orders them tells nobody. */
  #takeModes(): void {
    const settings = this.options.settings();
    if (settings === this.#settings || settings.length === 0) return;
    this.#settings = settings;
    this.#driver.take({ kind: "modes", modes: settings });
  }

  setLanes(lanes: readonly number[]): void {
    this.#driver.take({ kind: "lanes", lanes });
  }

  get busOpen(): boolean {
    return this.#bus.open;
  }

  /** Set while the destination shuts this datacenter out. */
  get shutOut(): LossDeclaration | undefined {
    return this.ship.shutOut ? this.#declaration : undefined;
  }

  /** What the settings do to a namespace's changes now. */
  held(namespace: number): "paused" | "throttled" | null {
    if (this.options.settings()[namespace]?.["max-throughput"] === 0) return "paused";
    const at = this.#throttledAt.get(namespace) ?? Number.NEGATIVE_INFINITY;
    return this.options.clock.monotonicMs() - at < THROTTLED_MS ? "throttled" : null;
  }

  get nodeCount(): number {
    return this.#links.size;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#driver.close();
    this.#nodes.close();
    await this.#bus.close();
  }

  #opened(link: NodeLink, logIds: readonly number[]): void {
    // Nodes are known by the map, as settings are: none is asked for what is not shipped.
    this.#takeModes();
    if (!this.#links.has(link.ref)) {
      this.#links.set(link.ref, link);
      const { destination, destinationId } = this.options;
      link.connection.send(MessageType.tailOpen, TailOpen.encode({ destination, destinationId }).finish());
    }
    this.#driver.take({ kind: "node-up", node: link.ref, logIds });
  }

  #frame(link: NodeLink, frame: Frame): void {
    const node = link.ref;
    switch (frame.type) {
      case MessageType.tailRuns: {
        const runs = TailRuns.decode(frame.meta);
        const event: RunsEvent = {
          kind: "runs",
          node,
          seek: runs.seek,
          slots: runs.slots,
          from: runs.from,
          span: runs.span,
          counts: runs.counts,
          bytes: runs.bytes,
          bornAt: this.#bornAt(frame.body),
        };
        this.#driver.take(event, frame.body);
        return;
      }
      case MessageType.tailStatus: {
        const { seek, slots, next, committed, changes, throttled } = TailStatus.decode(frame.meta);
        for (const namespace of throttled) this.#throttledAt.set(namespace, this.options.clock.monotonicMs());
        this.#driver.take({ kind: "status", node, seek, slots, next, committed, changes });
        return;
      }
      case MessageType.tailTrimmed: {
        const { seek, slots } = TailTrimmed.decode(frame.meta);
        this.#driver.take({ kind: "trimmed", node, seek, slots });
        return;
      }
      case MessageType.scanChunk: {
        const { scan, slot, chunk, last, to, records, changes, error } = ScanChunk.decode(frame.meta);
        if (error !== "") {
          this.options.log.warn({ node: link.name, slot, reason: error }, "a recovery scan failed");
          this.#driver.take({ kind: "scan-failed", node, scan, slot });
          return;
        }
        const bytes = frame.body.length;
        const view = { last, to, records, changes, bytes };
        this.#driver.take({ kind: "scan-chunk", node, scan, slot, chunk, ...view }, frame.body);
        return;
      }
      default:
        throw new Error(`message type ${frame.type} has no place on a tail`);
    }
  }

  /** When the first entry was committed: by its LUT, unless that lies in the future. */
  #bornAt(body: Buffer): number {
    const now = this.options.clock.monotonicMs();
    if (body.length < ENTRY_HEADER_BYTES) return now;
    const lut = ENTRY_HEADER_BYTES + body.readUInt16LE(26) + 12;
    if (lut + 8 > body.length) return now;
    const committedMs = body.readUIntLE(lut + 2, 6);
    return now - Math.max(0, this.options.clock.wallMs() - committedMs);
  }

  /** A message that is no report is counted and passed over: anybody may publish on a subject. */
  #heard(message: Uint8Array): void {
    const receivedAt = this.options.clock.wallMs();
    let report: Report;
    try {
      const wire = PositionReport.decode(message);
      report = this.#viewReport(wire);
      this.#echoClock(wire, receivedAt);
      if (wire.summary.length > 0) this.options.onSummary?.(wire.summary);
    } catch (error) {
      this.badReports++;
      this.options.log.warn({ reason: errorMessage(error) }, "a position report cannot be read");
      return;
    }
    this.#driver.take({ kind: "report", report });
    if (report.shutOut && this.#declaration !== undefined) this.options.onShutOut(this.#declaration);
  }

  /** Tells the destination our clocks, now and then: with its own time it measures how far they differ. */
  #echoClock({ reporter, sentAt }: bus.bus.PositionReport, receivedAt: number): void {
    const { clock, publisher } = this.options;
    const now = clock.monotonicMs();
    const nodes = this.#nodes.clocks();
    // A release that tells no time.
    if (sentAt === 0 || nodes === undefined || now - (this.#echoed.get(reporter) ?? -ECHO_MS) < ECHO_MS)
      return;
    if (this.#echoed.size >= ECHOED_MAX) this.#echoed.clear();
    this.#echoed.set(reporter, now);
    const { least: nodesLeast, most: nodesMost, error: nodesError } = nodes;
    const times = { reporter, sentAt, receivedAt, repliedAt: clock.wallMs() };
    const echo = { ...times, nodesLeast, nodesMost, nodesError };
    this.#bus.ask(PositionAsk.encode({ asker: publisher, clock: echo }).finish());
  }

  #viewReport(wire: bus.bus.PositionReport): Report {
    const { shutOutId, shutOutSinceMs } = wire;
    if (!Number.isSafeInteger(shutOutId) || !Number.isSafeInteger(shutOutSinceMs)) {
      throw new MeridianError("FRAME_CORRUPT", "no declaration");
    }
    if (shutOutId !== 0) {
      this.#declaration = { id: shutOutId, sinceMs: shutOutSinceMs, by: this.options.destinationId };
    }
    const indexOf = (name: string) => this.options.namespaces.indexOf(name);
    return {
      reporter: wire.reporter,
      number: wire.number,
      lanes: wire.lanes,
      sections: wire.sections.map((section) => ({
        namespace: indexOf(section.namespace ?? ""),
        logId: section.logId ?? 0,
        partitions: section.partitions ?? [],
        positions: section.positions ?? [],
      })),
      progress: wire.progress.map((progress) => ({
        namespace: indexOf(progress.namespace ?? ""),
        lane: progress.lane ?? 0,
        publisher: progress.publisher ?? 0,
        received: progress.received ?? 0,
        finished: progress.finished ?? 0,
      })),
      busyLanes: wire.busyLanes,
      fullPart: wire.fullPart,
      fullParts: wire.fullParts,
      served: this.options.namespaces.map((name) => wire.namespaces.includes(name)),
      servedLogIds: this.options.namespaces.map((name) => wire.logIds[wire.namespaces.indexOf(name)] ?? 0),
      shutOut: shutOutId !== 0,
    };
  }

  #carryOut(effect: ShipEffect, source: Source | undefined): void {
    switch (effect.kind) {
      case "pack":
        this.#pack(effect.channels, effect.close, source);
        break;
      case "pack-chunk":
        this.#packChunk(effect.channel, effect.close, source);
        break;
      case "publish":
        this.#publish(effect.channel);
        break;
      case "seek":
        this.#send(effect.node, MessageType.tailSeek, encodeSeek(effect));
        break;
      case "credit":
        this.#send(effect.node, MessageType.tailCredit, TailCredit.encode({ bytes: effect.bytes }).finish());
        break;
      case "scan": {
        const { scan, slot, chunk, rewind, base } = effect;
        const pull = { scan, slot, chunk, mark: rewind >= 0, since: Math.max(0, rewind), base };
        this.#send(effect.node, MessageType.scanPull, ScanPull.encode(pull).finish());
        break;
      }
      case "scan-drop":
        this.#send(effect.node, MessageType.scanDrop, ScanDrop.encode({ scan: effect.scan }).finish());
        break;
      case "shipped":
        this.#tellShipped(effect);
        break;
      case "ask":
        this.#bus.ask(PositionAsk.encode({ asker: this.options.publisher }).finish());
        break;
    }
  }

  #send(ref: number, type: MessageType, meta: Uint8Array): void {
    this.#links.get(ref)?.connection.send(type, meta);
  }

  /** Every node, since replicas trim, too. */
  #tellShipped(effect: Extract<ShipEffect, { kind: "shipped" }>): void {
    const shipped = Shipped.encode({
      destinationId: this.options.destinationId,
      slots: [...effect.slots],
      bases: [...effect.bases],
      covered: [...effect.covered],
      logIds: [...this.ship.logIds],
    }).finish();
    for (const link of this.#links.values()) link.connection.send(MessageType.shipped, shipped);
  }

  #pack(channels: readonly number[], close: readonly boolean[], source: Source | undefined): void {
    if (source?.event.kind !== "runs") return;
    const { event, body } = source;
    let offset = 0;
    for (let index = 0; index < channels.length; index++) {
      const bytes = event.bytes[index] ?? 0;
      const channel = channels[index] ?? -1;
      if (channel >= 0) {
        const partition = (event.slots[index] ?? 0) % PARTITION_COUNT;
        const from = event.from[index] ?? 0;
        const span = event.span[index] ?? 0;
        const count = event.counts[index] ?? 0;
        this.#packers[channel]?.addRun(partition, from, span, count, body, offset, bytes);
        if (close[index]) this.#publish(channel);
      }
      offset += bytes;
    }
  }

  #packChunk(channel: number, close: boolean, source: Source | undefined): void {
    if (source?.event.kind !== "scan-chunk") return;
    const { event, body } = source;
    const { slot, scan, chunk, last, to, records, changes } = event;
    const partition = slot % PARTITION_COUNT;
    const of = this.ship.slots[slot];
    // A scan of some records is of no use to a destination that has started from nothing meanwhile.
    const base = of !== undefined && of.scanRewind > 0 ? of.scanApplied : 0;
    this.#packers[channel]?.addChunk({ partition, scan, chunk, last, to, records, changes, base }, body);
    if (close) this.#publish(channel);
  }

  #publish(channel: number): void {
    const packer = this.#packers[channel];
    if (packer === undefined) return;
    const namespaceId = Math.floor(channel / SHIP_LANES);
    const number = packer.number;
    let told = false;
    const lost = () => {
      if (told) return;
      told = true;
      this.lostMessages++;
      this.#driver.take({ kind: "lost", channel, number });
    };
    const namespace = this.options.namespaces[namespaceId] ?? "";
    const messages = packer.finish(this.ship.logIds[namespaceId] ?? 0, this.#bus.messageBytesMax);
    for (const message of messages) {
      this.publishedMessages++;
      this.publishedBytes += message.length;
      this.#bus.publish(namespace, channel % SHIP_LANES, message, lost);
    }
  }
}

function compressionOf(settings: ShipSettings | undefined): Compression | undefined {
  if (settings?.["enable-compression"] !== true) return undefined;
  return { level: settings["compression-level"], threshold: settings["compression-threshold"] };
}
