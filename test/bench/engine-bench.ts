/**
 * Compares embedded engines on the node's real write pattern, for ADR 0001: groups of 200 writes,
 * each a record of 200 bytes under a random digest and an entry in the group's log block, flushed
 * before the next group; then random reads. One process an engine, so that memory is told apart.
 * Prints JSON lines and a table. Linux only (CPU time and flushes are read from /proc).
 *
 *   node test/bench/engine-bench.ts [--writes 100000] [--records 100000] [--rounds 1] [--only lmdb]
 *
 * With several rounds the engines take turns, and the table shows each figure's median.
 */
import { execFileSync } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { blockKey, indexKey, recordKey } from "../../node/store/keys.ts";
import { openStorage } from "../../node/store/level-storage.ts";
import { partitionOfDigest } from "../../proto/cluster-map.ts";
import { encodeEntry, EntryKind, Operation } from "../../proto/entry.ts";
import { encodeImage } from "../../proto/record.ts";
import { type BenchEngine, type EngineOperation, ENGINES } from "./engine-adapters.ts";

const GROUP = 200;
const VALUE_BYTES = 200;
const READS = 20_000;
const BLOCKS_A_GROUP = 4;
const STORAGE = "meridian storage";

interface Result {
  readonly engine: string;
  readonly writes: number;
  /** CPU time of all threads, user and system, a write. */
  readonly cpuUs: number;
  /** Of these, on the event loop's thread. */
  readonly loopUs: number;
  readonly wallUs: number;
  /** Undefined without a synchronous read. */
  readonly readUs: number | undefined;
  readonly readAsyncUs: number;
  readonly diskMb: number;
  readonly rssMb: number;
}

const { values: options } = parseArgs({
  options: {
    writes: { type: "string", default: "100000" },
    records: { type: "string", default: "100000" },
    rounds: { type: "string", default: "1" },
    only: { type: "string" },
    /** Set by the benchmark for its own child processes. */
    child: { type: "string" },
  },
});
const writes = Number(options.writes);
const records = Number(options.records);

if (options.child !== undefined) console.log(JSON.stringify(await measure(options.child)));
else {
  const names = [...Object.keys(ENGINES), STORAGE].filter((name) => (options.only ?? name) === name);
  const rounds = Array.from({ length: Number(options.rounds) }, () => names.map(measureInChild));
  console.log(tableOf(names.map((_, at) => medianOf(rounds.flatMap((round) => round[at] ?? [])))));
}

function measureInChild(name: string): Result {
  const args = [import.meta.filename, "--child", name, "--writes", `${writes}`, "--records", `${records}`];
  const line = execFileSync(process.execPath, args, { encoding: "utf8" }).trim();
  console.log(line);
  return JSON.parse(line);
}

function medianOf(results: readonly Result[]): Result {
  const [first] = results;
  if (first === undefined) throw new Error("at least one round is needed");
  const median = (of: (result: Result) => number): number => {
    const values = results.map(of).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? 0;
  };
  return {
    engine: first.engine,
    writes: first.writes,
    cpuUs: median((one) => one.cpuUs),
    loopUs: median((one) => one.loopUs),
    wallUs: median((one) => one.wallUs),
    readUs: first.readUs === undefined ? undefined : median((one) => one.readUs ?? 0),
    readAsyncUs: median((one) => one.readAsyncUs),
    diskMb: median((one) => one.diskMb),
    rssMb: median((one) => one.rssMb),
  };
}

