/**
 * Proves of readers of a change feed that begin, with a real nats-server, a real shipper process and the
 * real node side over a core in memory: all records as they stand and then every change, without a gap and
 * never backwards, while records are written and deleted; begun anew after a crash, nothing deleted is
 * left standing; a time and positions. And that what a filter leaves out is no hole and no lag.
 */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Positions } from "../../cli/changes/beginning.ts";
import type { Change, Gap } from "../../cli/changes/change.ts";
import { type ChangesOptions, changes } from "../../cli/changes/changes.ts";
import { parseDatacenterConfig } from "../../common/config.ts";
import { FeedHolds } from "../../node/xdr/feed-holds.ts";
import { partitionOfDigest } from "../../proto/cluster-map.ts";
import { NatsProcess } from "../process/nats-process.ts";
import { untilTrue } from "../process/until.ts";
import { bin, op, str } from "../expression/expression-bytes.ts";
import { bin as binOf } from "./change-samples.ts";
import { MemoryDatacenter } from "./memory-datacenter.ts";
import { ShipperProcess } from "./shipper-process.ts";

const WAIT = { timeoutMs: 60_000, intervalMs: 20 };
const KEYS = 200;

/** Bin n is "yes", or it is a tombstone. */
const IS_YES_OR_GONE = op(17, op(1, bin("string", "n"), str("yes")), op(72));

let nats: NatsProcess;
let datacenter: MemoryDatacenter;
let shipper: ShipperProcess;

beforeAll(async () => {
  nats = await NatsProcess.start();
  const config = {
    name: "dc-a",
    "src-id": 1,
    nats: nats.url,
    namespaces: [{ name: "test" }, { name: "more" }, { name: "some" }],
    feeds: [
      { name: "all", namespace: "test", format: "cloudevents", consumers: ["index"] },
      { name: "ends", namespace: "more", format: "protobuf", operations: ["delete"], consumers: ["few"] },
      { name: "picked", namespace: "some", expression: IS_YES_OR_GONE.toString("base64") },
    ],
  };
  const node = { name: "n", data: "n", "service-port": 1, "fabric-port": 2, "admin-port": 3 };
  datacenter = new MemoryDatacenter({
    name: "dc-a",
    sourceId: 1,
    logId: 11,
    namespaces: ["test", "more", "some"],
    nodes: 2,
    nats: nats.url,
    holds: new FeedHolds(parseDatacenterConfig({ ...config, nodes: [node] }, "test")),
  });
  await datacenter.start();
  shipper = await ShipperProcess.start("s1", config);
}, 60_000);

afterAll(async () => {
  await shipper?.dispose();
  await datacenter?.close();
  await nats?.dispose();
});

function textBin(value: string): Buffer {
  return binOf("n", 3, Buffer.from(value));
}

/** Reads on in the background, and keeps what an index of the records would. */
class Index {
  readonly seen: (Change | Gap)[] = [];
  /** Generation of each record that stands. */
  readonly standing = new Map<string, number>();
  readonly problems: string[] = [];
  begun: Positions | undefined;
  readonly #ended = new AbortController();
  readonly #reading: Promise<void>;
  readonly #last = new Map<string, number>();

  constructor(options: Pick<ChangesOptions, "feed" | "consumer" | "from" | "follow">) {
    this.#reading = this.#read(options);
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#reading;
  }

  /** Resolves when the reading has ended by itself. */
  async end(): Promise<void> {
    await this.#reading;
  }

  /** Digests and generations of what the datacenter has in a namespace. */
  isAs(namespace: string): boolean {
    const there = datacenter.generations(namespace);
    return (
      there.size === this.standing.size &&
      [...there].every(([digest, generation]) => this.standing.get(digest) === generation)
    );
  }

