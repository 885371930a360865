/**
 * Hostile bytes at the client port: random ones, cut, oversized and bit-flipped requests of every
 * kind, in random chunks over many connections. The process lives, its memory stays bounded, and
 * clients that behave are served all the while.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDoor, type TestDoor } from "./door-set-up.ts";
import { RawClient } from "./raw-client.ts";
import { batch, digestFor, frame, int, request } from "./request-builder.ts";

let t: TestDoor;
let honest: RawClient;

beforeAll(async () => {
  t = await openDoor({ stallMs: 1000, frameBytesMax: 200_000, partialBytesMax: 5_000_000 });
  honest = await RawClient.open(t.door.port);
});
afterAll(async () => {
  honest.close();
  await t.door.stop();
});

const write = { info2: 1, set: "s", userKey: Buffer.from("\u0003k") };
const SAMPLES: readonly Buffer[] = [
  request({ info1: 3 }),
  request({ info1: 1, ops: [{ type: 1, name: "a" }, { type: 1 }] }),
  request({ ...write, ops: [{ type: 2, name: "a", particle: 1, value: int(1) }] }),
  request({
    ...write,
    ops: [
      { type: 5, name: "a", particle: 1, value: int(1) },
      { type: 1, name: "a" },
    ],
  }),
  request({ ...write, ops: [{ type: 9, name: "b", particle: 3, value: Buffer.from("x") }, { type: 11 }] }),
  request({ ...write, ops: [{ type: 2, name: "c", particle: 23, value: Buffer.from([0, 0, 0, 123, 125]) }] }),
  request({ info2: 3 }),
  batch([
    { index: 0, style: "new", info1: 3, digest: digestFor("x") },
    { index: 1, style: "repeat", digest: digestFor("y") },
    { index: 2, style: "old", info1: 3, digest: digestFor("z") },
    {
      index: 3,
      style: "new",
      info2: 1,
      digest: digestFor("x"),
      ops: [{ type: 2, name: "a", particle: 1, value: int(3) }],
    },
  ]),
  frame(1, Buffer.from("node\nreplicas\nstatistics\nnamespace/test\n")),
  frame(2, Buffer.alloc(16)),
  frame(4, Buffer.alloc(40, 3)),
];

const flipped = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })), { maxLength: 6 }),
  )
  .map(([sample, flips]) => {
    const bytes = Buffer.from(sample);
    // Mostly behind the proto header, where there is more to get wrong.
    for (const [place, bit] of flips) {
      const at = place % 10 === 0 ? place % bytes.length : 8 + (place % Math.max(1, bytes.length - 8));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    }
    return bytes;
  });
const cut = fc
  .tuple(fc.constantFrom(...SAMPLES), fc.nat())
  .map(([sample, at]) => sample.subarray(0, at % sample.length));
const random = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const framed = fc.tuple(fc.integer({ min: 1, max: 4 }), random).map(([type, bytes]) => frame(type, bytes));
const oversized = fc.constantFrom(
  Buffer.from([2, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
  Buffer.from([2, 1, 0, 0, 0x7f, 0xff, 0xff, 0xff]),
  frame(3, Buffer.alloc(200_000, 22)),
);
const stream = fc.array(fc.oneof(flipped, flipped, framed, cut, random, oversized), {
  minLength: 1,
  maxLength: 20,
});

test("the door lives through it, and serves others meanwhile", async () => {
  const before = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(stream, fc.array(fc.nat(2000), { maxLength: 6 }), async (parts, cuts) => {
      const bytes = Buffer.concat(parts);
      const attacker = await RawClient.open(t.door.port);
      let at = 0;
      for (const size of cuts) {
        attacker.send(bytes.subarray(at, at + size));
        at += size;
        await new Promise((resolve) => setImmediate(resolve));
      }
      attacker.send(bytes.subarray(at));
      expect((await honest.info("node")).get("node")).toBe(t.id);
      attacker.close();
    }),
    { numRuns: 400 },
  );
  expect(t.door.counters.demarshal_error).toBeGreaterThan(50);
  // Generous, since the test's own frames are in it; a leak of a frame a run would be far more.
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
});

test("hundreds of claims of large frames cost what was sent, not what was claimed", async () => {
  const before = process.memoryUsage().arrayBuffers;
  const attackers = await Promise.all(Array.from({ length: 300 }, () => RawClient.open(t.door.port)));
  for (const attacker of attackers) attacker.send(frame(3, Buffer.alloc(199_000)).subarray(0, 64));
  expect((await honest.info("node")).get("node")).toBe(t.id);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
  await Promise.all(attackers.map((attacker) => attacker.untilClosed()));
  expect(t.door.counters.reaped_fds).toBeGreaterThanOrEqual(300);
});
