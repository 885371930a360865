/**
 * Proves which scenarios are planned on which set-ups: what needs two datacenters is refused on one with the
 * names of those that fit, and those break there nothing that is not there.
 */
import { expect, test } from "vitest";
import type { SetupDatacenter } from "../setup/setup.ts";
import { DRILL_DEFAULTS } from "./drill.ts";
import { planSteps } from "./run-drill.ts";
import { SCENARIOS } from "./scenarios/catalogue.ts";

const OPTIONS = { ...DRILL_DEFAULTS, seed: 0 };

/** dc-a, dc-b, ... with a NATS cluster and two shippers each. */
function stageOf(count: number): { datacenters: readonly SetupDatacenter[] } {
  const datacenters = Array.from({ length: count }, (_, index): SetupDatacenter => {
    const letter = String.fromCharCode("a".charCodeAt(0) + index);
    const named = (...names: string[]) => names.map((name) => `${letter}${name}`);
    return {
      name: `dc-${letter}`,
      sourceId: index + 1,
      nodes: named("1", "2", "3").map((name) => ({ name, adminPort: 0, servicePort: 0 })),
      shippers: named("-shipper-1", "-shipper-2").map((name) => ({ name, adminPort: 0 })),
      nats: named("-nats-1", "-nats-2", "-nats-3"),
      openControl: () => Promise.reject(new Error("nothing is done yet")),
      natsLogin: () => Promise.reject(new Error("nothing is done yet")),
    };
  });
  return { datacenters };
}

test("every scenario is planned on two datacenters and on three", () => {
  for (const count of [2, 3]) {
    for (const scenario of SCENARIOS) {
      const steps = planSteps(scenario, stageOf(count), OPTIONS, "dc-b");
      expect(steps.length, scenario.name).toBeGreaterThan(3);
      expect(steps.map(({ say }) => say).join("\n")).toMatch(/dc-b/);
    }
  }
});

test("on one datacenter, what needs two is refused with the names of those that fit", () => {
  const fitting: string[] = [];
  const refusals: string[] = [];
  for (const scenario of SCENARIOS) {
    try {
      planSteps(scenario, stageOf(1), OPTIONS);
      fitting.push(scenario.name);
    } catch (error) {
      refusals.push(String(error));
    }
  }
  expect(fitting).toEqual(["node-loss", "rolling-restart", "bus-loss", "clock-skew", "random"]);
  for (const refusal of refusals) {
    expect(refusal).toMatch(/needs 2 datacenters, and here is dc-a only; what fits: node-loss, .*, random$/);
  }
});

test("random breaks on one datacenter what is in it, whatever is drawn", () => {
  const scenario = SCENARIOS.find(({ name }) => name === "random") ?? expect.unreachable("random is there");
  const said = (count: number): string => {
    const plans = Array.from({ length: 40 }, (_, seed) =>
      planSteps(scenario, stageOf(count), { ...OPTIONS, seed }),
    );
    return plans.flatMap((steps) => steps.map(({ say }) => say)).join("\n");
  };
  for (const between of [/WAN/, /shipper/]) {
    expect(said(1)).not.toMatch(between);
    expect(said(2)).toMatch(between);
  }
  for (const inside of [/kill -9 of a\d/, /freeze a\d/, /kill -9 of a-nats-1, a-nats-2, a-nats-3/]) {
    expect(said(1)).toMatch(inside);
  }
});
