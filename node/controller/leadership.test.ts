/**
 * Proves that the lease has at most one holder at a time, is taken over when its holder is silent
 * for longer than the lease, at once when it is seen dead or gives up, and that a late watch, an
 * unreachable KV or an emptied one cost time only.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createLogger } from "../../common/log.ts";
import { CONTROLLER_KEY } from "../../proto/subjects.ts";
import { KvModel, type WriteFault } from "../../test/simulation/kv-model.ts";
import { Leadership } from "./leadership.ts";
import { ReliableKv } from "./reliable-kv.ts";

const LEASE_MS = 700;
const log = createLogger({}, "silent");

/** Some nodes with one clock, moved by hand; all promises are run dry after every step. */
class Election {
  nowMs = 1000;
  fault: WriteFault = "none";
  readonly dead = new Set<string>();
  readonly frozen = new Set<string>();
  readonly model = new KvModel({ write: () => this.fault, readable: () => this.fault !== "unreachable" });
  readonly nodes = new Map<string, Leadership>();
  most = 0;

  constructor(...names: string[]) {
    for (const name of names) this.add(name);
  }

  add(name: string): void {
    const kv = new ReliableKv(this.model, () => this.nowMs);
    const leadership = new Leadership({
      kv,
      self: name,
      session: `${name}/1`,
      leaseMs: LEASE_MS,
      clock: { wallMs: () => 0, monotonicMs: () => this.nowMs },
      log,
      seesDead: (id) => this.dead.has(id),
      unfit: () => false,
      onChange: () => undefined,
    });
    let seen = false;
    kv.watch({
      onBegin: () => {
        seen = false;
        leadership.reset();
      },
      onValue: ({ key, value, revision }) => {
        if (key !== CONTROLLER_KEY) return;
        seen = true;
        leadership.observe(value, revision);
      },
      onCurrent: () => {
        if (!seen) leadership.observe(undefined, 0);
      },
    });
    this.nodes.set(name, leadership);
  }

  async advance(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      this.nowMs += 50;
      for (const [name, node] of this.nodes) if (!this.frozen.has(name)) node.tick();
      for (let turn = 0; turn < 30; turn++) await Promise.resolve();
      this.most = Math.max(this.most, this.leaders().length);
    }
  }

  leaders(): string[] {
    return [...this.nodes].filter(([, node]) => node.leads).map(([name]) => name);
  }
}

test("one of three leads, and goes on leading", async () => {
  const election = new Election("a", "b", "c");
  await election.advance(200);
  const [first] = election.leaders();
  await election.advance(10_000);
  expect(election.leaders()).toEqual([first]);
  expect(election.most).toBe(1);
});

test("a frozen holder is replaced after its lease, not before, and finds that it leads no more", async () => {
  const election = new Election("a", "b");
  await election.advance(200);
  const [first] = election.leaders() as [string];
  election.frozen.add(first);
  await election.advance(LEASE_MS - 300);
  expect(election.leaders()).toEqual([first]);
  await election.advance(LEASE_MS + 400);
  const [second] = election.leaders();
  expect(second).not.toBe(first);
  election.frozen.delete(first);
  await election.advance(3000);
  expect(election.leaders()).toEqual([second]);
  expect(election.most).toBe(1);
});

test("a holder seen dead is replaced at once", async () => {
  const election = new Election("a", "b", "c");
  await election.advance(200);
  const [first] = election.leaders() as [string];
  election.frozen.add(first);
  election.dead.add(first);
  await election.advance(50);
  expect(election.nodes.get(first)?.holder).not.toBe(first);
});

test("two that see each other dead do not take turns", async () => {
  const election = new Election("a", "b");
  election.dead.add("a");
  election.dead.add("b");
  let changes = 0;
  let last = "";
  for (let step = 0; step < 100; step++) {
    await election.advance(50);
    const holder = election.nodes.get("a")?.holder ?? "";
    if (holder !== last) changes++;
    last = holder;
  }
  expect(changes).toBeLessThan(5);
});

test("a lease given up is taken at once, by another", async () => {
  const election = new Election("a", "b");
  await election.advance(200);
  const [first] = election.leaders() as [string];
  await election.nodes.get(first)?.release();
  expect(election.leaders()).toEqual([]);
  await election.advance(100);
  expect(election.leaders().length).toBe(1);
});

test("an unreachable KV ends the leading; when it is back there is one leader again", async () => {
  const election = new Election("a", "b", "c");
  await election.advance(200);
  election.fault = "unreachable";
  await election.advance(LEASE_MS + 100);
  expect(election.leaders()).toEqual([]);
  election.fault = "none";
  await election.advance(3000);
  expect(election.leaders().length).toBe(1);
  expect(election.most).toBe(1);
});

test("an emptied KV gets a leader again", async () => {
  const election = new Election("a", "b", "c");
  await election.advance(200);
  election.model.empty();
  await election.advance(3000);
  expect(election.leaders().length).toBe(1);
});

test("a lease that nobody can read ends nobody, and is replaced when it is not renewed (K7)", async () => {
  const election = new Election("a", "b", "c");
  await election.advance(200);
  const [first] = election.leaders() as [string];
  const held = await election.model.last(CONTROLLER_KEY);
  await election.model.attempt(CONTROLLER_KEY, Buffer.from([0xff, 0xff]), held?.revision ?? 0, "newer");
  await election.advance(LEASE_MS - 200);
  expect(election.leaders()).toEqual([]);
  expect(election.nodes.get(first)?.holder).toBe("unreadable");
  await election.advance(3000);
  expect(election.leaders().length).toBe(1);
  expect(election.most).toBe(1);
});

test("never two leaders, whoever freezes and whenever the KV cannot be reached", async () => {
  const step = fc.record({
    freeze: fc.constantFrom("a", "b", "c", "none"),
    fault: fc.constantFrom("none" as const, "none" as const, "unreachable" as const),
    ms: fc.constantFrom(50, 300, 700, 1500),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const election = new Election("a", "b", "c");
      for (const { freeze, fault, ms } of steps) {
        election.frozen.clear();
        if (freeze !== "none") election.frozen.add(freeze);
        election.fault = fault;
        await election.advance(ms);
      }
      election.frozen.clear();
      election.fault = "none";
      await election.advance(3000);
      expect(election.most).toBeLessThanOrEqual(1);
      expect(election.leaders().length).toBe(1);
    }),
    { numRuns: 40 },
  );
});
