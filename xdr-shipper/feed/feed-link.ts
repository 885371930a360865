/**
 * One change feed: the ship core with the feed's stream as its destination. The core follows the
 * partitions over failovers, bounds what is under way and reads again what is lost; here entries become
 * messages, one each, and acknowledgements of the bus become the core's positions.
 *
 * Must hold:
 * - Messages of a partition go out in the log's order, and each says from where it accounts for the log,
 *   so that a reader sees a hole whatever the bus did.
 * - The bus's acknowledgement bounds what is under way and no more: what lets the log be trimmed is
 *   declared consumers' reports, and from their positions the feed publishes again when the bus forgot.
 * - What may be on the bus already is marked.
 */
import { PARTITION_COUNT, SHIP_LANES } from "../../common/limits.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian as tail } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import type { Fate } from "../bus/stream-publisher.ts";
import type { Report, ShipEffect } from "../ship/core/events.ts";
import type { ShipState } from "../ship/core/ship-state.ts";
import { CoreDriver, type Source } from "../ship/core-driver.ts";
import { createShip } from "../ship/ship.ts";
import { type NodeLink, NodeLinks } from "../tail/node-links.ts";
import { encodeSeek } from "../tail/seek.ts";
import { ConsumerPositions, oldest } from "./feed-consumers.ts";
import { FeedPlaces } from "./feed-places.ts";
import { FeedGroups } from "./feed-groups.ts";
import { type FeedCounts, FeedPublisher } from "./feed-publisher.ts";
import { feedReport } from "./feed-report.ts";
import { beginning, lacking, resume } from "./feed-resume.ts";
import type { FeedLinkOptions } from "./feed-link-options.ts";
import { moveConsumer, moveOf } from "./feed-move.ts";
import { FeedNodes } from "./feed-nodes.ts";
import { type FeedRun, FeedSlot } from "./feed-slot.ts";
import { FeedSnapshots } from "./feed-snapshots.ts";
import { FeedStream } from "./feed-stream.ts";
import { type ConsumerReport, FeedDesk, type MoveRequest } from "./feed-desk.ts";

const { TailOpen, TailRuns, TailTrimmed, TailCredit, TailStatus } = tail.tail;

const TICK_MS = 50;
const GROUP_DELAY_MS = 3;
const GROUP_BYTES = 64 * 1024;
/** Acknowledgements that do not come are noticed by themselves. */
const STALL_MS = 60_000;
const TELL_NODES_MS = 500;
/** A consumer that has read all and lacks what was acknowledged so long ago: the bus lost it. */
const DRAINED_MS = 3000;

export class FeedLink {
  readonly options: FeedLinkOptions;
  readonly ship: ShipState;
  readonly #driver: CoreDriver;
  readonly slots: readonly FeedSlot[];
  readonly consumers: readonly ConsumerPositions[];
  readonly #links = new Map<number, NodeLink>();
  readonly #nodes: NodeLinks;
  readonly #memory: FeedNodes;
  readonly #stream: FeedStream;
  readonly #publisher: FeedPublisher;
  readonly #snapshots: FeedSnapshots;
  readonly #desk: FeedDesk;
  readonly #places: FeedPlaces;
  readonly #groups: FeedGroups;
  readonly #timers: NodeJS.Timeout[];
  /** Partitions of which the feed's own position is to be told to the nodes. */
  readonly #moved = new Set<number>();
  /** Lanes that are ours once the nodes have said how far the feed is. */
  #wanted: readonly number[] = [];
  #owned: readonly number[] = [];
  #logId = 0;
  #reports = 0;
  /** When it began, monotonic milliseconds: who reads is heard within seconds. */
  readonly #since: number;

