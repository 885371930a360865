/**
 * Lag: while a client writes to one datacenter at half of the rate it reaches at full speed, probes
 * measure the time from a commit to its durable apply in the other datacenter, beside a NATS KV
 * mirrored over a leaf link at the same rate (which is neither flushed nor applied to anything).
 */
import { join } from "node:path";
import { connect, runLoad } from "./aerospike-load.ts";
import { Datacenters } from "./datacenters.ts";
import { measureKvMirror } from "./kv-mirror.ts";
import { LAGS_PRINTED, parseLags } from "./lags.ts";
import type { BenchOptions } from "./options.ts";
import { type Processes, until } from "./processes.ts";
import type { Report } from "./report.ts";

const VALUE_BYTES = 200;
const KEYS = 100_000;

export async function runLagSuite(
  options: BenchOptions,
  processes: Processes,
  report: Report,
): Promise<void> {
  const folder = join(options.folder, "lag");
  const plan = await Datacenters.plan(processes, {
    datacenters: 2,
    nodes: 1,
    replicationFactor: 1,
    folder,
    profile: options.profile,
  });
  const origin = await plan.start(0, { shipper: true });
  const destination = await plan.start(1, { shipper: true });
  const client = await connect(origin.hosts);
  const load = { kind: "put", inFlight: 200, keys: KEYS, valueBytes: VALUE_BYTES } as const;
  const full = await runLoad(client, { ...load, seconds: options.seconds });
  const fullRate = full.operations / full.seconds;
  const rate = Math.round(fullRate / 2);
  console.error(`lag: ${Math.round(fullRate)} writes a second at full speed; now half of it`);
  await until("what the full rate left behind is applied", 120_000, async () =>
    (await destination.records()) === (await origin.records()) ? true : undefined,
  );
  const seconds = options.seconds * 3;
  const probe = processes.startNode("lag-probe", join(import.meta.dirname, "lag-probe.ts"), [
    origin.hosts,
    destination.hosts,
    `${seconds}`,
  ]);
  const half = await runLoad(client, { ...load, seconds: seconds + 1, rate });
  const lags = parseLags(await probe.printed(LAGS_PRINTED, 60_000));
  await processes.stopAll();
  const mirrored = await measureKvMirror(processes, join(options.folder, "kv"), {
    ...{ rate, seconds, bytes: VALUE_BYTES },
  });
  const note = `${lags.count} probes at ${Math.round(half.operations / half.seconds)} writes a second, worst ${lags.worstMs.toFixed(1)} ms`;
  for (const [what, key, most] of [
    ["median", "medianMs", 10],
    ["p99", "p99Ms", 50],
  ] as const) {
    report.add({
      name: `lag from commit to durable apply, ${what}`,
      unit: "ms",
      values: [lags[key]],
      limit: { name: "NATS KV mirror, not flushed", values: [mirrored[key]] },
      reach: { atMost: most, of: "bound" },
      note,
    });
  }
}
