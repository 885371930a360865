/**
 * One shipper's connection: dispatches its messages to the tail, the scans and the applies, and
 * tells the shipper which slots this node is primary of. A message out of place breaks the
 * connection.
 */
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import { type Slot, slotNamespaceId } from "../../proto/cluster-map.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import { isFeedable, isForwardable } from "../change-log/change-tail.ts";
import { ApplyServer } from "./apply-server.ts";
import { FeedPlaceServer } from "./feed-place-server.ts";
import { ScanServer } from "./scan-server.ts";
import { ShipGate } from "./ship-gate.ts";
import { TailServer } from "./tail-server.ts";
import { WireSlots } from "./wire-slots.ts";
import type { XdrServer } from "./xdr-server.ts";

const {
  XdrPing,
  XdrPong,
  XdrOpen,
  XdrOpened,
  TailPrimaries,
  TailOpen,
  TailCredit,
  Shipped,
  FeedPositions,
  FeedSaved,
  FeedAsk,
  FeedState,
} = meridian.tail;

const RESTORED =
  "a destination has applied more than this log ever held: this datacenter was put back to an old copy, and " +
  "what it writes in such partitions is not shipped until the log is as long as it was";

interface Opened {
  readonly slots: WireSlots;
  readonly apply: ApplyServer;
  readonly scans: ScanServer;
  readonly places: FeedPlaceServer;
  /** Local slots the shipper was told this node is primary of. */
  readonly told: Set<Slot>;
}

export class XdrSession {
  readonly #server: XdrServer;
  readonly #connection: FrameConnection;
  readonly #log: Logger;
  #opened: Opened | undefined;
  #tail: TailServer | undefined;
  #gate: ShipGate | undefined;
  #unfollowSettings: (() => void) | undefined;
  #toldLogIds = "";
  /** Slots whose log ends before what the destination has applied. */
  readonly #behind = new Set<Slot>();

  constructor(server: XdrServer, connection: FrameConnection, log: Logger) {
    this.#server = server;
    this.#connection = connection;
    this.#log = log;
  }

  receive(frame: Frame): void {
    if (frame.type === MessageType.xdrOpen) {
      this.#open(frame);
      return;
    }
    if (frame.type === MessageType.xdrPing) {
      this.#pinged(frame);
      return;
    }
    const opened = this.#opened;
    if (opened === undefined) throw new MeridianError("FRAME_CORRUPT", "a shipper must open with XdrOpen");
    switch (frame.type) {
      case MessageType.applyRuns:
        opened.apply.runs(frame);
        return;
      case MessageType.applyScanChunk:
        opened.apply.scanChunk(frame);
        return;
      case MessageType.positionsAsk:
        opened.apply.positions(frame);
        return;
      case MessageType.tailOpen:
        this.#openTail(frame, opened);
        return;
      case MessageType.shipped:
        this.#shipped(frame, opened);
        return;
      case MessageType.feedPositions:
        this.#noteFeed(frame);
        return;
      case MessageType.feedAsk:
        this.#tellFeed(frame, opened);
        return;
      case MessageType.feedPlacesAsk:
        opened.places.ask(frame.meta);
        return;
      case MessageType.scanPull:
        opened.scans.pull(frame.meta);
        return;
      case MessageType.scanDrop:
        opened.scans.drop(frame.meta);
        return;
      case MessageType.tailSeek:
        this.#requireTail().seek(frame.meta);
        return;
      case MessageType.tailCredit:
        this.#requireTail().credit(TailCredit.decode(frame.meta).bytes);
        return;
      default:
        throw new MeridianError("FRAME_CORRUPT", `message type ${frame.type} has no place here`);
    }
  }

