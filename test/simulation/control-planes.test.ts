/**
 * Proves that the nodes' control planes together keep ONE (an epoch of a row has one primary, a
 * version is one map, whoever was told) and LIVE (all is whole again soon after the faults stop),
 * while nodes die, the KV loses answers (K1), tells late (K2), is away (K3), goes back to an older
 * state (K4) or is emptied (K5).
 */
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ControlPlanes } from "./control-planes.ts";

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance", "Date"],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const event = fc.record({
  what: fc.constantFrom("kill", "start", "nats", "back", "empty", "go-back", "teach", "wait"),
  who: fc.nat(2),
  ms: fc.constantFrom(5, 50, 300, 1500, 4000),
});
const chances = fc.record({
  lossy: fc.constantFrom(0, 0.1, 0.3),
  doubtful: fc.constantFrom(0, 0.1, 0.4),
  lateMs: fc.constantFrom(0, 20, 400),
});

async function settle(planes: ControlPlanes): Promise<void> {
  Object.assign(planes.chances, { lossy: 0, doubtful: 0, lateMs: 0 });
  planes.natsBack();
  for (const node of planes.nodes) if (node.core === undefined) planes.start(node);
  for (let round = 0; round < 300 && !planes.whole; round++) {
    await vi.advanceTimersByTimeAsync(100);
    planes.tellLinks();
    planes.teach();
  }
}

test("one primary an epoch whatever happens, and whole again afterwards", async () => {
  let versions = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), chances, fc.array(event, { maxLength: 15 }), async (seed, drawn, events) => {
      const planes = new ControlPlanes(randomFrom(seed));
      Object.assign(planes.chances, drawn);
      for (const node of planes.nodes) planes.start(node);
      await vi.advanceTimersByTimeAsync(3000);
      for (const { what, who, ms } of events) {
        const node = planes.nodes[who];
        if (node === undefined) continue;
        if (what === "kill" && planes.running().length > 1) planes.kill(node);
        else if (what === "start" && node.core === undefined) planes.start(node);
        else if (what === "nats") planes.natsDown = true;
        else if (what === "back") planes.natsBack();
        else if (what === "teach") planes.teach();
        // With all nodes there to remember: what a lone controller never heard of, it cannot restore.
        else if (what === "empty" && planes.running().length === 3) planes.kv.empty();
        else if (what === "go-back" && planes.running().length === 3) {
          const latest = planes.kv.snapshot().entries.at(-1)?.revision ?? 0;
          planes.kv.goBack(Math.max(0, latest - 8));
        }
        await vi.advanceTimersByTimeAsync(ms);
      }
      await settle(planes);
      versions += planes.versions;
      const wholeAtEnd = planes.whole;
      for (const node of planes.nodes) planes.kill(node);
      expect(planes.problems).toEqual([]);
      expect(wholeAtEnd).toBe(true);
      await vi.advanceTimersByTimeAsync(5000);
    }),
    { numRuns: 12 },
  );
  expect(versions).toBeGreaterThan(12);
}, 120_000);

test("what was settled is whole", async () => {
  const planes = new ControlPlanes(randomFrom(7));
  for (const node of planes.nodes) planes.start(node);
  await settle(planes);
  expect(planes.whole).toBe(true);
  planes.kill(planes.nodes[0] as (typeof planes.nodes)[number]);
  await vi.advanceTimersByTimeAsync(3000);
  planes.kv.empty();
  await settle(planes);
  expect(planes.whole).toBe(true);
  for (const node of planes.nodes) planes.kill(node);
});

/** A small generator (mulberry32): the same seed, the same history. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
