/**
 * A ship stream as JetStream keeps it: a bounded list of messages that forgets, and consumers that
 * hand them out at least once, the unacknowledged ones again, out of order.
 */
import type { NatsServer, ServerSession } from "./nats-server.ts";
import { world } from "./present.ts";

export interface StreamMessage {
  readonly sequence: number;
  readonly namespace: string;
  readonly lane: number;
  readonly bytes: Buffer;
}

interface History {
  readonly messages: readonly StreamMessage[];
  readonly last: number;
}

export type Deliver = (message: StreamMessage) => void;

const ACK_WAIT_MS = 1000;
const UNACKNOWLEDGED_MAX = 16;

export class ShipStream {
  /** Changes when the stream is made anew. */
  identity = 1;
  readonly #server: NatsServer;
  readonly #bytesMax: number;
  #messages: StreamMessage[] = [];
  #bytes = 0;
  #last = 0;
  /** What another replica of the stream has, that led before. */
  #follower: History | undefined;
  readonly #consumers = new Map<string, StreamConsumer>();

  constructor(server: NatsServer, bytesMax: number) {
    this.#server = server;
    this.#bytesMax = bytesMax;
  }

  get length(): number {
    return this.#messages.length;
  }

  /** Says "stored" whatever it does. */
  store(namespace: string, lane: number, bytes: Buffer): void {
    const { scheduler, count } = world();
    const { random } = scheduler;
    const { faults } = this.#server;
    if (random.chance(faults.falseAck)) {
      count("acknowledged and not stored");
      return;
    }
    this.#push(namespace, lane, random.chance(faults.damage) ? damaged(bytes) : bytes);
    if (random.chance(faults.repeat)) this.#push(namespace, lane, bytes);
    if (random.chance(faults.streamLoss)) {
      count("bus lost a message");
      this.#messages.splice(random.int(this.#messages.length), 1);
    }
    while (this.#bytes > this.#bytesMax && this.#messages.length > 1) {
      count("bus retention passed");
      this.#bytes -= this.#messages.shift()?.bytes.length ?? 0;
    }
    for (const consumer of this.#consumers.values()) consumer.serve();
  }

  /** The latest messages are gone; their sequences are given again. */
  loseSuffix(count: number): void {
    const lost = this.#messages.splice(Math.max(0, this.#messages.length - count));
    this.#last = lost[0] === undefined ? this.#last : lost[0].sequence - 1;
    for (const consumer of this.#consumers.values()) consumer.rewind(this.#last + 1);
  }

  /**
   * Another replica leads, with a history of its own: without some of the messages, or the latest. It has
   * what it had when it leads again, and nothing of what came meanwhile.
   */
  changeLeader(): void {
    const led: History = { messages: this.#messages, last: this.#last };
    const { messages, last } = this.#follower ?? lacking(led);
    this.#follower = led;
    this.#messages = [...messages];
    this.#last = last;
    this.#bytes = messages.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const consumer of this.#consumers.values()) consumer.rewind(last + 1);
  }

  /** Deleted and made anew: empty, sequences from 1, consumers forgotten. */
  recreate(): void {
    this.identity++;
    this.#follower = undefined;
    this.#messages = [];
    this.#bytes = 0;
    this.#last = 0;
    for (const consumer of this.#consumers.values()) consumer.rewind(1);
  }

  /** Everything is gone, and nobody is told. */
  purge(): void {
    this.#messages = [];
    this.#bytes = 0;
  }

  consumer(name: string, lane: number): StreamConsumer {
    const found = this.#consumers.get(name) ?? new StreamConsumer(this, lane);
    this.#consumers.set(name, found);
    return found;
  }

  /** The first message of a lane at or after `sequence`. */
  next(lane: number, sequence: number): StreamMessage | undefined {
    return this.#messages.find((message) => message.lane === lane && message.sequence >= sequence);
  }
  get(sequence: number): StreamMessage | undefined {
    return this.#messages.find((message) => message.sequence === sequence);
  }

  get reorder(): number {
    return this.#server.faults.reorder;
  }
  get host() {
    return this.#server.host;
  }

  #push(namespace: string, lane: number, bytes: Buffer): void {
    this.#messages.push({ sequence: ++this.#last, namespace, lane, bytes });
    this.#bytes += bytes.length;
  }
}

/** A durable pull consumer of one lane. */
class StreamConsumer {
  readonly #stream: ShipStream;
  readonly #lane: number;
  readonly #unacknowledged = new Set<number>();
  #next = 1;
  #deliver: Deliver | undefined;

  constructor(stream: ShipStream, lane: number) {
    this.#stream = stream;
    this.#lane = lane;
  }

  /** Somebody pulls from now on; what was not acknowledged comes again. */
  attach(session: ServerSession, deliver: Deliver): void {
    const detach = (): void => {
      if (this.#deliver === deliver) this.#deliver = undefined;
    };
    session.attached.add(detach);
    this.#deliver = deliver;
    const again = [...this.#unacknowledged].sort((a, b) => a - b);
    this.#unacknowledged.clear();
    for (const sequence of again) this.#hand(sequence);
    this.serve();
  }

  pause(): void {
    this.#deliver = undefined;
  }

  acknowledge(sequence: number): void {
    this.#unacknowledged.delete(sequence);
    this.serve();
  }

  rewind(next: number): void {
    this.#unacknowledged.clear();
    this.#next = Math.min(this.#next, next);
  }

  serve(): void {
    while (this.#deliver !== undefined && this.#unacknowledged.size < UNACKNOWLEDGED_MAX) {
      const message = this.#stream.next(this.#lane, this.#next);
      if (message === undefined) return;
      this.#next = message.sequence + 1;
      this.#hand(message.sequence);
    }
  }

  #hand(sequence: number): void {
    const { scheduler, count } = world();
    const message = this.#stream.get(sequence);
    if (message === undefined) {
      this.#unacknowledged.delete(sequence);
      return;
    }
    this.#unacknowledged.add(sequence);
    if (scheduler.random.chance(this.#stream.reorder)) count("delivery out of order");
    else this.#deliver?.(message);
    scheduler.after(ACK_WAIT_MS, this.#stream.host, () => {
      if (!this.#unacknowledged.has(sequence) || this.#deliver === undefined) return;
      count("redelivery");
      this.#hand(sequence);
    });
  }
}

/** A copy without a suffix, or without messages here and there. */
function lacking({ messages, last }: History): History {
  const { random } = world().scheduler;
  if (random.chance(0.5)) return { messages: messages.filter(() => random.chance(0.7)), last };
  const kept = messages.slice(0, Math.max(0, messages.length - 1 - random.int(6)));
  return { messages: kept, last: kept.at(-1)?.sequence ?? messages[0]?.sequence ?? last };
}

function damaged(bytes: Buffer): Buffer {
  const { random } = world().scheduler;
  const copy = Buffer.from(bytes);
  const at = random.int(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 + random.int(255));
  return copy;
}