  #pinged(frame: Frame): void {
    const { clock, skews } = this.#server.options;
    const { originId, ahead, error } = XdrPing.decode(frame.meta);
    if (originId !== 0) skews.note(originId, { ahead, error });
    this.#connection.send(MessageType.xdrPong, XdrPong.encode({ wall: clock.wallMs() }).finish());
  }

  drained(): void {
    this.#tail?.drained();
  }

  /** Tells the shipper what changed of the slots it knows. */
  primaryChanged(slots: Iterable<Slot>): void {
    const opened = this.#opened;
    if (opened === undefined) return;
    this.#tellLogIds(opened);
    const gained: number[] = [];
    const lost: number[] = [];
    for (const slot of slots) {
      const wireSlot = opened.slots.wire(slot);
      if (wireSlot < 0) continue;
      const primary = this.#server.options.remoteApply.isPrimary(slot);
      if (primary === opened.told.has(slot)) continue;
      if (primary) {
        opened.told.add(slot);
        gained.push(wireSlot);
      } else {
        opened.told.delete(slot);
        lost.push(wireSlot);
      }
    }
    if (gained.length === 0 && lost.length === 0) return;
    this.#connection.send(MessageType.tailPrimaries, TailPrimaries.encode({ gained, lost }).finish());
  }

  /** Closes the connection from this side (the node stops). */
  end(): void {
    this.#connection.end();
  }

  /** Frees everything once the connection is closed. */
  close(): void {
    this.#unfollowSettings?.();
    this.#tail?.close();
    this.#opened?.scans.close();
    this.#opened = undefined;
  }

  #open(frame: Frame): void {
    if (this.#opened !== undefined) throw new MeridianError("FRAME_CORRUPT", "XdrOpen came twice");
    const { remoteApply, storage, namespaces, localSourceId, held } = this.#server.options;
    const slots = new WireSlots(XdrOpen.decode(frame.meta).namespaces, namespaces());
    const shared = { connection: this.#connection, slots, remoteApply, metrics: this.#server.metrics };
    this.#opened = {
      slots,
      apply: new ApplyServer({ ...shared, localSourceId }),
      places: new FeedPlaceServer({
        ...{ connection: this.#connection, slots, remoteApply, storage, namespaces },
        onError: (error) => {
          this.#log.error({ err: error }, "the change log cannot be looked through for a feed's reader");
          this.#connection.destroy(error instanceof Error ? error : undefined);
        },
      }),
      scans: new ScanServer({ ...shared, storage, held, gate: () => this.#gate }),
      told: new Set(),
    };
    this.primaryChanged(slots.both());
  }

  #openTail(frame: Frame, opened: Opened): void {
    if (this.#tail !== undefined) throw new MeridianError("FRAME_CORRUPT", "TailOpen came twice");
    const { destinationId, destination, feed } = TailOpen.decode(frame.meta);
    const { remoteApply, openTail, namespaces, held } = this.#server.options;
    const gate = feed === "" ? this.#openGate(destinationId, destination) : undefined;
    this.#gate = gate;
    this.#tail = new TailServer({
      connection: this.#connection,
      slots: opened.slots,
      destinationId,
      wanted: feed === "" ? isForwardable : isFeedable,
      remoteApply,
      openTail,
      namespaces,
      held,
      gate,
      memory: this.#server.memory,
      metrics: this.#server.metrics,
      onError: (error) => {
        this.#log.error({ err: error, destination, feed }, "the change log cannot be tailed");
        this.#connection.destroy(error);
      },
    });
  }

  #openGate(destinationId: number, destination: string): ShipGate {
    const { clock, settings } = this.#server.options;
    const { filtered } = this.#server.metrics;
    const gate = new ShipGate({
      destinationId,
      wallMs: () => clock.wallMs(),
      monotonicMs: () => clock.monotonicMs(),
      settings: settings.ship(destinationId),
      onFiltered: (changes) => filtered.inc({ dc: destination }, changes),
    });
    this.#unfollowSettings = settings.onChange(() => {
      gate.configure(settings.ship(destinationId));
      this.#tail?.settingsChanged();
    });
    return gate;
  }

  #noteFeed(frame: Frame): void {
    const { request, feed, positions } = FeedPositions.decode(frame.meta);
    this.#server.feeds.note(feed, positions, () => {
      this.#connection.send(MessageType.feedSaved, FeedSaved.encode({ request }).finish());
    });
  }

  #tellFeed(frame: Frame, { slots }: Opened): void {
    const { request, feed, consumers } = FeedAsk.decode(frame.meta);
    const { remoteApply } = this.#server.options;
    const ends = Array.from({ length: PARTITION_COUNT }, (_, partition) => {
      const slot = slots.local(partition);
      return slot < 0 ? 0 : remoteApply.lastSequence(slot);
    });
    const state = { request, positions: this.#server.feeds.state(feed, consumers), ends };
    this.#connection.send(MessageType.feedState, FeedState.encode(state).finish());
  }

  #shipped(frame: Frame, opened: Opened): void {
    const { destinationId, slots, bases, covered, logIds } = Shipped.decode(frame.meta);
    const served = this.#server.options.namespaces();
    for (let index = 0; index < slots.length; index++) {
      const wireSlot = slots[index] ?? -1;
      const slot = opened.slots.local(wireSlot);
      if (slot < 0) continue;
      const logId = served[slotNamespaceId(slot)]?.logId ?? 0;
      // A shipper that still speaks of an older log must not let this one be trimmed.
      if (logId === 0 || logIds[slotNamespaceId(wireSlot)] !== logId) continue;
      const sequence = covered[index] ?? 0;
      if (!Number.isSafeInteger(sequence)) throw new MeridianError("FRAME_CORRUPT", "no sequence");
      const base = bases[index] ?? 0;
      if (this.#isBehind(slot, base)) continue;
      this.#server.memory.note(destinationId, slot, { logId, base, covered: sequence });
      this.#server.options.remoteApply.noteShipped(destinationId, slot, sequence);
    }
  }

  /**
   * Whether a destination has applied more of a log than there ever was of it: what is shipped is committed,
   * and never lost, so all of this datacenter was put back to an old copy. Its new changes get sequences
   * that the destination takes for applied: it must be said, and nothing may be trimmed by it.
   */
  #isBehind(slot: Slot, base: number): boolean {
    const { remoteApply } = this.#server.options;
    const committed = remoteApply.committedSequence(slot);
    if (!remoteApply.isPrimary(slot) || base <= committed) return false;
    if (this.#behind.has(slot)) return true;
    if (this.#behind.size === 0) {
      this.#log.error({ slot, applied: base, committed }, RESTORED);
    }
    this.#behind.add(slot);
    this.#server.metrics.logsBehind.inc();
    return true;
  }

  /** Log ids go first: what follows is about these logs. */
  #tellLogIds(opened: Opened): void {
    const served = this.#server.options.namespaces();
    const logIds = opened.slots.names.map(
      (name) => served.find((namespace) => namespace.name === name)?.logId ?? 0,
    );
    const key = logIds.join();
    if (key === this.#toldLogIds) return;
    this.#toldLogIds = key;
    this.#connection.send(MessageType.xdrOpened, XdrOpened.encode({ logIds }).finish());
  }

  #requireTail(): TailServer {
    if (this.#tail === undefined) throw new MeridianError("FRAME_CORRUPT", "TailOpen must come first");
    return this.#tail;
  }
}
