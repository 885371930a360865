/**
 * Proves of what operators do with feeds at run time, with a real nats-server, a real shipper process and the
 * real node side over a core in memory: a feed and a consumer that are declared work without a restart, hold
 * the log and are let go; who reads what is removed is told so by name; who is declared anew begins anew. And
 * that a consumer's position that is moved is where it was moved to: each change after it comes, what the log
 * no longer has is a gap, and whoever reads by the old position is refused.
 */
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Change, Gap } from "../../cli/changes/change.ts";
import { type ChangesOptions, changes } from "../../cli/changes/changes.ts";
import { askFeedLists } from "../../cli/changes/feed-list.ts";
import { moveNow, moveTo } from "../../cli/changes/beginning.ts";
import { Desk } from "../../cli/changes/desk.ts";
import { streamExists } from "../../cli/changes/feed-reader.ts";
import { parseDatacenterConfig } from "../../common/config.ts";
import { changeFeeds, type FeedChange } from "../../common/feeds/feed-orders.ts";
import { FeedHolds } from "../../node/xdr/feed-holds.ts";
import { NatsProcess } from "../process/nats-process.ts";
import { untilTrue } from "../process/until.ts";
import { bin } from "./change-samples.ts";
import { MemoryDatacenter } from "./memory-datacenter.ts";
import { ShipperProcess } from "./shipper-process.ts";

const WAIT = { timeoutMs: 30_000, intervalMs: 20 };
const KEYS = 40;

let nats: NatsProcess;
let datacenter: MemoryDatacenter;
let holds: FeedHolds;
let shipper: ShipperProcess;
const config = {
  name: "dc-a",
  "src-id": 1,
  nats: "",
  namespaces: [{ name: "test" }, { name: "more" }],
  feeds: [{ name: "all", namespace: "test", consumers: ["audit"] }],
};

beforeAll(async () => {
  nats = await NatsProcess.start();
  config.nats = nats.url;
  holds = new FeedHolds(parsed());
  const options = { name: "dc-a", sourceId: 1, logId: 11, namespaces: ["test", "more"], nodes: 2 };
  datacenter = new MemoryDatacenter({ ...options, nats: nats.url, holds });
  await datacenter.start();
  shipper = await ShipperProcess.start("s1", config);
}, 60_000);

afterAll(async () => {
  await shipper?.dispose();
  await datacenter?.close();
  await nats?.dispose();
});

function parsed() {
  const node = { name: "n", data: "n", "service-port": 1, "fabric-port": 2, "admin-port": 3 };
  return parseDatacenterConfig({ ...config, nodes: [node] }, "test");
}

/** As the controller does it: into the map, which nodes and shippers follow. */
async function order(...given: FeedChange[]): Promise<void> {
  holds.follow(changeFeeds(parsed(), holds.orders, given));
  await datacenter.putMap();
  const connection = await connect({ servers: nats.url });
  await untilTrue("the shipper to follow", WAIT, async () => {
    const [list] = await askFeedLists(connection, "dc-a");
    return list?.order === holds.orders.order;
  });
  await connection.close();
}

function write(namespace: string, value: string): void {
  for (let key = 0; key < KEYS; key++) datacenter.put(namespace, `k${key}`, bin("n", 3, Buffer.from(value)));
}

type Chosen = Pick<ChangesOptions, "feed" | "consumer" | "from" | "restart">;

/** Reads on in the background, until it is stopped or the reading ends. */
class Reader {
  readonly seen: (Change | Gap)[] = [];
  failure: unknown;
  readonly #ended = new AbortController();
  readonly #reading: Promise<void>;

