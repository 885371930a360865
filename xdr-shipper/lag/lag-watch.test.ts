/**
 * Proves of the watch that a stall is said once when it begins, with its cause, and once when it ends; that
 * status and metrics tell of it meanwhile, and that metrics leave out what is not known.
 */
import { afterEach, expect, test } from "vitest";
import { Registry } from "prom-client";
import { createShip, step } from "../ship/ship.ts";
import { registerLagMetrics } from "./lag-metrics.ts";
import { LagWatch } from "./lag-watch.ts";

const watches: LagWatch[] = [];
afterEach(() => {
  for (const watch of watches.splice(0)) watch.close();
});

test("a stall is said once, and its end once; metrics and status tell of it meanwhile", async () => {
  const sizes = { namespaces: 1, lanes: 1, windowBytes: 4_000_000, messageBytes: 1000 };
  const ship = createShip({ publisher: 1, ...sizes, messageDelayMs: 3, scansMax: 2, stallMs: 60_000 });
  step(ship, { kind: "lanes", lanes: [0] }, 0);
  const link = { ship, busOpen: true, held: () => null, options: { namespaces: ["test"] } };
  const ships = new Map([["dc-b", link]]);
  let now = 0;
  const said: string[] = [];
  const say = (fields: object, text: string): void => {
    said.push(`${now / 1000} ${text} ${JSON.stringify(fields)}`);
  };
  const watch = new LagWatch({
    ...{ ships, held: () => false, parked: () => false, now: () => now },
    log: { info: say, warn: say },
  });
  watches.push(watch);
  const registry = new Registry();
  registerLagMetrics(registry, ships, watch, () => now);
  const lookUntil = (seconds: number): void => {
    for (; now < seconds * 1000; now += 1000) watch.look();
  };
  // The destination never says a word.
  lookUntil(9);
  expect(said).toEqual([]);
  lookUntil(30);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^10 shipping stands still .*"cause":"destination-down"/);
  expect(watch.of("dc-b")).toMatchObject({ cause: "destination-down", stalledMs: 30_000 });
  const metrics = await registry.metrics();
  expect(metrics).not.toMatch(/^meridian_xdr_(lag_records|lag_bytes|writes_at_risk)\{/m);
  expect(metrics).toContain('meridian_xdr_stalled_seconds{dc="dc-b",ns="test"} 30');
  expect(metrics).toContain('meridian_xdr_lag_cause{dc="dc-b",ns="test",cause="destination-down"} 1');
  expect(metrics).toContain('meridian_xdr_connected{dc="dc-b"} 0');
  // Something arrives after all.
  const [counts] = ship.counts;
  if (counts !== undefined) counts.success++;
  now += 1000;
  watch.look();
  expect(said).toHaveLength(2);
  expect(said[1]).toMatch(/^31 shipping goes on .*"stoodMs":31000/);
  expect(watch.of("dc-b")?.stalledMs).toBeNull();
});