  async #read(options: Pick<ChangesOptions, "feed" | "consumer" | "from" | "follow">): Promise<void> {
    const { signal } = this.#ended;
    const onSnapshot = (positions: Positions): void => {
      this.begun = positions;
    };
    for await (const change of changes({
      nats: nats.url,
      datacenter: "dc-a",
      signal,
      onSnapshot,
      ...options,
    }))
      this.#take(change);
  }

  #take(change: Change | Gap): void {
    this.seen.push(change);
    if (change.kind === "gap") {
      this.problems.push("a gap");
      return;
    }
    const { digest, generation, operation, redelivered, kind } = change;
    const before = this.#last.get(digest);
    this.#last.set(digest, generation);
    if (kind === "delete") this.standing.delete(digest);
    else this.standing.set(digest, generation);
    if (redelivered) return;
    // Of what was deleted when the reading began nothing is known.
    const begins = ["snapshot", "insert", "delete"].includes(operation);
    const joins = before === undefined ? begins : operation !== "snapshot" && generation === before + 1;
    if (!joins) this.problems.push(`${digest}: ${generation} (${operation}) after ${before}`);
  }
}

/** Writes and deletes of all keys, in the order of a random number. */
function writeSome(round: number): void {
  for (let key = 0; key < KEYS; key++) {
    const chance = Math.random();
    if (chance < 0.3) datacenter.put("test", `k${key}`, textBin(`${round}`));
    else if (chance < 0.35) datacenter.delete("test", `k${key}`);
  }
}

test("from the beginning, while it is written to and primaries move: no gap, no reorder", async () => {
  for (let key = 0; key < KEYS; key++) datacenter.put("test", `k${key}`, textBin("0"));
  for (let round = 0; round < 3; round++) writeSome(round);
  const onlooker = new Index({ feed: "all", from: "beginning" });
  const declared = new Index({ feed: "all", consumer: "index", from: "beginning" });
  try {
    for (let round = 0; onlooker.begun === undefined || declared.begun === undefined || round < 20; round++) {
      writeSome(round);
      if (round === 5) datacenter.movePrimaries();
      const seen = onlooker.seen.length;
      await untilTrue(`round ${round} to be under way`, WAIT, () => onlooker.seen.length > seen);
    }
    await untilTrue("all to be there", WAIT, () => onlooker.isAs("test") && declared.isAs("test"));
    for (const { problems, seen } of [onlooker, declared]) {
      expect(problems).toEqual([]);
      const kinds = new Set(seen.map((one) => (one.kind === "gap" ? "gap" : one.operation)));
      expect(kinds).toEqual(new Set(["snapshot", "insert", "update", "delete"]));
    }
  } finally {
    await onlooker.stop();
    await declared.stop();
  }
  // It was here before: it goes on, and reads nothing as it stands any more.
  writeSome(0);
  const again = new Index({ feed: "all", consumer: "index", from: "beginning" });
  try {
    await untilTrue("what changed", WAIT, () => again.seen.length > 0);
    expect(again.seen.some((one) => one.kind !== "gap" && one.operation === "snapshot")).toBe(false);
  } finally {
    await again.stop();
  }
}, 120_000);

test("from positions and from a time: what came after, and a time too old is refused", async () => {
  const whole = new Index({ feed: "all", from: "beginning", follow: false });
  await whole.end();
  const { begun } = whole;
  if (begun === undefined) throw new Error("there are no positions");
  const time = new Date();
  for (let key = 0; key < 30; key++) datacenter.put("test", `k${key}`, textBin("after"));
  await untilTrue("all to be published", WAIT, async () => {
    return (await shipper.status())?.feeds["all"]?.lagRecords === 0;
  });
  const readers = [begun, time].map((from) => new Index({ feed: "all", from, follow: false }));
  for (const reader of readers) {
    await reader.end();
    const values = reader.seen.map((one) => one.kind === "write" && one.bins?.["n"]);
    expect(values.filter((value) => value === "after")).toHaveLength(30);
  }
  // By positions exactly that; by a time also what was being published then.
  expect(readers[0]?.seen).toHaveLength(30);
  const old = new Index({ feed: "all", from: new Date(0) });
  await expect(old.end()).rejects.toThrow(/has what was published since 20.*begin there/);
  const named = new Index({ feed: "all", consumer: "index", from: time });
  await expect(named.end()).rejects.toThrow(/a declared consumer goes on where it was/);
}, 120_000);

