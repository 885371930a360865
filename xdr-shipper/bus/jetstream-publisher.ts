/**
 * The origin's end of the bus on JetStream: keeps the destination's stream in being, publishes on it
 * and tells what is known to be lost. The stream holds about what may be in flight and drops the oldest
 * beyond it.
 */
import { DiscardPolicy, RetentionPolicy, StorageType } from "@nats-io/jetstream";
import { BUS_MESSAGE_BYTES_MAX } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import {
  positionAskSubject,
  positionSubject,
  shipStream,
  shipSubject,
  shipSubjects,
} from "../../proto/subjects.ts";
import type { BusPublisher, BusPublisherEvents } from "./bus.ts";
import type { NatsLink } from "./nats-link.ts";
import { StreamPublisher } from "./stream-publisher.ts";

const REFUSED_MS = 2000;

export interface JetStreamPublisherOptions {
  readonly link: NatsLink;
  readonly origin: string;
  readonly destination: string;
  /** Bytes the stream may hold. */
  readonly streamBytes: number;
  /** Copies of the stream among the servers of a NATS cluster. */
  readonly replicas: number;
  readonly events: BusPublisherEvents;
  readonly log: Logger;
}

export class JetStreamPublisher implements BusPublisher {
  readonly #options: JetStreamPublisherOptions;
  readonly #publisher: StreamPublisher;

  constructor(options: JetStreamPublisherOptions) {
    this.#options = options;
    const { link, origin, destination, streamBytes, replicas, events, log } = options;
    this.#publisher = new StreamPublisher({
      link,
      log,
      stream: shipStream(origin, destination),
      streamBytes,
      adapt: false,
      refusedMs: REFUSED_MS,
      config: (bytes) => ({
        subjects: [shipSubjects(origin, destination)],
        storage: StorageType.File,
        retention: RetentionPolicy.Limits,
        discard: DiscardPolicy.Old,
        max_bytes: bytes,
        num_replicas: replicas,
        // Repeats are told apart by the destination's positions; the bus need not remember them.
        duplicate_window: 100_000_000,
      }),
      onConnection: (connection) => [
        connection.subscribe(positionSubject(origin, destination), {
          callback: (_error, message) => events.onReport(message.data),
        }),
      ],
      onState: (open, forgotten) => events.onState(open, forgotten),
    });
  }

  get open(): boolean {
    return this.#publisher.open;
  }

  get messageBytesMax(): number {
    return Math.min(BUS_MESSAGE_BYTES_MAX, this.#publisher.messageBytesMax);
  }

  publish(namespace: string, lane: number, message: Uint8Array, lost: () => void): void {
    const { origin, destination } = this.#options;
    this.#publisher.publish(shipSubject(origin, destination, namespace, lane), message, undefined, (fate) => {
      if (fate !== "stored") lost();
    });
  }

  ask(message: Uint8Array): void {
    const { origin, destination } = this.#options;
    this.#publisher.connection?.publish(positionAskSubject(origin, destination), message);
  }

  async close(): Promise<void> {
    await this.#publisher.close();
  }
}