async function measure(name: string): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "meridian-engine-"));
  const digests = randomFillSync(Buffer.allocUnsafe(records * 20));
  try {
    return name === STORAGE
      ? await measureStorage(folder, digests)
      : await measureEngine(name, folder, digests);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureEngine(name: string, folder: string, digests: Buffer): Promise<Result> {
  const open = ENGINES[name];
  if (open === undefined) throw new Error(`no engine is called ${name}`);
  const engine = await open(folder);
  // Large enough that a compressor finds nothing to gain.
  const pool = randomFillSync(Buffer.allocUnsafe(4 * 1024 * 1024));
  let group = 0;
  const costs = await timeWrites(() => engine.write(groupOperations(digests, pool, group++)));
  const written = Array.from({ length: READS }, () => keyOf(randomDigest(digests)));
  const get = engine.get;
  const readUs = get === undefined ? undefined : perRead(written, get);
  const readAsyncUs = await perReadAsync(written, engine);
  const rssMb = process.memoryUsage.rss() / 1e6;
  await engine.close();
  return { engine: name, writes, ...costs, readUs, readAsyncUs, diskMb: diskMb(folder), rssMb };
}

/** The same writes through the whole storage: images, entries with checksums, counts, index. */
async function measureStorage(folder: string, digests: Buffer): Promise<Result> {
  const storage = await openStorage(folder);
  const none = Buffer.alloc(0);
  const image = encodeImage({
    generation: 1,
    lut: 1n,
    sourceId: 1,
    voidTime: 0,
    tombstone: false,
    seen: [{ sourceId: 1, lut: 1n }],
    setName: none,
    userKey: none,
    binCount: 1,
    bins: randomFillSync(Buffer.allocUnsafe(VALUE_BYTES - 38)),
  });
  const sequences = new Uint32Array(4096);
  const entryOf = () => {
    const digest = randomDigest(digests);
    const partitionId = partitionOfDigest(digest);
    const sequence = (sequences[partitionId] ?? 0) + 1;
    sequences[partitionId] = sequence;
    const origin = { originId: 0, originSequence: 0, originLogId: 0 };
    const kind = { kind: EntryKind.put, operation: Operation.update };
    const bytes = encodeEntry({ ...kind, ...origin, partitionId, epoch: 1, sequence, digest, image });
    return { slot: partitionId, bytes };
  };
  const costs = await timeWrites(() =>
    storage.write({ entries: Array.from({ length: GROUP }, entryOf) }, true),
  );
  const wanted = Array.from({ length: READS }, () => randomDigest(digests));
  const start = performance.now();
  for (const digest of wanted) storage.get(partitionOfDigest(digest), digest);
  const readUs = ((performance.now() - start) * 1000) / READS;
  const rssMb = process.memoryUsage.rss() / 1e6;
  await storage.close();
  return { engine: STORAGE, writes, ...costs, readUs, readAsyncUs: readUs, diskMb: diskMb(folder), rssMb };
}

function groupOperations(digests: Buffer, pool: Buffer, group: number): EngineOperation[] {
  const operations: EngineOperation[] = [];
  const entryBytes = VALUE_BYTES + 64;
  const body = Buffer.allocUnsafe(GROUP * entryBytes);
  for (let at = 0; at < GROUP; at++) {
    const from = Math.floor(Math.random() * (pool.length - VALUE_BYTES));
    const value = pool.subarray(from, from + VALUE_BYTES);
    operations.push({ type: "put", key: keyOf(randomDigest(digests)), value });
    value.copy(body, at * entryBytes + 64);
  }
  const blockBytes = body.length / BLOCKS_A_GROUP;
  for (let at = 0; at < BLOCKS_A_GROUP; at++) {
    const block = group * BLOCKS_A_GROUP + at + 1;
    const entries = body.subarray(at * blockBytes, (at + 1) * blockBytes);
    operations.push({ type: "put", key: blockKey(block), value: entries });
    operations.push({ type: "put", key: indexKey(block), value: entries.subarray(0, 1000) });
  }
  return operations;
}

async function timeWrites(writeGroup: () => Promise<void>) {
  const cpu = process.cpuUsage();
  const loop = loopCpuMs();
  const start = performance.now();
  for (let done = 0; done < writes; done += GROUP) await writeGroup();
  const { user, system } = process.cpuUsage(cpu);
  return {
    cpuUs: (user + system) / writes,
    loopUs: ((loopCpuMs() - loop) * 1000) / writes,
    wallUs: ((performance.now() - start) * 1000) / writes,
  };
}

/** CPU time of the main thread. */
function loopCpuMs(): number {
  const stat = readFileSync(`/proc/self/task/${process.pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function perRead(keys: readonly Buffer[], get: NonNullable<BenchEngine["get"]>): number {
  const start = performance.now();
  for (const key of keys) get(key);
  return ((performance.now() - start) * 1000) / keys.length;
}

async function perReadAsync(keys: readonly Buffer[], engine: BenchEngine): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < keys.length; at += GROUP) {
    await Promise.all(keys.slice(at, at + GROUP).map((key) => engine.getAsync(key)));
  }
  return ((performance.now() - start) * 1000) / keys.length;
}

function randomDigest(digests: Buffer): Buffer {
  const at = Math.floor(Math.random() * records) * 20;
  return digests.subarray(at, at + 20);
}

function keyOf(digest: Buffer): Buffer {
  return recordKey(partitionOfDigest(digest), digest);
}

function diskMb(folder: string): number {
  const bytes = readdirSync(folder).map((name) => statSync(join(folder, name)).blocks * 512);
  return bytes.reduce((sum, one) => sum + one, 0) / 1e6;
}

function tableOf(results: readonly Result[]): string {
  const table = new Table({
    head: [
      "engine",
      "CPU us/write",
      "loop us/write",
      "wall us/write",
      "read us",
      "async read us",
      "disk MB",
      "RSS MB",
    ],
    style: { head: [], border: [] },
  });
  const shown = (value: number | undefined) =>
    value === undefined ? "none" : value.toFixed(value < 100 ? 1 : 0);
  for (const one of results) {
    const { engine, cpuUs, loopUs, wallUs, readUs, readAsyncUs, diskMb: disk, rssMb } = one;
    table.push([engine, ...[cpuUs, loopUs, wallUs, readUs, readAsyncUs, disk, rssMb].map(shown)]);
  }
  return table.toString();
}
