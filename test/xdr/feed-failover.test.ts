/**
 * Proves of a reader that goes on in another datacenter, between two of them with real nats-servers, real
 * shipper processes and the real node side over a core in memory: after the feed of the one is killed under
 * writes in both, the other's feed tells every acknowledged version that the reader had not dealt with, in
 * order per key; what it had is marked, and nothing else is; where the other's log was trimmed past what it
 * lacks there is a gap, and elsewhere there is none.
 */
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Change, Gap } from "../../cli/changes/change.ts";
import { type ChangesOptions, changes, placesOf } from "../../cli/changes/changes.ts";
import { parseDatacenterConfig } from "../../common/config.ts";
import { FeedHolds } from "../../node/xdr/feed-holds.ts";
import { partitionOfDigest } from "../../proto/cluster-map.ts";
import { NatsProcess } from "../process/nats-process.ts";
import { untilTrue } from "../process/until.ts";
import { bin } from "./change-samples.ts";
import { MemoryDatacenter } from "./memory-datacenter.ts";
import { ShipperProcess } from "./shipper-process.ts";

const WAIT = { timeoutMs: 60_000, intervalMs: 20 };
const KEYS = 60;

interface Side {
  readonly name: string;
  readonly nats: NatsProcess;
  readonly datacenter: MemoryDatacenter;
  readonly shipper: ShipperProcess;
}

let a: Side;
let b: Side;

beforeAll(async () => {
  const [natsA, natsB] = [await NatsProcess.start(), await NatsProcess.start()];
  a = await start("dc-a", natsA, 1, { name: "dc-b", "src-id": 2, nats: natsB.url });
  b = await start("dc-b", natsB, 2, { name: "dc-a", "src-id": 1, nats: natsA.url });
}, 60_000);

afterAll(async () => {
  for (const side of [a, b]) {
    await side?.shipper.dispose();
    await side?.datacenter.close();
    await side?.nats.dispose();
  }
});

async function start(name: string, nats: NatsProcess, sourceId: number, remote: object): Promise<Side> {
  const config = {
    ...{ name, "src-id": sourceId, nats: nats.url, namespaces: [{ name: "test" }], remotes: [remote] },
    feeds: [{ name: "all", namespace: "test", consumers: ["audit", "late"] }],
  };
  const node = { name: "n", data: "n", "service-port": 1, "fabric-port": 2, "admin-port": 3 };
  const holds = new FeedHolds(parseDatacenterConfig({ ...config, nodes: [node] }, "test"));
  const options = { name, sourceId, logId: sourceId * 1000 + 7, namespaces: ["test"], nodes: 2 };
  const datacenter = new MemoryDatacenter({ ...options, nats: nats.url, holds });
  await datacenter.start();
  return { name, nats, datacenter, shipper: await ShipperProcess.start(`${name}-s`, config) };
}

const acknowledged = new Set<string>();
let written = 0;

/** A version of every key that is written in this datacenter only: none of them meets a conflict. */
function write(side: Side): void {
  written++;
  for (let key = 0; key < KEYS; key++) {
    const value = `${side.name}/${key}/${written}`;
    side.datacenter.put("test", `${side.name}/${key}`, bin("n", 3, Buffer.from(value)));
    acknowledged.add(value);
  }
}

function told(change: Change | Gap): string {
  return change.kind === "write" ? String(change.bins?.["n"]) : change.kind;
}

type Chosen = Pick<ChangesOptions, "consumer" | "places" | "from" | "restart">;

/** Reads on in the background. */
class Reader {
  readonly seen: (Change | Gap)[] = [];
  readonly #ended = new AbortController();
  readonly #reading: Promise<void>;

  constructor(side: Side, options: Chosen) {
    this.#reading = this.#read(side, options);
  }

  values(): Set<string> {
    return new Set(this.seen.map(told));
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#reading;
  }

