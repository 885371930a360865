/**
 * Proves that the JetStream bus and its model keep the same contract, and of JetStream alone: a
 * killed server, a deleted stream, a deleted folder and a consumer deleted behind its back heal by
 * themselves; what is known to be lost is told; the stream is bounded.
 */
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLogger } from "../../common/log.ts";
import { shipStream } from "../../proto/subjects.ts";
import { JetStreamConsumer } from "../../xdr-shipper/bus/jetstream-consumer.ts";
import { JetStreamPublisher } from "../../xdr-shipper/bus/jetstream-publisher.ts";
import { NatsLink } from "../../xdr-shipper/bus/nats-link.ts";
import { NatsProcess } from "../process/nats-process.ts";
import { untilTrue } from "../process/until.ts";
import { BusModel } from "../simulation/bus-model.ts";
import { BusEnds, type BusUnderTest, registerBusTests } from "./register-bus-tests.ts";

const WAIT = { timeoutMs: 20_000, intervalMs: 10 };
const STREAM_BYTES = 16 * 1024 * 1024;
const log = createLogger({}, "fatal");
let nats: NatsProcess;
let streams = 0;

beforeAll(async () => {
  nats = await NatsProcess.start();
});
afterAll(async () => {
  await nats.dispose();
});

function jetStream(destination: string): BusUnderTest {
  const links = [new NatsLink({ url: nats.url, name: "origin", log })];
  const [link] = links;
  if (link === undefined) throw new Error("no link");
  return {
    publisher: (events) =>
      new JetStreamPublisher({
        link,
        origin: "o",
        destination,
        streamBytes: STREAM_BYTES,
        replicas: 1,
        events,
        log,
      }),
    consumer: (instance, events) => {
      const remote = new NatsLink({ url: nats.url, name: instance, log });
      links.push(remote);
      return new JetStreamConsumer({ link: remote, origin: "o", destination, instance, events, log });
    },
    close: async () => {
      for (const one of links) await one.close();
    },
  };
}

registerBusTests("the bus in memory", () => {
  const model = new BusModel(() => 0);
  return Promise.resolve({
    publisher: (events) => model.publisher(events),
    consumer: (_instance, events) => model.consumer(events),
    close: () => Promise.resolve(),
  });
});

registerBusTests("the bus on JetStream", () => Promise.resolve(jetStream(`d${++streams}`)));

describe("JetStream", () => {
  let ends: BusEnds;
  const opened = async (): Promise<string> => {
    const destination = `d${++streams}`;
    ends = new BusEnds(jetStream(destination));
    await ends.open();
    return shipStream("o", destination);
  };
  /** Publishes until one of the messages comes through: the bus works (again). */
  const untilThrough = async (mark: string): Promise<void> => {
    await untilTrue(`a message after ${mark}`, WAIT, () => {
      if (ends.publisher.open) ends.publish(0, mark);
      return ends.texts().includes(mark);
    });
  };

  test("a killed server is survived by both ends, and a publish without a server is told as lost", async () => {
    await opened();
    ends.consume("s1", [0]);
    await untilThrough("before");
    await nats.kill();
    await untilTrue("the bus is closed", WAIT, () => !ends.publisher.open);
    ends.publish(0, "nowhere");
    await untilTrue("it is told", WAIT, () => ends.lost > 0);
    await nats.run();
    await untilThrough("after");
    expect(ends.states.at(-1)).toEqual({ open: true, forgotten: false });
    await ends.close();
  });

  test("a deleted folder is told as forgotten, and both ends go on", async () => {
    await opened();
    ends.consume("s1", [0]);
    await untilThrough("before");
    await nats.kill();
    nats.deleteFolder();
    await nats.run();
    await untilThrough("after");
    expect(ends.states.at(-1)).toEqual({ open: true, forgotten: true });
    await ends.close();
  });

  test("a folder deleted under a running server is made again, once it refuses messages", async () => {
    await opened();
    ends.consume("s1", [0]);
    await untilThrough("before");
    nats.deleteFolder();
    const block = "x".repeat(512 * 1024);
    await untilTrue("the stream is made anew", WAIT, () => {
      // The server writes on into the deleted file until it needs another.
      if (ends.publisher.open) ends.publish(0, block);
      return ends.states.some(({ forgotten }) => forgotten);
    });
    expect(ends.lost).toBeGreaterThan(0);
    await untilThrough("after");
    await ends.close();
    await nats.kill();
    await nats.run();
  });

  test("a stream deleted, and one replaced, are noticed", async () => {
    const stream = await opened();
    ends.consume("s1", [0]);
    await untilThrough("before");
    const connection = await connect({ servers: nats.url });
    const manager = await jetstreamManager(connection);
    await manager.streams.delete(stream);
    await untilThrough("after");
    expect(ends.states.filter(({ forgotten }) => forgotten)).toHaveLength(1);
    const { config } = await manager.streams.info(stream);
    await manager.streams.delete(stream);
    await manager.streams.add(config);
    await untilTrue("the other stream is noticed", WAIT, () => {
      return ends.states.filter(({ forgotten }) => forgotten).length === 2;
    });
    await untilThrough("again");
    await connection.close();
    await ends.close();
  });

  test("a consumer deleted behind its back is set up again, and nothing is skipped", async () => {
    const stream = await opened();
    ends.consume("s1", [0]);
    for (let index = 0; index < 100; index++) ends.publish(0, `${index}`);
    await ends.untilTexts(100);
    const connection = await connect({ servers: nats.url });
    const manager = await jetstreamManager(connection);
    await manager.consumers.delete(stream, "apply_0_s1");
    for (let index = 100; index < 200; index++) ends.publish(0, `${index}`);
    await untilTrue("the rest comes", WAIT, () => ends.texts().includes("199"));
    expect(ends.texts()).toEqual(Array.from({ length: 200 }, (_, index) => `${index}`));
    await connection.close();
    await ends.close();
  });

  test("the stream is bounded and keeps the newest", async () => {
    const stream = await opened();
    const block = "x".repeat(512 * 1024);
    for (let index = 0; index < 60; index++) ends.publish(0, block);
    const connection = await connect({ servers: nats.url });
    const manager = await jetstreamManager(connection);
    await untilTrue(
      "all are stored",
      WAIT,
      async () => (await manager.streams.info(stream)).state.last_seq === 60,
    );
    const { state, config } = await manager.streams.info(stream);
    expect(state.bytes).toBeLessThanOrEqual(STREAM_BYTES);
    expect(state.first_seq).toBeGreaterThan(1);
    expect(config.max_bytes).toBe(STREAM_BYTES);
    await connection.close();
    await ends.close();
  });
});
