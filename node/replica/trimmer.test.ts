/**
 * Proves what holds the change log and what lets it go (L7, BOUND): a datacenter that lags keeps its
 * entries, up to the log's bound and with the loss declared beyond it; taken out of the configuration
 * it keeps nothing, though its last position was far behind.
 */
import { expect, test } from "vitest";
import { createLogger } from "../../common/log.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { sampleDigest, sampleEntry, sampleImage } from "../../test/conformance/log-samples.ts";
import { MemoryDisk } from "../../test/conformance/memory-engine.ts";
import { FeedHolds } from "../xdr/feed-holds.ts";
import { Trimmer } from "./trimmer.ts";

const SLOT: Slot = 3;
const ENTRIES = 200;
const KEEP_BYTES = 4000;
const PRESENT = 2;
const GONE = 3;
/** A destination that the namespace is not shipped to. */
const UNSHIPPED = 4;
const FEED = JSON.stringify({ name: "all", namespace: "test" });
const CONSUMER = { feed: "all", consumer: "audit", since: 1 };

/** A log that `PRESENT` has applied and `GONE`, which never came, has not. */
async function logAfterTrim(
  destinations: readonly number[],
  maxBytes: number,
  declare: (holds: FeedHolds) => void = () => undefined,
) {
  const storage = await new MemoryDisk().openStorage();
  for (let sequence = 1; sequence <= ENTRIES; sequence++) {
    const digest = sampleDigest(SLOT, sequence);
    const image = sampleImage({ value: `v${sequence}` });
    await storage.write({ entries: [sampleEntry({ slot: SLOT, sequence, digest, image })] }, true);
  }
  const holds = new FeedHolds({ name: "dc-a", feeds: [], namespaces: [{ name: "test" }], remotes: [] });
  const trims: Promise<Slot[]>[] = [];
  const trimmer = new Trimmer({
    storage: {
      logBytes: () => storage.logBytes(),
      trim: (options) => {
        const trim = storage.trim(options);
        trims.push(trim);
        return trim;
      },
    },
    log: createLogger({}, "silent"),
    keepBytes: KEEP_BYTES,
    maxBytes,
    slotCount: SLOT + 1,
    destinations: () => destinations,
    ships: (destination) => destination !== UNSHIPPED,
    holds,
    settled: () => ENTRIES,
    onFailure: (error) => {
      throw error;
    },
  });
  trimmer.noteShipped(PRESENT, SLOT, ENTRIES);
  // Still told by a shipper that knows it; or not at all.
  if (!destinations.includes(GONE)) trimmer.noteShipped(GONE, SLOT, 5);
  declare(holds);
  trimmer.start();
  await expect.poll(() => trims.length, { timeout: 5000 }).toBeGreaterThan(0);
  await Promise.all(trims);
  trimmer.stop();
  const state = { bytes: storage.logBytes(), first: storage.firstSequence(SLOT), gaps: trimmer.declaredGaps };
  await storage.close();
  return state;
}

test("a datacenter that has applied nothing holds the whole log", async () => {
  expect(await logAfterTrim([PRESENT, GONE], 1_000_000)).toMatchObject({ first: 1, gaps: 0 });
});

test("up to the log's bound: what is trimmed beyond it is declared", async () => {
  const { bytes, first, gaps } = await logAfterTrim([PRESENT, GONE], 2 * KEEP_BYTES);
  expect(bytes).toBeLessThanOrEqual(2 * KEEP_BYTES);
  expect(first).toBeGreaterThan(1);
  expect(gaps).toBe(1);
});

test("what a namespace is not shipped to holds nothing, either", async () => {
  const { bytes, gaps } = await logAfterTrim([PRESENT, UNSHIPPED], 1_000_000);
  expect(bytes).toBeLessThanOrEqual(KEEP_BYTES);
  expect(gaps).toBe(0);
});

test("taken out of the configuration it holds nothing, and nothing is declared lost", async () => {
  const { bytes, gaps } = await logAfterTrim([PRESENT], 1_000_000);
  expect(bytes).toBeLessThanOrEqual(KEEP_BYTES);
  expect(gaps).toBe(0);
});

test("a feed's consumer that is declared meanwhile holds all of it, and nothing once it is let go", async () => {
  const declared = { order: 1, feeds: [FEED], consumers: [CONSUMER], removed: [] };
  const held = await logAfterTrim([PRESENT], 1_000_000, (holds) => holds.follow(declared));
  expect(held).toMatchObject({ first: 1, gaps: 0 });
  const { bytes } = await logAfterTrim([PRESENT], 1_000_000, (holds) => {
    holds.follow(declared);
    holds.follow({ order: 2, feeds: [], consumers: [], removed: ["all"] });
  });
  expect(bytes).toBeLessThanOrEqual(KEEP_BYTES);
});
