/**
 * Proves of a change feed, with a real nats-server, real shipper processes, the real node side over a
 * core in memory and the reader that users have: every version comes, in order per key, while shippers
 * die and primaries move; a consumer that the stream's bound has passed gets what it lacks from the log;
 * one that the log's bound has passed gets a gap and no silence; its position reaches the nodes; and
 * what is not declared is refused by name.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Change, Gap } from "../../cli/changes/change.ts";
import { changes } from "../../cli/changes/changes.ts";
import { parseDatacenterConfig } from "../../common/config.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { FeedHolds } from "../../node/xdr/feed-holds.ts";
import { NatsProcess } from "../process/nats-process.ts";
import { untilTrue } from "../process/until.ts";
import { MemoryDatacenter } from "./memory-datacenter.ts";
import { ShipperProcess } from "./shipper-process.ts";

const WAIT = { timeoutMs: 60_000, intervalMs: 20 };
const STREAM_BYTES = 1024 * 1024;
const KEYS = 60;
const PARTITIONS = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);

let nats: NatsProcess;
let datacenter: MemoryDatacenter;
let config: Record<string, unknown>;
const shippers: ShipperProcess[] = [];

beforeAll(async () => {
  nats = await NatsProcess.start();
  config = {
    name: "dc-a",
    "src-id": 1,
    nats: nats.url,
    namespaces: [{ name: "test" }],
    feeds: [
      { name: "all", namespace: "test", consumers: ["audit", "late"], "retention-bytes": STREAM_BYTES },
    ],
  };
  const node = { name: "n", data: "n", "service-port": 1, "fabric-port": 2, "admin-port": 3 };
  datacenter = new MemoryDatacenter({
    name: "dc-a",
    sourceId: 1,
    logId: 11,
    namespaces: ["test"],
    nodes: 2,
    nats: nats.url,
    holds: new FeedHolds(parseDatacenterConfig({ ...config, nodes: [node] }, "test")),
  });
  await datacenter.start();
  for (const name of ["s1", "s2"]) shippers.push(await ShipperProcess.start(name, config));
}, 60_000);

afterAll(async () => {
  for (const shipper of shippers) await shipper.dispose();
  await datacenter?.close();
  await nats?.dispose();
});

/** A bin `n` in the layout of records. */
function bin(value: number, bytes = 0): Buffer {
  const text = Buffer.from(String(value).padEnd(bytes));
  const head = Buffer.from([0, 0, 0, 0, 1, 3, 0, 1, "n".charCodeAt(0)]);
  head.writeUInt32BE(5 + text.length);
  return Buffer.concat([head, text]);
}

let written = 0;

/** Writes one more version of every key. */
function writeRound(bytes = 0): void {
  written++;
  for (let key = 0; key < KEYS; key++) datacenter.put("test", `k${key}`, bin(written, bytes));
}

/** Reads on in the background, until it is stopped. */
class Reader {
  readonly seen: (Change | Gap)[] = [];
  readonly #ended = new AbortController();
  readonly #reading: Promise<void>;

  constructor(consumer: string | undefined) {
    this.#reading = this.#read(consumer);
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#reading;
  }

  /** Generations of each key as they came, repeats that are marked left out. */
  generations(): number[][] {
    const keys = new Map<string, number[]>();
    for (const change of this.seen) {
      if (change.kind === "gap") continue;
      const generations = keys.get(change.digest) ?? [];
      keys.set(change.digest, generations);
      if (!change.redelivered || !generations.includes(change.generation))
        generations.push(change.generation);
    }
    return [...keys.values()];
  }

  has(generation: number): boolean {
    const keys = this.generations();
    return keys.length === KEYS && keys.every((generations) => generations.at(-1) === generation);
  }

