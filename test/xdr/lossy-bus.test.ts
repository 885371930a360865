/**
 * SH2 and SH4 of xdr-shipper/ship/SPEC.md.
 *
 * Proves that the real shells of both ends (ship link, apply link, node side) bring two datacenters
 * to equality over a bus that loses, repeats, reorders, damages and forgets messages and loses
 * reports; that damage is counted and applied nowhere; that what is held stays bounded; and that
 * every change handed in is accounted for.
 */
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../common/clock.ts";
import { SHIP_LANES } from "../../common/limits.ts";
import { createLogger } from "../../common/log.ts";
import { ApplyLink } from "../../xdr-shipper/apply/apply-link.ts";
import { unaccounted } from "../../xdr-shipper/apply/router.ts";
import { ShipLink } from "../../xdr-shipper/ship/ship-link.ts";
import { untilTrue } from "../process/until.ts";
import { BusModel, NO_BUS_FAULTS } from "../simulation/bus-model.ts";
import { MemoryDatacenter } from "./memory-datacenter.ts";

const WAIT = { timeoutMs: 60_000, intervalMs: 20 };
const NAMESPACES = ["test"];
const LANES = Array.from({ length: SHIP_LANES }, (_, lane) => lane);
const WINDOW_BYTES = 4 * 1024 * 1024;

interface Pair {
  readonly a: MemoryDatacenter;
  readonly b: MemoryDatacenter;
  readonly bus: BusModel;
  readonly ship: ShipLink;
  readonly apply: ApplyLink;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(): Promise<Pair> {
  const shared = { namespaces: NAMESPACES, nodes: 2, nats: "" };
  const a = new MemoryDatacenter({ ...shared, name: "dc-a", sourceId: 1, logId: 5 });
  const b = new MemoryDatacenter({ ...shared, name: "dc-b", sourceId: 2, logId: 6 });
  await a.listen();
  await b.listen();
  const bus = new BusModel(seeded(11));
  const clock = systemClock();
  const log = createLogger({}, "silent");
  const common = { namespaces: NAMESPACES, instance: "s", clock, log };
  const ship = new ShipLink({
    ...common,
    datacenter: "dc-a",
    sourceId: 1,
    destination: "dc-b",
    destinationId: 2,
    publisher: 77,
    windowBytes: WINDOW_BYTES,
    settings: () => [],
    members: a.members(),
    openBus: (events) => bus.publisher(events),
    onShutOut: () => undefined,
  });
  const apply = new ApplyLink({
    ...common,
    datacenter: "dc-b",
    sourceId: 2,
    origin: "dc-a",
    originId: 1,
    members: b.members(),
    openBus: (events) => bus.consumer(events),
  });
  ship.setLanes(LANES);
  apply.setLanes(LANES);
  closing.push(
    () => a.close(),
    () => b.close(),
    () => ship.close(),
    () => apply.close(),
  );
  return { a, b, bus, ship, apply };
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

function equal({ a, b }: Pair): boolean {
  const left = a.contents();
  const right = b.contents();
  return left.size === right.size && [...left].every(([key, hash]) => right.get(key) === hash);
}

/** Writes for `ms`, and for as long as what the test is about has not happened. */
async function writeFor(
  ms: number,
  pair: Pair,
  meanwhile: () => void = () => undefined,
  happened: () => boolean = () => true,
): Promise<void> {
  const end = performance.now() + ms;
  let count = 0;
  await untilTrue("time is up", { timeoutMs: ms + 30_000, intervalMs: 10 }, () => {
    for (let index = 0; index < 60; index++) {
      const key = `k${count++ % 3000}`;
      if (count % 17 === 0) pair.a.delete("test", key);
      else pair.a.put("test", key, `v${count}`);
    }
    meanwhile();
    expect(pair.ship.ship.pool.bytes).toBeLessThan(WINDOW_BYTES + 1024 * 1024);
    return performance.now() > end && happened();
  });
}

async function settle(pair: Pair): Promise<void> {
  await untilTrue("both are equal", WAIT, () => equal(pair));
  await untilTrue("nothing is in flight", WAIT, () => pair.ship.ship.pool.runs === 0);
  expect(pair.apply.intake.pendingBytes).toBe(0);
  for (const counts of pair.apply.router.counts) expect(unaccounted(counts)).toBe(0);
}

test("a bus that loses, repeats, reorders and damages messages, and loses reports", async () => {
  const pair = await start();
  pair.bus.faults = { lose: 5, repeat: 5, reorder: 5, damage: 3, loseReport: 10 };
  const { counts } = pair.ship.ship;
  const happened = () => pair.apply.intake.poisoned > 0 && (counts[0]?.reshipped ?? 0) > 0;
  await writeFor(3000, pair, undefined, happened);
  pair.bus.faults = NO_BUS_FAULTS;
  await settle(pair);
}, 90_000);

test("a bus that forgets everything now and then", async () => {
  const pair = await start();
  let turn = 0;
  await writeFor(2000, pair, () => {
    if (turn++ % 20 === 19) pair.bus.forget();
  });
  await settle(pair);
}, 90_000);

test("primaries that move on both sides while messages are in flight", async () => {
  const pair = await start();
  let turn = 0;
  await writeFor(2000, pair, () => {
    if (turn++ % 20 !== 0) return;
    pair.a.movePrimaries();
    pair.b.movePrimaries();
  });
  await settle(pair);
  expect(pair.ship.ship.counts[0]?.recoveries).toBe(0);
}, 90_000);

test("a destination whose primaries are all away holds the window full, and catches up", async () => {
  const pair = await start();
  await writeFor(200, pair);
  await settle(pair);
  pair.b.setPrimaries(undefined);
  await writeFor(1500, pair);
  expect(pair.apply.intake.pendingBytes).toBeLessThan(WINDOW_BYTES * 2);
  expect(equal(pair)).toBe(false);
  pair.b.setPrimaries(0);
  await settle(pair);
}, 90_000);

test("a bus without faults costs nothing twice", async () => {
  const pair = await start();
  await writeFor(1500, pair);
  await settle(pair);
  expect(pair.ship.ship.counts[0]?.reshipped).toBe(0);
  const [counts] = pair.apply.router.counts;
  expect(counts?.gaps).toBe(0);
  expect(counts?.duplicate).toBe(0);
}, 90_000);
