/**
 * SH1 to SH10 (SH1, SH2, SH3, SH4, SH5, SH6, SH7, SH8, SH9, SH10) of xdr-shipper/ship/SPEC.md.
 *
 * Proves of the ship core, over random schedules of loss, repetition, reordering, forgetting,
 * restarts, moved primaries and trimmed logs: the destination ends with every change, no applied
 * position ever covers a change that is not there, the trim horizon never passes one, what is in
 * flight stays within the window, nothing leaves for a destination that shuts the datacenter out, and the
 * lag reads 0 when all is done, and what is missing when nothing arrives.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Faults, NO_FAULTS } from "../simulation/ship-parts.ts";
import { ShipWorld } from "../simulation/ship-world.ts";
import type { Report, ShipEvent } from "../../xdr-shipper/ship/core/events.ts";
import { figuresOf } from "../../xdr-shipper/ship/core/figures.ts";
import { createShip, step } from "../../xdr-shipper/ship/ship.ts";

const BUS_FAULTS: Faults = { ...NO_FAULTS, lose: 10, repeat: 10, reorder: 10, loseReport: 10 };
const NODE_FAULTS: Faults = { ...NO_FAULTS, movePrimary: 3, breakNode: 2, trim: 5 };
const ALL_FAULTS: Faults = {
  ...BUS_FAULTS,
  ...NODE_FAULTS,
  restartShipper: 0.5,
  restartApply: 0.5,
  forget: 0.5,
  closeBus: 1,
  forceTrim: 0.5,
  lose: 5,
  repeat: 5,
  reorder: 5,
  loseReport: 5,
  huge: 2,
};

/** A destination's first full report, which has nothing of the first eight partitions. */
const NOTHING_APPLIED: Report = {
  ...{ reporter: 1, number: 1, lanes: [0], progress: [], busyLanes: [], fullPart: 1, fullParts: 1 },
  sections: [
    { namespace: 0, logId: 0, partitions: [0, 1, 2, 3, 4, 5, 6, 7], positions: new Array(8).fill(0) },
  ],
  served: [true],
  servedLogIds: [9],
  shutOut: false,
};

/** Settling may wait out back-offs and stalls; virtual time is cheap. */
const SETTLE_TURNS = 20_000;

function run(seed: number, faults: Faults, turns: number): ShipWorld {
  const world = new ShipWorld(randomOf(seed), [0, 1, 2, 5, 4095], 3000);
  world.faults = faults;
  for (let turn = 0; turn < turns; turn++) {
    if (turn % 3 === 0) world.write();
    world.turn();
  }
  settle(world);
  return world;
}

function settle(world: ShipWorld): void {
  world.heal();
  let left = SETTLE_TURNS;
  while (!world.settled && left-- > 0) world.turn();
  expect(world.settled).toBe(true);
}