  constructor(options: FeedLinkOptions) {
    this.options = options;
    const { feed, consumers, datacenter, instance, replicas, members, link, log, clock } = options;
    this.#since = clock.monotonicMs();
    this.slots = Array.from({ length: PARTITION_COUNT }, (_, partition) => new FeedSlot(partition));
    this.consumers = consumers.map(({ name, key }) => new ConsumerPositions(name, key));
    this.ship = createShip({
      ...{ publisher: 1, namespaces: 1, lanes: SHIP_LANES, scansMax: 0, stallMs: STALL_MS },
      ...{ messageBytes: GROUP_BYTES, messageDelayMs: GROUP_DELAY_MS, windowBytes: feed["window-bytes"] },
    });
    this.#driver = new CoreDriver(this.ship, clock, (effect, source) => this.#carryOut(effect, source));
    this.#groups = new FeedGroups(SHIP_LANES, {
      onThrough: (channel, number, runs) => this.#through(channel, number, runs),
      onFailed: (channel, number, runs, fate) => this.#failed(channel, number, runs, fate),
    });
    this.#memory = new FeedNodes({
      feed: feed.name,
      consumers: consumers.map(({ key }) => key),
      members,
      now: () => clock.monotonicMs(),
      send: (ref, type, meta) => this.#send(ref, type, meta),
      nodes: () => [...this.#links.keys()],
    });
    this.#stream = new FeedStream({
      link,
      datacenter,
      feed,
      replicas,
      log,
      onState: (open, forgotten) => this.#bus(open, forgotten),
    });
    this.#publisher = new FeedPublisher({ ...options, stream: this.#stream });
    this.#snapshots = new FeedSnapshots({
      now: () => clock.monotonicMs(),
      lanes: () => this.#owned,
      logId: () => this.#logId,
      primary: (partition) => this.ship.slots[partition]?.node ?? -1,
      send: (ref, type, meta) => this.#send(ref, type, meta),
      encode: (place, row) => this.#publisher.standing(place, row),
    });
    this.#places = new FeedPlaces({
      lanes: () => this.#owned,
      logId: () => this.#logId,
      primary: (partition) => this.ship.slots[partition]?.node ?? -1,
      send: (ref, type, meta) => this.#send(ref, type, meta),
    });
    this.#desk = this.#createDesk();
    this.#nodes = new NodeLinks({
      members,
      datacenter,
      sender: instance,
      namespaces: [feed.namespace],
      clock,
      log,
      events: {
        onOpened: (node, logIds) => this.#opened(node, logIds),
        onPrimaries: (node, gained, lost) =>
          this.#driver.take({ kind: "primaries", node: node.ref, gained, lost }),
        onFrame: (node, frame) => this.#frame(node, frame),
        onClosed: (node) => {
          this.#links.delete(node.ref);
          this.#memory.gone(node.ref);
          this.#snapshots.gone(node.ref);
          this.#places.gone(node.ref);
          this.#driver.take({ kind: "node-down", node: node.ref });
        },
      },
    });
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MS),
      setInterval(() => this.#tellNodes(), TELL_NODES_MS),
    ];
  }

  #createDesk(): FeedDesk {
    const { link, datacenter, feed, log } = this.options;
    return new FeedDesk({
      link,
      datacenter,
      feed: feed.name,
      consumers: feed.consumers,
      log,
      onReport: (consumer, report, answer) => this.#reported(consumer, report, answer),
      onMove: (consumer, request, answer) => this.#move(consumer, request, answer),
      onPlaces: (request, answer) => this.#places.ask(request, answer),
      onSnapshot: (request, reply) => this.#snapshots.ask(request, reply),
      onAsk: (name) =>
        this.#owned.length === 0 || this.#logId === 0
          ? undefined
          : beginning(
              this.#logId,
              this.#ownSlots(),
              this.#owned,
              this.consumers.find((one) => one.name === name),
            ),
    });
  }

  /** Lanes go at once and come when the nodes have said how far the feed is in them. */
  setLanes(lanes: readonly number[]): void {
    this.#wanted = lanes;
    this.#own(this.#owned.filter((lane) => lanes.includes(lane)));
    this.#memory.ask();
  }

  get busOpen(): boolean {
    return this.#stream.open;
  }

  get counts(): FeedCounts {
    return this.#publisher.counts;
  }

  get nodeCount(): number {
    return this.#links.size;
  }

  get lanes(): readonly number[] {
    return this.#owned;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#driver.close();
    this.#tellNodes();
    this.#nodes.close();
    this.#memory.close();
    this.#desk.close();
    await this.#stream.close();
  }

  #ownSlots(): FeedSlot[] {
    return this.slots.filter(({ partition }) => this.#owned.includes(partition % SHIP_LANES));
  }

  #own(lanes: readonly number[]): void {
    this.#owned = lanes;
    this.#driver.take({ kind: "lanes", lanes });
  }

  #tick(): void {
    this.#driver.take({ kind: "tick" });
    this.#snapshots.tick();
    this.#takeLanes();
  }

  /** Begins with lanes that are new to this instance: from where the nodes say the feed is. */
  #takeLanes(): void {
    const gained = this.#wanted.filter((lane) => !this.#owned.includes(lane));
    if (gained.length === 0 || !this.#stream.open || this.#logId === 0) return;
    const state = this.#memory.take(this.#logId);
    if (state === undefined) return;
    const partitions = this.slots.filter(({ partition }) => gained.includes(partition % SHIP_LANES));
    const holds = resume(state, { slots: partitions, consumers: this.consumers, stream: this.#stream });
    this.options.log.info({ lanes: gained, resumed: holds }, "the feed takes lanes");
    this.#report(partitions);
    this.#own([...this.#wanted]);
  }

  /** Tells the core how far the feed is. */
  #report(slots: readonly FeedSlot[], progress: Report["progress"] = []): void {
    const report = feedReport(++this.#reports, this.#logId, slots, progress);
    this.#driver.take({ kind: "report", report });
  }

  #opened(link: NodeLink, logIds: readonly number[]): void {
    const { feed } = this.options;
    if (!this.#links.has(link.ref)) {
      this.#links.set(link.ref, link);
      const open = TailOpen.encode({ feed: feed.name }).finish();
      link.connection.send(MessageType.tailOpen, open);
      this.#memory.came(link.ref);
    }
    const logId = logIds[0] ?? 0;
    if (logId !== 0 && logId !== this.#logId) {
      // Another log: nothing that is known is about it.
      this.#logId = logId;
      this.#own([]);
      this.#memory.ask();
    }
    this.#driver.take({ kind: "node-up", node: link.ref, logIds });
  }

  #frame(link: NodeLink, frame: Frame): void {
    const node = link.ref;
    switch (frame.type) {
      case MessageType.tailRuns: {
        const { seek, slots, from, span, counts, bytes } = TailRuns.decode(frame.meta);
        const bornAt = this.options.clock.monotonicMs();
        this.#driver.take({ kind: "runs", node, seek, slots, from, span, counts, bytes, bornAt }, frame.body);
        return;
      }
      case MessageType.tailStatus: {
        const { seek, slots, next, committed, changes } = TailStatus.decode(frame.meta);
        this.#driver.take({ kind: "status", node, seek, slots, next, committed, changes });
        return;
      }
      case MessageType.tailTrimmed: {
        const { slots, firsts } = TailTrimmed.decode(frame.meta);
        this.#trimmed(slots, firsts);
        return;
      }
      default:
        if (this.#memory.receive(node, frame) || this.#snapshots.receive(frame)) return;
        if (this.#places.receive(node, frame)) return;
        throw new Error(`message type ${frame.type} has no place on a feed's tail`);
    }
  }

  /** The log no longer has what comes next: it is said, and the feed goes on with what there is. */
  #trimmed(partitions: readonly number[], firsts: readonly number[]): void {
    const moved: FeedSlot[] = [];
    partitions.forEach((partition, index) => {
      const slot = this.slots[partition];
      const first = firsts[index] ?? 0;
      if (slot === undefined || first <= slot.acked + 1) return;
      // Of a feed that starts it is no loss: nobody had been promised it. It is said for who is moved there.
      const begun = slot.acked > 0 || slot.published > 0;
      this.#publisher.gap(slot, this.#logId, slot.ackedLast + 1, first - 1, begun);
      slot.reset(first - 1, first - 1);
      moved.push(slot);
    });
    if (moved.length > 0) this.#report(moved);
  }

  #carryOut(effect: ShipEffect, source: Source | undefined): void {
    switch (effect.kind) {
      case "pack":
        this.#pack(effect.channels, effect.close, source);
        break;
      case "publish":
        this.#groups.close(effect.channel);
        break;
      case "seek":
        this.#send(effect.node, MessageType.tailSeek, encodeSeek(effect));
        break;
      case "credit":
        this.#send(effect.node, MessageType.tailCredit, TailCredit.encode({ bytes: effect.bytes }).finish());
        break;
      case "shipped":
        effect.slots.forEach((partition, index) => {
          this.#covered(partition, effect.covered[index] ?? 0);
        });
        break;
      default:
        // The feed is its own reporter, and what the log lacks is a declared gap, no scan.
        break;
    }
  }

  #send(ref: number, type: MessageType, meta: Uint8Array): void {
    this.#links.get(ref)?.connection.send(type, meta);
  }

  #pack(channels: readonly number[], close: readonly boolean[], source: Source | undefined): void {
    if (source?.event.kind !== "runs") return;
    const { event, body } = source;
    let offset = 0;
    for (let index = 0; index < channels.length; index++) {
      const bytes = event.bytes[index] ?? 0;
      const channel = channels[index] ?? -1;
      const slot = this.slots[event.slots[index] ?? -1];
      if (channel >= 0 && slot !== undefined) {
        const from = event.from[index] ?? 0;
        const to = from + (event.span[index] ?? 0);
        const entries = body.subarray(offset, offset + bytes);
        const last = this.#publisher.run(slot, this.#logId, { from, to, entries }, () =>
          this.#groups.message(channel),
        );
        this.#groups.add(channel, { slot, to, last, generation: slot.generation });
        if (close[index]) this.#groups.close(channel);
      }
      offset += bytes;
    }
  }

  #through(channel: number, number: number, runs: readonly FeedRun[]): void {
    const now = this.options.clock.monotonicMs();
    const moved = new Set<FeedSlot>();
    for (const run of runs) {
      if (!run.slot.take(run, now)) continue;
      moved.add(run.slot);
      this.#moved.add(run.slot.partition);
    }
    const progress = { namespace: 0, lane: channel, publisher: 1, received: number, finished: number };
    this.#report([...moved], [progress]);
  }

  #failed(channel: number, number: number, runs: readonly FeedRun[], fate: Fate): void {
    this.counts.failedGroups++;
    for (const slot of new Set(runs.map((run) => run.slot))) slot.lose(fate === "refused");
    this.#driver.take({ kind: "lost", channel, number });
  }

  #bus(open: boolean, forgotten: boolean): void {
    if (forgotten) {
      this.#groups.forget();
      for (const slot of this.slots) slot.lose(true);
    }
    this.#driver.take({ kind: "bus", open, forgotten });
    if (!forgotten) return;
    this.options.log.warn("the bus forgot: the feed publishes again");
    const owned = this.#ownSlots();
    for (const slot of owned) {
      const from = oldest(this.consumers, slot.partition);
      slot.reset(from.last, from.covered);
    }
    this.#report(owned);
  }

  /** The core says that nothing of the feed lies up to `covered` but what is acknowledged. */
  #covered(partition: number, covered: number): void {
    const slot = this.slots[partition];
    if (slot === undefined || covered <= slot.covered) return;
    slot.covered = covered;
    this.#moved.add(partition);
  }

  /** Keeps the feed's and the consumers' positions with the nodes. */
  #tellNodes(): void {
    const moved = [...this.#moved];
    this.#moved.clear();
    for (const partition of moved) {
      for (const consumer of this.consumers) this.#coverFor(consumer, partition);
    }
    const own = moved.map((partition) => this.slots[partition] ?? new FeedSlot(partition));
    this.#memory.keep(
      this.#logId,
      moved.length === 0 || !this.#stream.open
        ? undefined
        : {
            partitions: moved,
            lasts: own.map(({ ackedLast }) => ackedLast),
            covered: own.map(({ covered }) => covered),
            stream: this.#stream.identity,
            streamLast: this.#stream.lastSequence,
          },
      this.consumers.filter(({ changed }) => changed.size > 0),
      () => undefined,
    );
  }

  /** Lets a consumer that has all of a partition's changes stand behind what is none. */
  #coverFor(consumer: ConsumerPositions, partition: number): void {
    const slot = this.slots[partition];
    if (slot === undefined || slot.packedTo > slot.acked) return;
    consumer.cover(partition, slot.ackedLast, slot.covered);
  }

  /** A consumer tells what it has consumed, and of which partitions it lacks what follows. */
  #reported(name: string, report: ConsumerReport, answer: (saved: object) => void): void {
    const consumer = this.consumers.find((one) => one.name === name);
    if (consumer === undefined || this.#logId === 0) return;
    if (report.log !== this.#logId && report.log !== 0) {
      answer({
        error: { code: "LOG_CHANGED", message: "the namespace has another log now" },
        log: this.#logId,
      });
      return;
    }
    const lanes = this.#owned;
    if (lanes.length === 0) return;
    if (report.move < moveOf(this.#ownSlots(), consumer)) {
      answer({
        error: { code: "MOVED", message: `the position of ${name} was moved meanwhile: begin again` },
      });
      return;
    }
    consumer.heardAt = this.options.clock.monotonicMs();
    consumer.stream = report.stream;
    consumer.streamLast = report.streamLast;
    consumer.open = report.open;
    for (const [partition, last] of report.positions) {
      if (!lanes.includes(partition % SHIP_LANES)) continue;
      consumer.report(partition, last);
      this.#coverFor(consumer, partition);
    }
    const torn = report.torn.filter((partition) => lanes.includes(partition % SHIP_LANES));
    const before = consumer.heardAt - DRAINED_MS;
    this.#publishAgain(consumer, report.drained ? lacking(this.#ownSlots(), consumer, before) : torn);
    this.#memory.keep(this.#logId, undefined, [consumer], () => answer({ lanes, saved: true }));
  }

  /** Moves a consumer's position in the lanes of this instance; answers once the nodes have it on disk. */
  #move(name: string, request: MoveRequest, answer: (saved: object) => void): void {
    const consumer = this.consumers.find((one) => one.name === name);
    const lanes = this.#owned;
    if (consumer === undefined || this.#logId === 0 || lanes.length === 0) return;
    const refusal = moveConsumer(consumer, request, {
      logId: this.#logId,
      slots: this.#ownSlots(),
      ends: (partition) => this.ship.slots[partition]?.committed ?? 0,
      now: this.options.clock.monotonicMs(),
      since: this.#since,
    });
    if (refusal !== undefined) {
      answer({ error: refusal });
      return;
    }
    this.options.log.warn({ consumer: name, to: request.to, move: request.move }, "a consumer was moved");
    this.#memory.keep(this.#logId, undefined, [consumer], () => answer({ lanes, saved: true }));
  }

  #publishAgain(consumer: ConsumerPositions, partitions: readonly number[]): void {
    const slots = partitions
      .flatMap((partition) => this.slots[partition] ?? [])
      .filter((slot) => {
        const core = this.ship.slots[slot.partition];
        return core?.head === undefined && (consumer.covered[slot.partition] ?? 0) < slot.acked;
      });
    if (slots.length === 0) return;
    this.options.log.warn(
      { consumer: consumer.name, partitions: slots.length },
      "a consumer lacks what the bus had acknowledged: published again",
    );
    const now = this.options.clock.monotonicMs();
    for (const slot of slots) {
      slot.lose(true);
      slot.reset(consumer.last(slot.partition), consumer.covered[slot.partition] ?? 0);
      slot.ackedAt = now;
    }
    this.#report(slots);
  }
}