  async #read(side: Side, options: Chosen): Promise<void> {
    const { signal } = this.#ended;
    const all = { nats: side.nats.url, datacenter: side.name, feed: "all", signal, ...options };
    for await (const change of changes(all)) this.seen.push(change);
  }
}

function all(...readers: readonly Reader[]): boolean {
  const seen = readers.map((reader) => reader.values());
  return [...acknowledged].every((value) => seen.some((values) => values.has(value)));
}

/** As saved when the reader of dc-a was ended. */
let saved = "";

test("under writes in both, the feed of one killed: every version once unmarked, in order per key", async () => {
  for (const side of [a, b, a]) write(side);
  const places = placesOf();
  const first = new Reader(a, { consumer: "audit", places });
  for (let round = 0; round < 5; round++) {
    for (const side of [a, b]) write(side);
    const before = first.seen.length;
    await untilTrue("some of it", WAIT, () => first.seen.length > before);
  }
  // Not all of it: what is on its way is told by the other one.
  await first.stop();
  saved = JSON.stringify(places);
  for (const side of [a, b, a]) write(side);
  await untilTrue("dc-b to have all", WAIT, () => {
    return b.datacenter.generations("test").size === 2 * KEYS && equal();
  });
  await a.shipper.stop("SIGKILL");
  await a.nats.kill();
  write(b);

  const second = new Reader(b, { consumer: "audit", places: placesOf(saved) });
  await untilTrue("all of it", WAIT, () => all(first, second));
  write(b);
  await untilTrue("what comes", WAIT, () => all(first, second));
  await second.stop();

  const had = first.values();
  for (const change of second.seen) {
    if (change.kind === "gap") throw new Error("a gap");
    expect([told(change), change.redelivered]).toEqual([told(change), had.has(told(change))]);
  }
  const unmarked = second.seen.filter((one) => one.kind !== "gap" && !one.redelivered);
  const last = new Map<string, number>();
  for (const change of [...first.seen, ...unmarked]) {
    if (change.kind === "gap") throw new Error("a gap");
    expect(change.generation).toBe((last.get(change.digest) ?? 0) + 1);
    last.set(change.digest, change.generation);
  }
  // It goes on where it was, whatever was saved elsewhere.
  write(b);
  const third = new Reader(b, { consumer: "audit", places: placesOf(saved) });
  await untilTrue("what comes", WAIT, () => all(first, second, third));
  expect(third.seen).toHaveLength(KEYS);
  await third.stop();
}, 120_000);

test("where dc-b has trimmed what the reader lacks there is a gap, and elsewhere there is none", async () => {
  b.datacenter.trimAll();
  const connection = await connect({ servers: b.nats.url });
  await (await jetstreamManager(connection)).streams.purge("CDC_dc-b_all");
  await connection.close();
  const reader = new Reader(b, { consumer: "late", places: placesOf(saved) });
  const lacking = new Set(
    [...partitionsOf("dc-a"), ...partitionsOf("dc-b")].map((partition) => `${partition}`),
  );
  const gaps = (): string[] =>
    reader.seen.flatMap((one) => (one.kind === "gap" ? [`${one.position.partition}`] : []));
  await untilTrue("the gaps", WAIT, () => [...lacking].every((partition) => gaps().includes(partition)));
  write(b);
  await untilTrue(
    "what comes",
    WAIT,
    () => reader.seen.filter(({ kind }) => kind === "write").length >= KEYS,
  );
  expect(new Set(gaps())).toEqual(lacking);
  await reader.stop();
}, 120_000);

function equal(): boolean {
  const [ones, others] = [a.datacenter.contents(), b.datacenter.contents()];
  return ones.size === others.size && [...ones].every(([key, record]) => others.get(key) === record);
}

function partitionsOf(datacenter: string): number[] {
  return Array.from({ length: KEYS }, (_, key) =>
    partitionOfDigest(createHash("ripemd160").update(`${datacenter}/${key}`).digest()),
  );
}
