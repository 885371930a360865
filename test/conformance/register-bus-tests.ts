/** The contract of xdr-shipper/bus/bus.ts, for every implementation of it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  BusConsumer,
  BusConsumerEvents,
  BusDelivery,
  BusPublisher,
  BusPublisherEvents,
} from "../../xdr-shipper/bus/bus.ts";
import { elapse, untilTrue } from "../process/until.ts";

export interface BusUnderTest {
  publisher(events: BusPublisherEvents): BusPublisher;
  consumer(instance: string, events: BusConsumerEvents): BusConsumer;
  close(): Promise<void>;
}

const WAIT = { timeoutMs: 15_000, intervalMs: 5 };

/** Both ends of a bus, with everything they were told. */
export class BusEnds {
  readonly bus: BusUnderTest;
  readonly publisher: BusPublisher;
  readonly deliveries: BusDelivery[] = [];
  readonly reports: string[] = [];
  readonly asks: string[] = [];
  readonly states: { open: boolean; forgotten: boolean }[] = [];
  readonly #consumers: BusConsumer[] = [];
  lost = 0;
  /** Called with every delivery, from within it. */
  onDelivery: () => void = () => undefined;

  constructor(bus: BusUnderTest) {
    this.bus = bus;
    this.publisher = bus.publisher({
      onState: (open, forgotten) => this.states.push({ open, forgotten }),
      onReport: (message) => this.reports.push(Buffer.from(message).toString()),
    });
  }

  async open(): Promise<void> {
    await untilTrue("the bus takes messages", WAIT, () => this.publisher.open && this.states.length > 0);
  }

  consume(instance: string, lanes: readonly number[], done = true): BusConsumer {
    const consumer = this.bus.consumer(instance, {
      onDelivery: (delivery) => {
        this.deliveries.push(delivery);
        if (done) delivery.done();
        this.onDelivery();
      },
      onAsk: (message) => this.asks.push(Buffer.from(message).toString()),
      onConnected: () => undefined,
    });
    consumer.setLanes(lanes);
    this.#consumers.push(consumer);
    return consumer;
  }

  publish(lane: number, text: string, namespace = "test"): void {
    this.publisher.publish(namespace, lane, Buffer.from(text), () => {
      this.lost++;
    });
  }

  texts(lane?: number): string[] {
    return this.deliveries
      .filter((delivery) => lane === undefined || delivery.lane === lane)
      .map((delivery) => Buffer.from(delivery.bytes).toString());
  }

  async untilTexts(count: number): Promise<void> {
    await untilTrue(`${count} messages`, WAIT, () => this.deliveries.length >= count);
  }

  async close(): Promise<void> {
    for (const consumer of this.#consumers) await consumer.close();
    await this.publisher.close();
    await this.bus.close();
  }
}

export function registerBusTests(name: string, open: () => Promise<BusUnderTest>): void {
  describe(name, () => {
    let ends: BusEnds;
    beforeEach(async () => {
      ends = new BusEnds(await open());
      await ends.open();
    });
    afterEach(async () => {
      await ends.close();
    });

    test("delivers what is published, in order per lane, with its namespace", async () => {
      ends.consume("s1", [0, 1, 2, 3]);
      for (let index = 0; index < 200; index++)
        ends.publish(index % 4, `${index}`, index % 3 === 0 ? "a" : "b");
      await ends.untilTexts(200);
      for (let lane = 0; lane < 4; lane++) {
        expect(ends.texts(lane)).toEqual(Array.from({ length: 50 }, (_, index) => `${index * 4 + lane}`));
      }
      for (const { namespace, bytes } of ends.deliveries) {
        expect(namespace).toBe(Number(Buffer.from(bytes).toString()) % 3 === 0 ? "a" : "b");
      }
      expect(ends.lost).toBe(0);
    });

    test("delivers what was published before there was a consumer", async () => {
      for (let index = 0; index < 20; index++) ends.publish(0, `${index}`);
      ends.consume("s1", [0]);
      await ends.untilTexts(20);
    });

    test("two instances with different lanes share the messages", async () => {
      ends.consume("s1", [0, 2]);
      ends.consume("s2", [1, 3]);
      for (let index = 0; index < 40; index++) ends.publish(index % 4, `${index}`);
      await ends.untilTexts(40);
      expect(new Set(ends.texts()).size).toBe(40);
    });

    test("another instance goes on where the lane was left, and misses nothing that was not dealt with", async () => {
      const first = ends.consume("s1", [0], false);
      for (let index = 0; index < 30; index++) ends.publish(0, `${index}`);
      await ends.untilTexts(30);
      for (const delivery of ends.deliveries.slice(0, 10)) delivery.done();
      await first.close();
      ends.deliveries.length = 0;
      ends.consume("s2", [0]);
      ends.publish(0, "30");
      await untilTrue("the rest is delivered", WAIT, () => ends.texts().includes("30"));
      expect(ends.texts().slice(-21)).toEqual(Array.from({ length: 21 }, (_, index) => `${index + 10}`));
    });

    test("a paused consumer is sent a bounded number, and goes on when it wants", async () => {
      const consumer = ends.consume("s1", [0]);
      ends.onDelivery = () => consumer.setPaused(true);
      for (let index = 0; index < 500; index++) ends.publish(0, `${index}`);
      await ends.untilTexts(1);
      await elapse(300);
      expect(ends.deliveries.length).toBeLessThan(300);
      ends.onDelivery = () => undefined;
      consumer.setPaused(false);
      await ends.untilTexts(500);
      expect(ends.texts()).toEqual(Array.from({ length: 500 }, (_, index) => `${index}`));
    });

    test("carries reports to the origin and asks to the destination", async () => {
      const consumer = ends.consume("s1", [0]);
      await untilTrue("asks and reports pass", WAIT, () => {
        ends.publisher.ask(Buffer.from("how far?"));
        if (consumer.connected) consumer.report(Buffer.from("so far"));
        return ends.asks.includes("how far?") && ends.reports.includes("so far");
      });
    });

    test("takes messages of the size it allows", async () => {
      ends.consume("s1", [0]);
      ends.publish(0, "x".repeat(ends.publisher.messageBytesMax));
      await ends.untilTexts(1);
      expect(ends.texts()[0]?.length).toBe(ends.publisher.messageBytesMax);
    });
  });
}
