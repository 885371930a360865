/**
 * The bus in memory, with the faults that the real one may show: messages lost, repeated,
 * reordered, damaged and forgotten, reports lost, links cut. Without faults it keeps to
 * xdr-shipper/bus/bus.ts as JetStream does (test/conformance/register-bus-tests.ts runs on both).
 */
import type {
  BusConsumer,
  BusConsumerEvents,
  BusPublisher,
  BusPublisherEvents,
} from "../../xdr-shipper/bus/bus.ts";

export interface BusFaults {
  /** Chances in percent, per message. */
  readonly lose: number;
  readonly repeat: number;
  readonly reorder: number;
  readonly damage: number;
  readonly loseReport: number;
}

export const NO_BUS_FAULTS: BusFaults = { lose: 0, repeat: 0, reorder: 0, damage: 0, loseReport: 0 };

interface Stored {
  readonly namespace: string;
  readonly lane: number;
  readonly bytes: Uint8Array;
}

const MESSAGE_BYTES_MAX = 900 * 1024;
/** What a consumer takes in one turn before others get theirs. */
const TURN = 16;

/** One stream, from one origin to one destination. */
export class BusModel {
  faults: BusFaults = NO_BUS_FAULTS;
  delivered = 0;
  readonly #random: (below: number) => number;
  readonly #streamMax: number;
  #stored: Stored[] = [];
  /** Sequence of the first stored message. */
  #first = 0;
  /** Highest sequence up to which a lane's consumers have dealt with everything. */
  readonly floors = new Map<number, number>();
  readonly #publishers = new Set<ModelPublisher>();
  readonly #consumers = new Set<ModelConsumer>();

  constructor(random: (below: number) => number, streamMax = 1000) {
    this.#random = random;
    this.#streamMax = streamMax;
  }

  publisher(events: BusPublisherEvents): BusPublisher {
    const publisher = new ModelPublisher(this, events);
    this.#publishers.add(publisher);
    setImmediate(() => events.onState(true, false));
    return publisher;
  }

  consumer(events: BusConsumerEvents): BusConsumer {
    const consumer = new ModelConsumer(this, events);
    this.#consumers.add(consumer);
    setImmediate(() => events.onConnected(true));
    return consumer;
  }

  /** Everything stored is gone, and publishers are told so. */
  forget(): void {
    this.#first += this.#stored.length;
    this.#stored = [];
    for (const publisher of this.#publishers) publisher.events.onState(true, true);
  }

  store(message: Stored): void {
    if (this.#chance(this.faults.lose)) return;
    const damaged = this.#chance(this.faults.damage) ? damage(message, this.#random) : message;
    this.#stored.push(damaged);
    if (this.#chance(this.faults.repeat)) this.#stored.push(damaged);
    if (this.#chance(this.faults.reorder) && this.#stored.length > 1) {
      const at = this.#random(this.#stored.length);
      this.#stored.splice(at, 0, ...this.#stored.splice(-1));
    }
    while (this.#stored.length > this.#streamMax) {
      this.#stored.shift();
      this.#first++;
    }
    for (const consumer of this.#consumers) consumer.wake();
  }

  /** The next message at or after `sequence`; undefined at the end. */
  read(sequence: number): { sequence: number; message: Stored } | undefined {
    const at = Math.max(sequence, this.#first);
    const message = this.#stored[at - this.#first];
    return message === undefined ? undefined : { sequence: at, message };
  }

  report(bytes: Uint8Array): void {
    if (this.#chance(this.faults.loseReport)) return;
    for (const publisher of this.#publishers) setImmediate(() => publisher.events.onReport(bytes));
  }

  ask(bytes: Uint8Array): void {
    for (const consumer of this.#consumers) setImmediate(() => consumer.events.onAsk(bytes));
  }

  closed(end: ModelPublisher | ModelConsumer): void {
    if (end instanceof ModelPublisher) this.#publishers.delete(end);
    else this.#consumers.delete(end);
  }

  #chance(percent: number): boolean {
    return percent > 0 && this.#random(1000) < percent * 10;
  }
}

class ModelPublisher implements BusPublisher {
  readonly open = true;
  readonly messageBytesMax = MESSAGE_BYTES_MAX;
  readonly events: BusPublisherEvents;
  readonly #model: BusModel;

  constructor(model: BusModel, events: BusPublisherEvents) {
    this.#model = model;
    this.events = events;
  }

  publish(namespace: string, lane: number, message: Uint8Array): void {
    this.#model.store({ namespace, lane, bytes: message });
  }
  ask(message: Uint8Array): void {
    this.#model.ask(message);
  }
  close(): Promise<void> {
    this.#model.closed(this);
    return Promise.resolve();
  }
}

class ModelConsumer implements BusConsumer {
  readonly connected = true;
  readonly events: BusConsumerEvents;
  readonly #model: BusModel;
  /** Next sequence by lane. */
  readonly #lanes = new Map<number, number>();
  #paused = false;
  #turning = false;
  #closed = false;

  constructor(model: BusModel, events: BusConsumerEvents) {
    this.#model = model;
    this.events = events;
  }

  setLanes(lanes: readonly number[]): void {
    for (const lane of this.#lanes.keys()) if (!lanes.includes(lane)) this.#lanes.delete(lane);
    for (const lane of lanes) {
      if (!this.#lanes.has(lane)) this.#lanes.set(lane, this.#model.floors.get(lane) ?? 0);
    }
    this.wake();
  }
  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.wake();
  }
  report(message: Uint8Array): void {
    this.#model.report(message);
  }
  close(): Promise<void> {
    this.#closed = true;
    this.#model.closed(this);
    return Promise.resolve();
  }

  wake(): void {
    if (this.#turning || this.#closed || this.#paused) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      let more = false;
      for (const lane of this.#lanes.keys()) more = this.#turn(lane) || more;
      if (more) this.wake();
    });
  }

  /** Delivers some messages of a lane; whether there may be more. */
  #turn(lane: number): boolean {
    for (let count = 0; count < TURN; ) {
      if (this.#paused || this.#closed) return false;
      const next = this.#model.read(this.#lanes.get(lane) ?? 0);
      if (next === undefined) return false;
      this.#lanes.set(lane, next.sequence + 1);
      if (next.message.lane !== lane) continue;
      count++;
      this.#model.delivered++;
      const { floors } = this.#model;
      this.events.onDelivery({
        ...next.message,
        done: () => {
          if (next.sequence === (floors.get(lane) ?? 0)) floors.set(lane, next.sequence + 1);
        },
      });
    }
    return true;
  }
}

function damage(message: Stored, random: (below: number) => number): Stored {
  const bytes = Buffer.from(message.bytes);
  const at = random(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 + random(255));
  return { ...message, bytes };
}
