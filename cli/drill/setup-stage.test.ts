/**
 * Proves of a drill's stage, over a set-up that only notes what it is told: everything that a drill changed
 * is put back, once; and what cannot be put back is named and keeps nothing else from it.
 */
import { expect, test } from "vitest";
import { MeridianError } from "../../common/errors.ts";
import type { ProcessStatus, Setup } from "../setup/setup.ts";
import { SetupStage } from "./setup-stage.ts";

const SLOW = { delayMs: 80, jitterMs: 0, kbitPerSecond: 0 };
const FAST = { delayMs: 0, jitterMs: 0, kbitPerSecond: 0 };

/** `broken`: the link that cannot be healed. */
function noting(broken?: string): { setup: Setup; told: string[] } {
  const told: string[] = [];
  const node = (name: string): ProcessStatus => {
    const known = {
      kind: "node" as const,
      datacenter: "dc-a",
      pid: null,
      end: null,
      sinceMs: 0,
      lastLines: [],
    };
    return { ...known, name, state: "down" };
  };
  const links = async (what: string): Promise<never[]> => {
    if (what === broken) throw new MeridianError("UNAVAILABLE", "the link does not answer");
    told.push(what);
    return [];
  };
  const setup: Partial<Setup> = {
    title: "a set-up",
    datacenters: [],
    status: async () => ({ phase: "running", startedAt: "", processes: [node("a1"), node("a2")] }),
    kill: async (names) => names.map((name) => ({ name, pid: null })),
    restart: async (name) => {
      told.push(`start ${name}`);
      return { name, pid: null };
    },
    cutLink: async () => [],
    healLink: (a, b) => links(`heal ${a} ${b}`),
    shapeLink: (a, b, { delayMs }) => links(`shape ${a} ${b} ${delayMs}`),
  };
  return { setup: setup as Setup, told };
}

test("what was changed is put back, and what the drill has put back itself is not mentioned", async () => {
  const { setup, told } = noting();
  const stage = new SetupStage(setup);
  await stage.shapeWan("dc-a", "dc-b", SLOW);
  await stage.shapeWan("dc-a", "dc-b", FAST);
  await stage.shapeWan("dc-a", "dc-c", SLOW);
  await stage.cutWan("dc-a", "dc-b");
  await stage.kill(["a1"]);
  told.splice(0);
  expect(await stage.restore()).toEqual([
    "the WAN between dc-a and dc-c is as fast as before",
    "the WAN between dc-a and dc-b is healed",
    "started: a1",
  ]);
  expect(told).toEqual(["shape dc-a dc-c 0", "heal dc-a dc-b", "start a1"]);
  expect(await stage.restore()).toEqual([]);
});

test("what cannot be put back is named, and all the rest is put back", async () => {
  const { setup, told } = noting("heal dc-a dc-b");
  const stage = new SetupStage(setup);
  await stage.cutWan("dc-a", "dc-b");
  await stage.kill(["a2"]);
  await expect(stage.restore()).rejects.toThrow(
    "not so: the WAN between dc-a and dc-b is healed (the link does not answer); started: a2",
  );
  expect(told).toEqual(["start a2"]);
});