  async #read(consumer: string | undefined): Promise<void> {
    const common = { nats: nats.url, datacenter: "dc-a", feed: "all", signal: this.#ended.signal };
    const which = consumer === undefined ? { from: "oldest" as const } : { consumer };
    for await (const change of changes({ ...common, ...which })) this.seen.push(change);
  }
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

test("every version in order, while primaries move and shippers die and come", async () => {
  const [first, second] = shippers;
  const reader = new Reader("audit");
  try {
    for (const act of [
      () => datacenter.movePrimaries(),
      () => first?.stop("SIGKILL"),
      () => first?.run(),
      () => second?.stop("SIGTERM"),
      () => second?.run(),
    ]) {
      writeRound();
      await act();
      writeRound();
      await untilTrue(`version ${written}`, WAIT, () => reader.has(written));
    }
    expect(reader.generations()).toEqual(Array.from({ length: KEYS }, () => upTo(1, written)));
    await untilTrue("its position at the nodes", WAIT, () => {
      const kept = [...datacenter.shipped].filter(([slot]) => slot.startsWith("256.")).map(([, at]) => at);
      return kept.filter((sequence) => sequence >= written).length >= KEYS - 1;
    });
  } finally {
    await reader.stop();
  }
}, 120_000);

test("the bus deleted: what it had is published again to a consumer that lacks it, marked", async () => {
  const before = new Reader("audit");
  await untilTrue("it goes on", WAIT, () => before.seen.length === 0 || before.has(written));
  await before.stop();
  for (let round = 0; round < 3; round++) writeRound();
  const from = written - 2;
  await nats.kill();
  nats.deleteFolder();
  await nats.run();
  await datacenter.putMap();
  const reader = new Reader("audit");
  try {
    await untilTrue(`version ${written}`, WAIT, () => reader.has(written));
    expect(reader.generations()).toEqual(Array.from({ length: KEYS }, () => upTo(from, written)));
  } finally {
    await reader.stop();
  }
}, 120_000);

test("a consumer that the stream's bound has passed gets what it lacks from the log", async () => {
  // Twice what the stream holds.
  for (let round = 0; round < 8; round++) writeRound((2 * STREAM_BYTES) / KEYS / 8);
  const reader = new Reader("late");
  try {
    await untilTrue(`version ${written}`, WAIT, () => reader.has(written));
    expect(reader.generations()).toEqual(Array.from({ length: KEYS }, () => upTo(1, written)));
    expect(reader.seen.some(({ kind }) => kind === "gap")).toBe(false);
  } finally {
    await reader.stop();
  }
}, 120_000);

test("a consumer that the log's bound has passed is told of the gap", async () => {
  const [shipper] = shippers;
  const before = new Reader("audit");
  await untilTrue(`version ${written}`, WAIT, () => before.has(written));
  await before.stop();
  for (const one of shippers) await one.stop("SIGKILL");
  for (let round = 0; round < 3; round++) writeRound();
  await untilTrue("all is committed", WAIT, () =>
    PARTITIONS.every((slot) => {
      const { committed, first, entries } = datacenter.data(slot);
      return committed === first + entries.length - 1;
    }),
  );
  datacenter.trimAll();
  writeRound();
  shipper?.run();
  const reader = new Reader("audit");
  try {
    await untilTrue(`version ${written}`, WAIT, () => reader.has(written));
    expect(reader.generations()).toEqual(Array.from({ length: KEYS }, () => [written]));
    const gaps = reader.seen.filter(({ kind }) => kind === "gap");
    const missing = gaps.map(({ position }) => position.sequence - position.from + 1);
    expect(missing.reduce((sum, count) => sum + count, 0)).toBe(3 * KEYS);
    expect((await shipper?.status())?.feeds["all"]?.gaps).toBe(gaps.length);
  } finally {
    await reader.stop();
  }
}, 120_000);

test("what is not declared is refused by name", async () => {
  const read = async (feed: string, consumer: string | undefined): Promise<void> => {
    const which = consumer === undefined ? {} : { consumer };
    for await (const change of changes({ nats: nats.url, datacenter: "dc-a", feed, ...which })) {
      throw new Error(`unexpected: ${JSON.stringify(change)}`);
    }
  };
  await expect(read("all", "nobody")).rejects.toThrow(
    /declares no consumer nobody; it declares: audit, late/,
  );
  await expect(read("none", undefined)).rejects.toThrow(/dc-a has no feed none/);
}, 60_000);