  constructor(options: Chosen) {
    this.#reading = this.#read(options).catch((error: unknown) => {
      this.failure = error;
    });
  }

  /** Versions of each key, in the order in which they came. */
  generations(): number[][] {
    const keys = new Map<string, number[]>();
    for (const change of this.seen) {
      if (change.kind === "gap") continue;
      keys.set(change.digest, [...(keys.get(change.digest) ?? []), change.generation]);
    }
    return [...keys.values()];
  }

  has(count: number): boolean {
    return this.seen.length >= count;
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#reading;
    if (this.failure !== undefined) throw this.failure;
  }

  async end(): Promise<string> {
    await this.#reading;
    return this.failure instanceof Error ? this.failure.message : "no failure";
  }

  async #read(options: Chosen): Promise<void> {
    const { signal } = this.#ended;
    const all = { nats: nats.url, datacenter: "dc-a", signal, ...options };
    for await (const change of changes(all)) this.seen.push(change);
  }
}

async function isDeleted(stream: string): Promise<boolean> {
  const connection = await connect({ servers: nats.url });
  try {
    return !(await streamExists(connection, stream));
  } finally {
    await connection.close();
  }
}

test("a feed that is declared tells what the log has, holds it, and ends with its name when removed", async () => {
  write("more", "1");
  await order({ action: "add", feed: { name: "new", namespace: "more", consumers: ["index"] } });
  const hold = holds.current.find(({ feed }) => feed === "new");
  expect(hold).toMatchObject({ consumer: "index@1", namespaceId: 1 });
  const reader = new Reader({ feed: "new", consumer: "index" });
  await untilTrue("what the log has", WAIT, () => reader.has(KEYS));
  write("more", "2");
  await untilTrue("what changes", WAIT, () => reader.has(2 * KEYS));
  expect(reader.generations()).toEqual(Array.from({ length: KEYS }, () => [1, 2]));
  await untilTrue("its position at the nodes", WAIT, () => {
    const kept = [...datacenter.shipped].filter(([slot]) => slot.startsWith(`${hold?.id}.`));
    return kept.filter(([, sequence]) => sequence > 0).length >= KEYS - 1;
  });

  const nameless = new Reader({ feed: "new", from: "oldest" });
  await untilTrue("the stream", WAIT, () => nameless.has(2 * KEYS));
  await order({ action: "remove", feed: "new" });
  expect(await reader.end()).toMatch(/dc-a has no feed new, or it was removed; it has: all/);
  expect(await nameless.end()).toMatch(/dc-a has no feed new, or it was removed/);
  await untilTrue("its stream to be deleted", WAIT, () => isDeleted("CDC_dc-a_new"));
  expect(holds.current.some(({ feed }) => feed === "new")).toBe(false);
  expect((await shipper.metrics()).includes('feed="new"')).toBe(false);
}, 120_000);

test("a consumer that is declared, let go and declared anew begins with all that the log has", async () => {
  write("test", "1");
  const consumer = "late";
  await order({ action: "add-consumer", feed: "all", consumer });
  const audit = new Reader({ feed: "all", consumer: "audit" });
  const first = new Reader({ feed: "all", consumer });
  await untilTrue("both", WAIT, () => first.has(KEYS) && audit.has(KEYS));
  await order({ action: "remove-consumer", feed: "all", consumer });
  expect(await first.end()).toMatch(/feed all declares no consumer late; it declares: audit/);
  write("test", "2");
  await untilTrue("the other one to go on", WAIT, () => audit.has(2 * KEYS));
  expect(audit.generations()).toEqual(Array.from({ length: KEYS }, () => [1, 2]));
  await audit.stop();

  await order({ action: "add-consumer", feed: "all", consumer });
  const second = new Reader({ feed: "all", consumer });
  await untilTrue("all of it once more", WAIT, () => second.has(2 * KEYS));
  expect(second.generations()).toEqual(Array.from({ length: KEYS }, () => [1, 2]));
  await second.stop();
}, 120_000);

