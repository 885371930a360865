/**
 * Proves of the lag in four units: 0 when idle, right in a burst and in a stall, writes at risk only those
 * that no destination has, unknown (and never 0) where nobody told, and the worst partitions by name.
 */
import { beforeEach, expect, test } from "vitest";
import type { Report, ShipEvent } from "../ship/core/events.ts";
import type { ShipState } from "../ship/core/ship-state.ts";
import { createShip, step } from "../ship/ship.ts";
import { atRisk, type Lag, lagOf, type LinkSigns, sumLags, worstPartitions } from "./lag.ts";

const PARTITIONS = 4096;
const LOG_ID = 7;
const WELL: LinkSigns = {
  busOpen: true,
  connected: true,
  held: false,
  pace: null,
  stalled: false,
  parked: false,
};

let now: number;
/** To dc-b and to dc-c. */
let ships: [Link, Link];

beforeEach(() => {
  now = 1000;
  ships = [new Link(), new Link()];
});

/** One destination, driven by what a node and a destination tell. */
class Link {
  readonly ship: ShipState = createShip({
    ...{ publisher: 1, namespaces: 1, lanes: 1, windowBytes: 4_000_000, messageBytes: 1000 },
    ...{ messageDelayMs: 3, scansMax: 2, stallMs: 60_000 },
  });
  #reports = 0;
  #seek = 0;

  take(event: ShipEvent): void {
    for (const effect of step(this.ship, event, now)) if (effect.kind === "seek") this.#seek = effect.number;
  }

  /** All partitions have a primary, and nothing is applied there. */
  start(): void {
    this.take({ kind: "lanes", lanes: [0] });
    this.take({ kind: "bus", open: true, forgotten: false });
    this.take({ kind: "node-up", node: 1, logIds: [LOG_ID] });
    const slots = Array.from({ length: PARTITIONS }, (_, slot) => slot);
    this.take({ kind: "primaries", node: 1, gained: slots, lost: [] });
    this.report(slots.map((partition) => [partition, 0]));
  }

  report(positions: readonly (readonly [partition: number, position: number])[], served = true): void {
    const report: Report = {
      ...{ reporter: 1, number: ++this.#reports, lanes: [0], progress: [], busyLanes: [], shutOut: false },
      ...{ fullPart: 1, fullParts: 1, served: [served], servedLogIds: [9] },
      sections: [
        {
          ...{ namespace: 0, logId: LOG_ID, partitions: positions.map(([partition]) => partition) },
          positions: positions.map(([, position]) => position),
        },
      ],
    };
    this.take({ kind: "report", report });
  }

  /** A node tells the end of a partition's log, and how many changes of it are its own. */
  committed(slot: number, committed: number, changes: number, next: number): void {
    const status = { slots: [slot], next: [next], committed: [committed], changes: [changes] };
    this.take({ kind: "status", node: 1, seek: this.#seek, ...status });
  }

  /** A node hands out entries (from, to], `count` of them own changes. */
  runs(slot: number, from: number, to: number, count: number): void {
    const columns = { slots: [slot], from: [from], span: [to - from], counts: [count], bytes: [count * 100] };
    this.take({ kind: "runs", node: 1, seek: this.#seek, ...columns, bornAt: now });
  }

  lag(signs: Partial<LinkSigns> = {}): Lag {
    const cores = ships.map(({ ship }) => ship);
    return lagOf(this.ship, 0, { ...WELL, ...signs }, atRisk(cores, 0), now);
  }
}

const IDLE = { records: 0, bytes: 0, seconds: 0, writesAtRisk: 0, atLeast: false, cause: "none" };

test("before the destination has told anything it is unknown", () => {
  const [link] = ships;
  link.take({ kind: "lanes", lanes: [0] });
  expect(link.lag({ connected: false })).toEqual({
    ...{ records: null, bytes: null, seconds: null, writesAtRisk: null },
    ...{ atLeast: true, cause: "destination-down" },
  });
});

test("idle it is 0 in all units, also with a log full of what came by XDR", () => {
  const [link] = ships;
  link.start();
  expect(link.lag()).toEqual(IDLE);
  // 500 entries, none its own; the tail has not come to them.
  link.committed(3, 500, 0, 1);
  expect(link.lag()).toEqual(IDLE);
});

test("in a burst it is what is not applied, with the age of the oldest; then 0 again", () => {
  const [link, other] = ships;
  for (const one of [link, other]) {
    one.start();
    one.runs(3, 1, 20, 15);
    one.committed(3, 60, 40, 21);
  }
  now += 2500;
  expect(link.lag()).toEqual({
    ...{ records: 40, bytes: 4000, seconds: 2.5, writesAtRisk: 40, atLeast: false, cause: "behind" },
  });
  link.report([[3, 20]]);
  other.report([[3, 20]]);
  expect(link.lag()).toMatchObject({ records: 25, bytes: 2500, writesAtRisk: 25 });
  link.runs(3, 21, 60, 25);
  link.report([[3, 60]]);
  expect(link.lag()).toMatchObject({ ...IDLE, writesAtRisk: 0 });
  expect(other.lag()).toMatchObject({ records: 25, writesAtRisk: 0 });
});

test("stalled it goes on counting, and what one destination has is at no risk", () => {
  const [link, other] = ships;
  for (const one of [link, other]) {
    one.start();
    one.runs(3, 1, 10, 10);
    one.committed(3, 10, 10, 11);
  }
  other.report([[3, 10]]);
  now += 60_000;
  link.committed(3, 1010, 300, 11);
  other.committed(3, 1010, 300, 11);
  expect(link.lag({ connected: false })).toMatchObject({
    ...{ records: 300, seconds: 60, writesAtRisk: 290, cause: "destination-down" },
  });
});

test("a loss makes what goes back to the log no younger", () => {
  const [link] = ships;
  link.start();
  link.runs(3, 1, 10, 10);
  link.committed(3, 10, 10, 11);
  now += 30_000;
  link.take({ kind: "bus", open: false, forgotten: true });
  expect(link.lag({ busOpen: false })).toMatchObject({ records: 10, seconds: 30, cause: "bus-down" });
});

test("a namespace that the destination lacks has no lag, and says so", () => {
  const [link] = ships;
  link.start();
  link.report([], false);
  expect(link.lag()).toMatchObject({ records: null, bytes: null, seconds: null, cause: "namespace-missing" });
});

test("the partitions that are the furthest behind are named, the worst first", () => {
  const [link] = ships;
  link.start();
  for (const [slot, count] of [
    [5, 3],
    [9, 300],
    [11, 30],
  ] as const) {
    link.runs(slot, 1, count, count);
    link.committed(slot, count, count, count + 1);
  }
  now += 4000;
  expect(worstPartitions(link.ship, 0, WELL, now, 2)).toEqual([
    { partition: 9, records: 300, seconds: 4, cause: "behind" },
    { partition: 11, records: 30, seconds: 4, cause: "behind" },
  ]);
  expect(link.lag().cause).toBe("hot-partition");
});

test("sums are unknown when only zeros are known, and at least what is known otherwise", () => {
  const idle: Lag = { ...IDLE, cause: "none" };
  const lost: Lag = { ...idle, records: null, seconds: null, cause: "destination-down" };
  expect(sumLags([idle, lost])).toMatchObject({ records: null, seconds: null, atLeast: true, bytes: 0 });
  expect(sumLags([{ ...idle, records: 5, seconds: 2, cause: "behind" }, lost])).toMatchObject({
    ...{ records: 5, seconds: 2, atLeast: true, cause: "destination-down" },
  });
});
