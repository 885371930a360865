/**
 * The destination's end of the bus on JetStream: one lane puller per lane this instance takes, on a
 * connection to the origin's NATS, plus reports and asks as core messages.
 */
import type { NatsConnection, Subscription } from "@nats-io/transport-node";
import type { Logger } from "../../common/log.ts";
import { positionAskSubject, positionSubject } from "../../proto/subjects.ts";
import type { BusConsumer, BusConsumerEvents } from "./bus.ts";
import { LanePuller } from "./lane-puller.ts";
import type { NatsLink } from "./nats-link.ts";

export interface JetStreamConsumerOptions {
  readonly link: NatsLink;
  readonly origin: string;
  readonly destination: string;
  /** Name of this shipper: consumers are its own, so that two instances never fight for one. */
  readonly instance: string;
  readonly events: BusConsumerEvents;
  readonly log: Logger;
}

export class JetStreamConsumer implements BusConsumer {
  readonly #options: JetStreamConsumerOptions;
  readonly #lanes = new Map<number, LanePuller>();
  readonly #unlisten: () => void;
  #connection: NatsConnection | undefined;
  #asks: Subscription | undefined;
  #paused = false;

  constructor(options: JetStreamConsumerOptions) {
    this.#options = options;
    this.#unlisten = options.link.listen((connection) => this.#linked(connection));
  }

  get connected(): boolean {
    return this.#options.link.connection !== undefined;
  }

  setLanes(lanes: readonly number[]): void {
    for (const [lane, puller] of this.#lanes) {
      if (lanes.includes(lane)) continue;
      puller.close();
      this.#lanes.delete(lane);
    }
    const { origin, destination, instance, events, log, link } = this.#options;
    for (const lane of lanes) {
      if (this.#lanes.has(lane)) continue;
      const puller = new LanePuller({
        origin,
        destination,
        lane,
        instance,
        onDelivery: (delivery) => events.onDelivery(delivery),
        log: log.child({ lane }),
      });
      puller.setPaused(this.#paused);
      this.#lanes.set(lane, puller);
      puller.link(link.connection);
    }
  }

  setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    for (const puller of this.#lanes.values()) puller.setPaused(paused);
  }

  report(message: Uint8Array): void {
    const { link, origin, destination } = this.#options;
    link.connection?.publish(positionSubject(origin, destination), message);
  }

  async close(): Promise<void> {
    this.#unlisten();
    for (const puller of this.#lanes.values()) puller.close();
    this.#lanes.clear();
    this.#asks?.unsubscribe();
    await this.#options.link.connection?.flush();
  }

  #linked(connection: NatsConnection | undefined): void {
    const { origin, destination, events } = this.#options;
    if (connection !== undefined && connection !== this.#connection) {
      this.#connection = connection;
      this.#asks = connection.subscribe(positionAskSubject(origin, destination), {
        callback: (_error, message) => events.onAsk(message.data),
      });
    }
    for (const puller of this.#lanes.values()) puller.link(connection);
    events.onConnected(connection !== undefined);
  }
}
