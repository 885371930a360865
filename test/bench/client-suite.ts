/**
 * Client operations: records of 100 bytes, 200 operations in flight through one official client,
 * against one node (RF 1) and three nodes (RF 2), beside a bare server that parses the same frames
 * and, for RF 2, Redis with WAIT 1. All servers are up at once and the rounds go round them, so that
 * each figure and its limit saw the same machine.
 */
import { join } from "node:path";
import { connect, type LoadResult, runLoad } from "./aerospike-load.ts";
import { Datacenters } from "./datacenters.ts";
import type { BenchOptions } from "./options.ts";
import { cpuUsOf, type Process, type Processes } from "./processes.ts";
import { redisMissing, runRedisLoad, startRedisPair } from "./redis.ts";
import type { Report } from "./report.ts";

const IN_FLIGHT = 200;
const KEYS = 20_000;
const VALUE_BYTES = 100;

interface Target {
  readonly name: string;
  readonly processes: readonly Process[];
  readonly loads: Readonly<Record<string, () => Promise<LoadResult>>>;
}

/** Samples of one load on one target, one a round. */
interface Samples {
  readonly cpuUs: number[];
  readonly perSecond: number[];
  failures: number;
  failure: string | undefined;
}

export async function runClientSuite(
  options: BenchOptions,
  processes: Processes,
  report: Report,
): Promise<void> {
  const targets = [
    await bareTarget(options, processes),
    await meridianTarget(options, processes, { nodes: 1, replicationFactor: 1 }),
    await meridianTarget(options, processes, { nodes: 3, replicationFactor: 2 }),
  ];
  const missing = redisMissing();
  if (missing === undefined) targets.push(await redisTarget(options, processes));
  else report.note(`Redis is not measured: ${missing}`);
  const samples = new Map<string, Samples>();
  for (let round = 0; round < options.rounds; round++) {
    for (let turn = 0; turn < targets.length; turn++) {
      const target = targets[(round + turn) % targets.length];
      if (target !== undefined) await measure(target, samples);
    }
    console.error(`client: round ${round + 1} of ${options.rounds} done`);
  }
  reportAll(report, samples, missing === undefined);
}

async function measure(target: Target, samples: Map<string, Samples>): Promise<void> {
  for (const [kind, run] of Object.entries(target.loads)) {
    const before = cpuUsOf(target.processes);
    const result = await run();
    const cpuUs = cpuUsOf(target.processes) - before;
    const name = `${target.name} ${kind}`;
    const entry = samples.get(name) ?? emptySamples();
    samples.set(name, entry);
    entry.cpuUs.push(cpuUs / result.operations);
    entry.perSecond.push(result.operations / result.seconds);
    entry.failures += result.failures;
    entry.failure ??= result.failure;
  }
}

function emptySamples(): Samples {
  return { cpuUs: [], perSecond: [], failures: 0, failure: undefined };
}

function reportAll(report: Report, samples: Map<string, Samples>, withRedis: boolean): void {
  const of = (name: string): Samples => samples.get(name) ?? emptySamples();
  for (const target of ["RF 1", "RF 2 of 3 nodes"]) {
    for (const kind of ["get", "put"]) {
      const [own, bare] = [of(`${target} ${kind}`), of(`bare ${kind}`)];
      const limit = { name: "bare server", values: bare.cpuUs };
      const most = kind === "get" ? 1.5 : 3;
      // Per put, RF 2 is held against Redis instead.
      const reach =
        kind === "get" || target === "RF 1" ? ({ atMost: most, of: "limit" } as const) : undefined;
      report.add({ name: `CPU per ${kind}, ${target}`, unit: "µs", values: own.cpuUs, limit, reach });
      report.add({
        name: `${kind}s, ${target}`,
        unit: "per s",
        values: own.perSecond,
        limit: { name: "bare server", values: bare.perSecond },
        reach: target === "RF 1" ? { atLeast: 0.8, of: "limit" } : undefined,
      });
      report.add({
        name: `failed ${kind}s, ${target}`,
        unit: "of all",
        values: [own.failures],
        reach: { atMost: 0, of: "bound" },
        note: own.failure,
      });
    }
  }
  if (!withRedis) return;
  const put = of("RF 2 of 3 nodes put");
  const [plain, packed] = [of("Redis SET, then WAIT 1"), of("Redis SET and WAIT 1 in one packet")];
  report.add({
    name: "CPU per put, RF 2 of 3 nodes",
    unit: "µs",
    values: put.cpuUs,
    limit: { name: "Redis SET, then WAIT 1", values: plain.cpuUs },
    reach: { atMost: 2, of: "limit" },
  });
  report.add({
    name: "puts, RF 2 of 3 nodes",
    unit: "per s",
    values: put.perSecond,
    limit: { name: "Redis SET, then WAIT 1", values: plain.perSecond },
  });
  report.add({
    name: "CPU per put, RF 2 of 3 nodes",
    unit: "µs",
    values: put.cpuUs,
    limit: { name: "Redis SET and WAIT 1 in one packet", values: packed.cpuUs },
  });
}

async function aerospikeTarget(
  options: BenchOptions,
  name: string,
  processes: readonly Process[],
  hosts: string,
): Promise<Target> {
  const client = await connect(hosts);
  const load = { inFlight: IN_FLIGHT, keys: KEYS, valueBytes: VALUE_BYTES };
  // Every key is there, and the code is warm, before anything is measured.
  await runLoad(client, { ...load, kind: "put", operations: KEYS });
  await runLoad(client, { ...load, kind: "get", operations: KEYS });
  const timed = { ...load, seconds: options.seconds };
  return {
    name,
    processes,
    loads: {
      put: () => runLoad(client, { ...timed, kind: "put" }),
      get: () => runLoad(client, { ...timed, kind: "get" }),
    },
  };
}

async function bareTarget(options: BenchOptions, processes: Processes): Promise<Target> {
  const server = processes.startNode("bare-server", join(import.meta.dirname, "bare-server.ts"));
  const [, port] = await server.printed(/^(\d+)\n/);
  return await aerospikeTarget(options, "bare", [server], `127.0.0.1:${port}`);
}

async function meridianTarget(
  options: BenchOptions,
  processes: Processes,
  shape: { nodes: number; replicationFactor: number },
): Promise<Target> {
  const name = shape.nodes === 1 ? "RF 1" : `RF ${shape.replicationFactor} of ${shape.nodes} nodes`;
  const folder = join(options.folder, `client-${shape.nodes}`);
  const plan = await Datacenters.plan(processes, {
    datacenters: 1,
    folder,
    ...shape,
    profile: options.profile,
  });
  const datacenter = await plan.start(0, { shipper: false });
  return await aerospikeTarget(options, name, datacenter.nodes, datacenter.hosts);
}

async function redisTarget(options: BenchOptions, processes: Processes): Promise<Target> {
  const pair = await startRedisPair(processes, options.folder);
  const load = { inFlight: IN_FLIGHT, keys: KEYS, valueBytes: VALUE_BYTES, seconds: options.seconds };
  return {
    name: "Redis",
    processes: pair.processes,
    loads: {
      "SET, then WAIT 1": () => runRedisLoad(pair.port, { ...load, pipelined: false }),
      "SET and WAIT 1 in one packet": () => runRedisLoad(pair.port, { ...load, pipelined: true }),
    },
  };
}
