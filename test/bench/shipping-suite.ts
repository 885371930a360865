/**
 * Shipping: a change log full of records of 200 bytes, in a datacenter whose shipper was not
 * running, is shipped to an empty one. Records per second to durable apply, and CPU of all processes
 * of both datacenters, beside the same bytes through JetStream alone. Then, the memory of a node
 * that holds all these records and is under load.
 */
import { join } from "node:path";
import { encodeEntry, EntryKind, Operation } from "../../proto/entry.ts";
import { encodeImage } from "../../proto/record.ts";
import { connect, fill, runLoad } from "./aerospike-load.ts";
import { type Datacenter, Datacenters } from "./datacenters.ts";
import { measureJetStream, type Throughput } from "./jetstream.ts";
import type { BenchOptions } from "./options.ts";
import { type Process, type Processes, until } from "./processes.ts";
import type { Report } from "./report.ts";

const VALUE_BYTES = 200;
const BATCH_BYTES = 256 * 1024;
const MEMORY_LIMIT_MB = 400;
/** Rates are taken between these shares of all records, away from start and end. */
const [FIRST_SHARE, LAST_SHARE] = [0.05, 0.95];

interface Shipped extends Throughput {
  /** CPU per record of each process. */
  readonly shares: string;
}

export async function runShippingSuite(
  options: BenchOptions,
  processes: Processes,
  report: Report,
): Promise<void> {
  const wantShipping = options.only.includes("shipping");
  const datacenters = wantShipping ? 2 : 1;
  const folder = join(options.folder, "shipping");
  const plan = await Datacenters.plan(processes, {
    datacenters,
    nodes: 1,
    replicationFactor: 1,
    folder,
    profile: options.profile,
  });
  const origin = await plan.start(0, { shipper: false });
  const client = await connect(origin.hosts);
  console.error(`shipping: writing ${options.records} records of ${VALUE_BYTES} bytes`);
  await fill(client, options.records, VALUE_BYTES);
  if (wantShipping) {
    const shipped = await measureShipping(plan, origin, options.records);
    await reportShipping(options, processes, report, shipped);
  }
  if (options.only.includes("memory")) {
    const peak = await peakUnderLoad(options, client, origin.nodes);
    report.add({
      name: `resident size of a node, ${options.records.toLocaleString("en")} records of ${VALUE_BYTES} B, load`,
      unit: "MB",
      values: [peak.residentBytes / 1e6],
      reach: { atMost: MEMORY_LIMIT_MB, of: "bound" },
      note: `${Math.round(peak.mappedBytes / 1e6)} MB of it are mapped files`,
    });
  }
  await processes.stopAll();
}

/** Starts the destination and the shippers, and watches the records arrive. */
async function measureShipping(plan: Datacenters, origin: Datacenter, records: number): Promise<Shipped> {
  const destination = await plan.start(1, { shipper: true });
  plan.startShipper(origin);
  const all = [...origin.processes, ...destination.processes];
  const reached = async (share: number): Promise<{ count: number; at: number; cpuUs: number[] }> =>
    await until(
      `${share * 100} % of the records are applied`,
      600_000,
      async () => {
        for (const one of all) one.check();
        const count = await destination.records();
        return count >= records * share
          ? { count, at: performance.now(), cpuUs: all.map((one) => one.cpuUs()) }
          : undefined;
      },
      250,
    );
  const first = await reached(FIRST_SHARE);
  const last = await reached(LAST_SHARE);
  await reached(1);
  const shipped = last.count - first.count;
  const each = all.map((_, index) => ((last.cpuUs[index] ?? 0) - (first.cpuUs[index] ?? 0)) / shipped);
  return {
    recordsPerSecond: shipped / ((last.at - first.at) / 1000),
    cpuUsPerRecord: each.reduce((sum, us) => sum + us, 0),
    shares: all.map((one, index) => `${one.name} ${(each[index] ?? 0).toFixed(1)}`).join(", "),
  };
}

async function reportShipping(
  options: BenchOptions,
  processes: Processes,
  report: Report,
  shipped: Shipped,
): Promise<void> {
  const recordBytes = entryBytes();
  const folder = join(options.folder, "jetstream");
  const batch = Math.floor(BATCH_BYTES / recordBytes);
  const run = { records: options.records, recordBytes };
  console.error("shipping: JetStream alone, batched");
  const batched = await measureJetStream(processes, join(folder, "batched"), { ...run, batch, window: 16 });
  console.error("shipping: JetStream alone, one message a record");
  const single = await measureJetStream(processes, join(folder, "single"), {
    ...{ ...run, records: options.records / 10 },
    ...{ batch: 1, window: 1000 },
  });
  const rows = [
    ["JetStream alone, batched", batched, undefined],
    ["JetStream alone, a message a record", single, { atLeast: 3, of: "limit" }],
  ] as const;
  for (const [name, limit, reach] of rows) {
    report.add({
      name: "records shipped and applied",
      unit: "per s",
      values: [shipped.recordsPerSecond],
      limit: { name, values: [limit.recordsPerSecond] },
      reach,
    });
  }
  for (const [name, limit] of rows) {
    report.add({
      name: "CPU per shipped record, all processes of both DCs",
      unit: "µs",
      values: [shipped.cpuUsPerRecord],
      limit: { name, values: [limit.cpuUsPerRecord] },
      reach: limit === batched ? { atMost: 40, of: "bound" } : undefined,
      note: shipped.shares,
    });
  }
}

/** Bytes of the change-log entry of one such record. */
function entryBytes(): number {
  const image = encodeImage({
    ...{ generation: 1, lut: 1n, sourceId: 1, voidTime: 0, tombstone: false, binCount: 1 },
    seen: [{ sourceId: 1, lut: 1n }],
    setName: Buffer.from("bench"),
    userKey: Buffer.alloc(0),
    bins: Buffer.alloc(9 + VALUE_BYTES),
  });
  const header = { epoch: 1, sequence: 1, originId: 0, originSequence: 0, originLogId: 0, partitionId: 0 };
  const changedBins = Buffer.alloc(2);
  return encodeEntry({ ...header, kind: EntryKind.put, operation: Operation.insert, changedBins, image })
    .length;
}

/** The highest resident size of any of `nodes` while a client reads and writes. */
async function peakUnderLoad(
  options: BenchOptions,
  client: Awaited<ReturnType<typeof connect>>,
  nodes: readonly Process[],
): Promise<{ residentBytes: number; mappedBytes: number }> {
  let peak = { residentBytes: 0, mappedBytes: 0 };
  const sampler = setInterval(() => {
    for (const memory of nodes.map((node) => node.memory())) {
      if (memory.residentBytes > peak.residentBytes) peak = memory;
    }
  }, 200);
  const load = {
    inFlight: 200,
    keys: options.records,
    valueBytes: VALUE_BYTES,
    seconds: options.seconds * 2,
  };
  await runLoad(client, { ...load, kind: "put" });
  await runLoad(client, { ...load, kind: "get" });
  clearInterval(sampler);
  return peak;
}
