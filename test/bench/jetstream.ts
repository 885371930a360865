/**
 * The limits for shipping and for feeds: the same bytes published to (and, for shipping, consumed from)
 * JetStream alone, in batches as the shipper packs them and one message a record; nothing stored but the
 * stream, nothing applied.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AckPolicy, jetstreamManager, RetentionPolicy, StorageType } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { findNatsServer } from "../../cli/setup/nats-server.ts";
import { BENCH_CONSUMER, BENCH_STREAM, BENCH_SUBJECT } from "./jetstream-names.ts";
import { freePort } from "./ports.ts";
import { cpuUsOf, type Process, type Processes } from "./processes.ts";

export interface JetStreamRun {
  readonly records: number;
  readonly recordBytes: number;
  /** Records in a message. */
  readonly batch: number;
  /** Messages under way at each end. */
  readonly window: number;
}

export interface Throughput {
  readonly recordsPerSecond: number;
  readonly cpuUsPerRecord: number;
}

/** Publishes and consumes at the same time, over a nats-server of its own. */
export async function measureJetStream(
  processes: Processes,
  folder: string,
  run: JetStreamRun,
): Promise<Throughput> {
  return await measure(processes, folder, run, ["consume", "publish"]);
}

/** Publishes only: until the last message is acknowledged. */
export async function measurePublishing(
  processes: Processes,
  folder: string,
  run: JetStreamRun,
): Promise<Throughput> {
  return await measure(processes, folder, run, ["publish"]);
}

/** The work is done when the first of `roles` is. */
async function measure(
  processes: Processes,
  folder: string,
  run: JetStreamRun,
  roles: readonly ["publish"] | readonly ["consume", "publish"],
): Promise<Throughput> {
  const { nats, url } = await startNats(processes, folder);
  await makeStream(url);
  const messages = Math.ceil(run.records / run.batch);
  const args = [url, messages, run.batch * run.recordBytes, run.window].map(String);
  const script = join(import.meta.dirname, "jetstream-peer.ts");
  const peers: Process[] = [];
  for (const role of roles) {
    const peer = processes.startNode(`jetstream-${role}`, script, [role, ...args]);
    await peer.printed(/^start$/m);
    peers.push(peer);
  }
  const all = [nats, ...peers];
  const cpuBefore = cpuUsOf(all);
  const started = performance.now();
  await peers[0]?.printed(/^done$/m, 300_000);
  const seconds = (performance.now() - started) / 1000;
  const cpuUs = cpuUsOf(all) - cpuBefore;
  for (const one of all) await one.stop();
  const records = messages * run.batch;
  return { recordsPerSecond: records / seconds, cpuUsPerRecord: cpuUs / records };
}

async function startNats(processes: Processes, folder: string): Promise<{ nats: Process; url: string }> {
  const server = findNatsServer();
  if (server.kind !== "program") throw new Error("a nats-server program is needed, not an image");
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "nats.conf");
  writeFileSync(
    config,
    `host: 127.0.0.1\nport: ${port}\nmax_payload: 8388608\njetstream { store_dir: ${JSON.stringify(folder)} }\n`,
  );
  const nats = processes.start("jetstream-alone", server.path, ["-c", config]);
  await nats.printed(/Server is ready/);
  return { nats, url: `nats://127.0.0.1:${port}` };
}

async function makeStream(url: string): Promise<void> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({
    name: BENCH_STREAM,
    subjects: [BENCH_SUBJECT],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
  });
  await manager.consumers.add(BENCH_STREAM, { durable_name: BENCH_CONSUMER, ack_policy: AckPolicy.Explicit });
  await connection.close();
}