test("a filtered feed: no holes, no lag; and a partition that is read in parts begins anew whole", async () => {
  // Of one partition, and more than is read ahead of one.
  const keys = keysOfOnePartition(20);
  for (const key of keys) datacenter.put("more", key, textBin("x".repeat(600_000)));
  await datacenter.settled();

  const first = changes({
    nats: nats.url,
    datacenter: "dc-a",
    feed: "ends",
    consumer: "few",
    from: "beginning",
  });
  const handed: string[] = [];
  for await (const change of first) {
    if (change.kind === "write") handed.push(change.digest);
    if (handed.length === 5) break;
  }
  const [gone = ""] = keys.filter((key) => handed.includes(digestOf(key).toString("base64")));
  datacenter.delete("more", gone);
  await datacenter.settled();

  const second = new Index({ feed: "ends", consumer: "few", from: "beginning" });
  try {
    await untilTrue("half of it", WAIT, () => second.seen.length >= 8);
    // What it reads in parts breaks off.
    await shipper.stop("SIGKILL");
    shipper.run();
    await untilTrue("all records", WAIT, () => second.begun !== undefined);
    expect(second.isAs("more")).toBe(true);
    const tombstones = second.seen.filter(({ kind }) => kind === "delete");
    expect(tombstones.map((one) => one.kind === "delete" && one.digest)).toContain(
      digestOf(gone).toString("base64"),
    );
    expect(second.seen.every((one) => one.kind !== "gap" && one.redelivered)).toBe(true);

    const seen = second.seen.length;
    const [kept = "", other = ""] = keys.filter((key) => key !== gone);
    for (let round = 0; round < 50; round++) datacenter.put("more", kept, textBin(`${round}`));
    datacenter.delete("more", other);
    for (let round = 0; round < 50; round++) datacenter.put("more", kept, textBin(`${round}`));
    await untilTrue("the delete", WAIT, () => second.seen.length > seen);
    expect(second.seen.slice(seen)).toMatchObject([
      { kind: "delete", digest: digestOf(other).toString("base64"), redelivered: false },
    ]);
    await untilTrue("no lag", WAIT, async () => {
      const feed = (await shipper.status())?.feeds["ends"];
      return feed?.consumers["few"]?.lagRecords === 0 && feed.lagRecords === 0 && feed.filtered >= 100;
    });
    expect(second.problems).toEqual([]);
  } finally {
    await second.stop();
  }
}, 120_000);

test("a feed by an expression: records that stand, and changes after which they do", async () => {
  const [first, second] = ["k1", "k2"].map((key) => digestOf(key).toString("base64"));
  datacenter.put("some", "k1", textBin("yes"));
  datacenter.put("some", "k2", textBin("no"));
  const index = new Index({ feed: "picked", from: "beginning" });
  try {
    await untilTrue("the records as they stand", WAIT, () => index.begun !== undefined);
    expect(index.seen).toMatchObject([{ operation: "snapshot", digest: first, bins: { n: "yes" } }]);
    datacenter.put("some", "k1", textBin("no"));
    datacenter.put("some", "k2", textBin("yes"));
    datacenter.delete("some", "k1");
    await untilTrue("what passes", WAIT, () => index.seen.length >= 3);
    const told = index.seen.slice(1).map((one) => one.kind !== "gap" && [one.operation, one.digest]);
    expect(told.toSorted()).toEqual([
      ["delete", first],
      ["update", second],
    ]);
    const feed = (await shipper.status())?.feeds["picked"];
    expect(feed?.filtered).toBeGreaterThanOrEqual(1);
  } finally {
    await index.stop();
  }
}, 60_000);

function keysOfOnePartition(count: number): string[] {
  const keys: string[] = [];
  for (let number = 0; keys.length < count; number++) {
    if (partitionOfDigest(digestOf(`k${number}`)) === 7) keys.push(`k${number}`);
  }
  return keys;
}

function digestOf(key: string): Buffer {
  return createHash("ripemd160").update(key).digest();
}