/** mulberry32: small, seeded, good enough to shuffle a world. */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe("the ship core", () => {
  test("ships everything when nothing fails, once", () => {
    const world = run(1, NO_FAULTS, 600);
    expect(world.ship.counts[0]?.reshipped).toBe(0);
    expect(world.origin.recoveries).toBe(0);
  });

  test.each([
    ["lost reports", { ...NO_FAULTS, loseReport: 20 }],
    ["moved primaries and broken connections", { ...NO_FAULTS, movePrimary: 5, breakNode: 3 }],
  ])("ships nothing twice for %s", (_name, faults) => {
    for (let seed = 0; seed < 30; seed++) {
      const world = run(seed, faults, 300);
      expect(world.ship.counts[0]?.reshipped).toBe(0);
    }
  });

  test("the lag is counted to the change while nothing arrives, whatever else the log holds", () => {
    for (let seed = 0; seed < 30; seed++) {
      const world = run(seed, ALL_FAULTS, 200);
      // Caught up, it hears the numbers that it counts from.
      for (let turn = 0; turn < 50; turn++) world.turn();
      world.faults = { ...NO_FAULTS, lose: 100, loseReport: seed % 2 === 0 ? 100 : 0 };
      for (let turn = 0; turn < 150; turn++) {
        if (turn < 50) world.write();
        world.turn();
      }
      const { missing, lag } = world.lags();
      expect(missing).toBeGreaterThan(0);
      expect(lag).toEqual(missing);
    }
  });

  test("and of what is followed it is never less than what is missing, whatever has happened", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 50, max: 300 }), (seed, turns) => {
        const world = new ShipWorld(randomOf(seed), [0, 1, 2, 5, 4095], 3000);
        world.faults = { ...ALL_FAULTS, shutOut: 0 };
        for (let turn = 0; turn < turns; turn++) {
          world.write();
          world.turn();
        }
        world.heal();
        world.faults = { ...NO_FAULTS, lose: 100 };
        for (let turn = 0; turn < 200; turn++) world.turn();
        const { missing, lag } = world.lags();
        expect(lag).toBeGreaterThanOrEqual(missing);
      }),
      { numRuns: 60 },
    );
  });

  test("grants credit to a node that comes after others which never use theirs", () => {
    const windowBytes = 4 * 1024 * 1024;
    const ship = createShip({
      ...{ publisher: 1, namespaces: 1, lanes: 1, messageBytes: 1000, messageDelayMs: 3, scansMax: 2 },
      windowBytes,
      stallMs: 1000,
    });
    const granted = new Set<number>();
    const take = (event: ShipEvent): void => {
      for (const effect of step(ship, event, 0)) if (effect.kind === "credit") granted.add(effect.node);
    };
    take({ kind: "lanes", lanes: [0] });
    take({ kind: "bus", open: true, forgotten: false });
    take({ kind: "report", report: NOTHING_APPLIED });
    for (let node = 0; node < 8; node++) {
      take({ kind: "node-up", node, logIds: [1] });
      take({ kind: "primaries", node, gained: [node], lost: [] });
    }
    expect([...granted]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("a destination that shuts it out is sent nothing more, and all that is missing once it lets it in", () => {
    const world = run(3, NO_FAULTS, 100);
    world.destination.shutOut = true;
    while (!world.ship.shutOut) world.turn();
    for (let turn = 0; turn < 50; turn++) world.turn();
    const { refused } = world.destination;
    for (let turn = 0; turn < 500; turn++) {
      world.write();
      world.turn();
    }
    expect(world.destination.refused).toBe(refused);
    expect(figuresOf(world.ship, 0, world.now).state).toBe("shut-out");
    settle(world);
  });

  test("a rewind ships again what the destination has lost behind its position, and ends", () => {
    for (const from of [0, 1, 40]) {
      const world = run(11, NO_FAULTS, 300);
      world.rewind(from);
      expect(world.settled).toBe(false);
      settle(world);
    }
  });

  test("what is not shipped any more is not read, nor counted as missing", () => {
    const world = run(12, NO_FAULTS, 100);
    world.setModes({ enabled: false });
    for (let turn = 0; turn < 100; turn++) {
      world.write();
      world.turn();
    }
    expect(figuresOf(world.ship, 0, world.now)).toMatchObject({ state: "off", lagRecords: 0 });
    settle(world);
  });

  test("notices a destination that lost a partition while nothing is written", () => {
    const world = run(7, NO_FAULTS, 200);
    world.wipe(3);
    expect(world.settled).toBe(false);
    settle(world);
  });

  test.each([
    ["a bus that loses, repeats and reorders", BUS_FAULTS],
    ["nodes that move primaries, break and trim", NODE_FAULTS],
    ["everything at once", ALL_FAULTS],
    ["a destination that loses partitions", { ...ALL_FAULTS, wipe: 0.5 }],
    ["a destination that shuts it out and lets it in", { ...ALL_FAULTS, shutOut: 3 }],
    ["a namespace that is shipped, and not, and again", { ...ALL_FAULTS, disable: 2 }],
    ["rewinds, of what a destination has lost without knowing it", { ...ALL_FAULTS, rewind: 0.5 }],
  ])("converges under %s", (_name, faults) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 50, max: 500 }), (seed, turns) => {
        run(seed, faults, turns);
      }),
      { numRuns: 60 },
    );
  });

  test("the faults reach what they are meant to: re-shipping and recovery happen", () => {
    let recoveries = 0;
    let reshipped = 0;
    let refused = 0;
    for (let seed = 0; seed < 20; seed++) {
      const world = run(seed, { ...ALL_FAULTS, shutOut: 1 }, 300);
      recoveries += world.origin.recoveries;
      reshipped += world.reshippedBefore + (world.ship.counts[0]?.reshipped ?? 0);
      refused += world.destination.refused;
    }
    expect(recoveries).toBeGreaterThan(0);
    expect(reshipped).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  });
});