test("a position moved back to what the log has, to the records as they stand, and forward", async () => {
  await order({ action: "add", feed: { name: "moved", namespace: "more", consumers: ["one"] } });
  const who = { feed: "moved", consumer: "one" };
  const rounds = 2;
  const reader = new Reader(who);
  await untilTrue("all", WAIT, () => reader.has(rounds * KEYS));
  const back = new Reader({ ...who, from: "oldest", restart: true });
  expect(await back.end()).toMatch(/somebody reads as one: end that first/);
  await reader.stop();
  await once({ ...who, from: "oldest", restart: true }, (read) => {
    if (!read.has(rounds * KEYS)) return false;
    expect(read.generations()).toEqual(Array.from({ length: KEYS }, () => upTo(rounds)));
    expect(read.seen.every((one) => one.kind !== "gap" && one.redelivered)).toBe(true);
    return true;
  });

  await once({ ...who, from: "beginning", restart: true }, (read) => {
    if (!read.has(KEYS)) return false;
    const snapshot = read.seen.map((one) => one.kind === "gap" || [one.operation, one.redelivered].join());
    expect(snapshot).toEqual(Array.from({ length: KEYS }, () => "snapshot,true"));
    return true;
  });
  write("more", "skipped");
  await untilTrue("all to be published", WAIT, async () => {
    return (await shipper.status())?.feeds["moved"]?.lagRecords === 0;
  });
  const connection = await connect({ servers: nats.url });
  const desk = new Desk({ connection, datacenter: "dc-a", ...who });
  expect(await moveNow(desk, moveTo("now", false))).toBe(true);
  await connection.close();
  write("more", "told");
  await once(who, (read) => {
    if (!read.has(KEYS)) return false;
    expect(read.generations()).toEqual(Array.from({ length: KEYS }, () => [rounds + 2]));
    return true;
  });
}, 120_000);

test("a position moved behind what the log has is a gap, and one moved by force ends who reads", async () => {
  const who = { feed: "moved", consumer: "one" };
  const reader = new Reader(who);
  await untilTrue("it to read", WAIT, async () => {
    return (await shipper.status())?.feeds["moved"]?.consumers["one"]?.connected === true;
  });
  write("more", "last");
  await untilTrue("what comes", WAIT, () => reader.has(KEYS));
  const [first] = reader.seen;
  if (first === undefined) throw new Error("nothing was told");
  const { log, partition, sequence } = first.position;
  const setup = await connect({ servers: nats.url });
  const desk = new Desk({ connection: setup, datacenter: "dc-a", ...who });
  await expect(desk.move(moveTo({ log, positions: [[partition, sequence + 1]] }, true))).rejects.toThrow(
    /ends at \d+: \d+ is not there/,
  );
  await expect(desk.move(moveTo({ log: log + 1, positions: [] }, true))).rejects.toThrow(
    /positions are of log/,
  );

  datacenter.trimAll();
  // What is trimmed lies in the stream, which has its own bound.
  const stream = await jetstreamManager(setup);
  await stream.streams.purge("CDC_dc-a_moved");
  write("more", "kept");
  await untilTrue("it too", WAIT, () => reader.has(2 * KEYS));
  expect(await desk.move(moveTo({ log, positions: [[partition, sequence - 1]] }, true))).toBe(true);
  expect(await reader.end()).toMatch(/the position of one was moved meanwhile: begin again/);
  await setup.close();
  // Of others it may have been further than it had reported when it ended.
  await once(who, (read) => {
    const moved = read.seen.filter((one) => one.position.partition === partition);
    if (moved.length < 2) return false;
    expect(moved).toMatchObject([
      { kind: "gap", position: { from: sequence, sequence } },
      { position: { sequence: sequence + 1 } },
    ]);
    return true;
  });
}, 120_000);

/** Reads until `isDone` says so, and stops in order. */
async function once(options: Chosen, isDone: (reader: Reader) => boolean): Promise<void> {
  const reader = new Reader(options);
  try {
    await untilTrue("it to read", WAIT, () => reader.failure !== undefined || isDone(reader));
  } finally {
    await reader.stop();
  }
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
