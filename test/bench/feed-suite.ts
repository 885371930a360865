/**
 * Change feeds: a change log full of records of 200 bytes, written while no shipper ran, is published in a
 * format, JSON if not told, one message a record. Messages per second on the feed's stream, and CPU of all
 * processes of the datacenter, beside messages of the same size published on JetStream alone by one process.
 */
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect as connectNats } from "@nats-io/transport-node";
import { feedsSchema } from "../../common/config.ts";
import { feedStream } from "../../proto/subjects.ts";
import { connect, fill } from "./aerospike-load.ts";
import { type Datacenter, Datacenters } from "./datacenters.ts";
import { measurePublishing } from "./jetstream.ts";
import type { BenchOptions } from "./options.ts";
import { cpuUsOf, type Processes, until } from "./processes.ts";
import type { Report } from "./report.ts";

const VALUE_BYTES = 200;
const RATE_LEAST = 20_000;
/** Rates are taken between these shares of all records, away from start and end. */
const [FIRST_SHARE, LAST_SHARE] = [0.05, 0.95];
const FEED = "bench";

export async function runFeedSuite(
  options: BenchOptions,
  processes: Processes,
  report: Report,
): Promise<void> {
  const { records, profile, feedFormat: format } = options;
  const plan = await Datacenters.plan(processes, {
    ...{ datacenters: 1, nodes: 1, replicationFactor: 1, profile },
    folder: join(options.folder, "feed"),
    // The consumer never comes: it holds the log until the feed begins.
    feeds: feedsSchema.parse([{ name: FEED, namespace: "test", consumers: ["nobody"], format }]),
  });
  const datacenter = await plan.start(0, { shipper: false });
  const client = await connect(datacenter.hosts);
  console.error(`feed: writing ${records} records of ${VALUE_BYTES} bytes`);
  await fill(client, records, VALUE_BYTES);
  client.close();
  const fed = await measureFeed(plan, datacenter, records);
  await processes.stopAll();
  console.error(`feed: JetStream alone, messages of ${fed.messageBytes} bytes`);
  const alone = await measurePublishing(processes, join(options.folder, "jetstream", "feed"), {
    ...{ records, recordBytes: fed.messageBytes, batch: 1, window: 1000 },
  });
  const limit = `JetStream alone, published, ${fed.messageBytes} B each`;
  report.add({
    name: `changes published by a feed, ${format}`,
    unit: "per s",
    values: [fed.recordsPerSecond],
    limit: { name: limit, values: [alone.recordsPerSecond] },
    reach: { atLeast: RATE_LEAST, of: "bound" },
  });
  report.add({
    name: "CPU per change of a feed, all processes of the DC",
    unit: "µs",
    values: [fed.cpuUsPerRecord],
    limit: { name: limit, values: [alone.cpuUsPerRecord] },
    note: fed.shares,
  });
}

/** Starts the shipper, and watches the stream grow. */
async function measureFeed(plan: Datacenters, datacenter: Datacenter, records: number) {
  plan.startShipper(datacenter);
  const { processes } = datacenter;
  const connection = await connectNats({ servers: `nats://127.0.0.1:${datacenter.plan.nats.port}` });
  const manager = await jetstreamManager(connection);
  const stream = feedStream(datacenter.plan.name, FEED);
  const reached = async (share: number) =>
    await until(
      `${share * 100} % of the changes are published`,
      600_000,
      async () => {
        for (const one of processes) one.check();
        const state = await streamState(manager, stream);
        return state !== undefined && state.last_seq >= records * share
          ? { state, at: performance.now(), cpuUs: processes.map((one) => cpuUsOf([one])) }
          : undefined;
      },
      100,
    );
  const first = await reached(FIRST_SHARE);
  const last = await reached(LAST_SHARE);
  await connection.close();
  const published = last.state.last_seq - first.state.last_seq;
  const each = processes.map(
    (_, index) => ((last.cpuUs[index] ?? 0) - (first.cpuUs[index] ?? 0)) / published,
  );
  return {
    recordsPerSecond: published / ((last.at - first.at) / 1000),
    cpuUsPerRecord: each.reduce((sum, us) => sum + us, 0),
    shares: processes.map((one, index) => `${one.name} ${(each[index] ?? 0).toFixed(1)}`).join(", "),
    messageBytes: Math.round(last.state.bytes / last.state.messages),
  };
}

/** Undefined while the shipper has not made it. */
async function streamState(manager: Awaited<ReturnType<typeof jetstreamManager>>, stream: string) {
  for await (const info of manager.streams.list()) if (info.config.name === stream) return info.state;
  return undefined;
}
