/**
 * What every control KV must do, run against the model and against JetStream, so that the model the
 * simulator trusts does not lie about the real thing. `subject.raw` is wrapped here to lose answers
 * at will; `subject.empty` makes the bucket anew.
 */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BucketValue } from "../../common/nats/bucket-watch.ts";
import type { ControlKv, RawKv, RawOutcome } from "../../node/controller/control-kv.ts";
import { ReliableKv } from "../../node/controller/reliable-kv.ts";
import { untilTrue } from "../process/until.ts";

export interface ControlKvSubject {
  readonly raw: RawKv;
  /** Deletes the bucket with all that is in it; it is there again, empty, when this resolves. */
  empty(): Promise<void>;
  dispose(): Promise<void>;
}

/** Loses answers: `before` the write is sent, or `after` it took effect. */
class LossyKv implements RawKv {
  readonly #raw: RawKv;
  readonly #plan: ("before" | "after" | "none")[] = [];

  constructor(raw: RawKv) {
    this.#raw = raw;
  }
  get history(): number {
    return this.#raw.history;
  }
  /** What happens to the answers of the coming attempts. */
  plan(...plan: ("before" | "after" | "none")[]): void {
    this.#plan.push(...plan);
  }
  async attempt(
    key: string,
    value: Uint8Array | undefined,
    expected: number,
    nonce: string,
  ): Promise<RawOutcome> {
    const next = this.#plan.shift() ?? "none";
    if (next === "before") return { kind: "lost" };
    const outcome = await this.#raw.attempt(key, value, expected, nonce);
    return next === "after" ? { kind: "lost" } : outcome;
  }
  last(key: string): ReturnType<RawKv["last"]> {
    return this.#raw.last(key);
  }
  first(key: string, revision: number): ReturnType<RawKv["first"]> {
    return this.#raw.first(key, revision);
  }
  watch(handlers: Parameters<RawKv["watch"]>[0]): ReturnType<RawKv["watch"]> {
    return this.#raw.watch(handlers);
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined): string | undefined => value && new TextDecoder().decode(value);

export function registerControlKvTests(name: string, open: () => Promise<ControlKvSubject>): void {
  describe(`control KV: ${name}`, () => {
    let subject: ControlKvSubject;
    let lossy: LossyKv;
    let kv: ControlKv;

    beforeEach(async () => {
      subject = await open();
      lossy = new LossyKv(subject.raw);
      kv = new ReliableKv(lossy, () => performance.now());
    });
    afterEach(() => subject.dispose());

    async function write(key: string, value: string, revision: number): Promise<number> {
      const outcome = await (revision === 0
        ? kv.create(key, bytes(value))
        : kv.update(key, bytes(value), revision));
      if (outcome.kind !== "written") throw new Error(`${key}=${value} at ${revision}: ${outcome.kind}`);
      return outcome.revision;
    }

    test("a key has no value until it is created, and is created once", async () => {
      expect(await kv.get("a")).toBeUndefined();
      const revision = await write("a", "1", 0);
      expect(await kv.create("a", bytes("2"))).toEqual({ kind: "refused" });
      const entry = await kv.get("a");
      expect([text(entry?.value), entry?.revision]).toEqual(["1", revision]);
    });

    test("an update needs the very revision, and revisions rise over all keys", async () => {
      const first = await write("a", "1", 0);
      const other = await write("b", "1", 0);
      const second = await write("a", "2", first);
      expect(first < other && other < second).toBe(true);
      expect(await kv.update("a", bytes("3"), first)).toEqual({ kind: "refused" });
      expect(await kv.update("a", bytes("3"), second + 1)).toEqual({ kind: "refused" });
      expect(text((await kv.get("a"))?.value)).toBe("2");
    });

    test("a deleted key has no value and can be created again; a stale delete is refused", async () => {
      const first = await write("a", "1", 0);
      const second = await write("a", "2", first);
      expect(await kv.delete("a", first)).toEqual({ kind: "refused" });
      expect((await kv.delete("a", second)).kind).toBe("written");
      expect(await kv.get("a")).toBeUndefined();
      expect(await write("a", "3", 0)).toBeGreaterThan(second);
    });

    test("values of every length survive, empty and large", async () => {
      for (const [index, length] of [0, 1, 65_536, 700_000].entries()) {
        const value = new Uint8Array(length).map((_, at) => at % 251);
        await kv.create(`size${index}`, value);
        const entry = await kv.get(`size${index}`);
        expect(Buffer.compare(entry?.value ?? new Uint8Array(1), value)).toBe(0);
      }
    });

    test("K1: an answer lost after the write is found out as written, before it as sent again", async () => {
      const first = await write("a", "1", 0);
      lossy.plan("after");
      const second = await write("a", "2", first);
      expect((await kv.get("a"))?.revision).toBe(second);
      lossy.plan("before");
      const third = await write("a", "3", second);
      lossy.plan("before", "after");
      const fourth = await write("a", "4", third);
      expect([text((await kv.get("a"))?.value), (await kv.get("a"))?.revision]).toEqual(["4", fourth]);
    });

    test("K1: a write whose answer was lost counts as written although another came on top", async () => {
      const first = await write("a", "1", 0);
      lossy.plan("after");
      const mine = kv.update("a", bytes("mine"), first);
      await untilTrue("the write landed", { timeoutMs: 5000, intervalMs: 1 }, async () => {
        const last = await subject.raw.last("a");
        return text(last?.value) === "mine";
      });
      const landed = await subject.raw.last("a");
      await subject.raw.attempt("a", bytes("theirs"), landed?.revision ?? 0, "other");
      expect(await mine).toEqual({ kind: "written", revision: landed?.revision });
    });

    test("K1: a lost try that another's write beat is refused, and stays without effect", async () => {
      const first = await write("a", "1", 0);
      await subject.raw.attempt("a", bytes("theirs"), first, "other");
      lossy.plan("before");
      expect(await kv.update("a", bytes("mine"), first)).toEqual({ kind: "refused" });
      lossy.plan("after");
      expect(await kv.update("a", bytes("mine"), first)).toEqual({ kind: "refused" });
      expect(text((await kv.get("a"))?.value)).toBe("theirs");
    });

    test("more writes on top than are kept leave a lost answer in doubt, never guessed", async () => {
      let revision = await write("a", "0", 0);
      const base = revision;
      for (let index = 0; index <= subject.raw.history; index++) revision = await write("a", "x", revision);
      lossy.plan("before");
      expect(await kv.update("a", bytes("mine"), base)).toEqual({ kind: "in-doubt" });
    });

    test("of many that update at once exactly one wins", async () => {
      const base = await write("a", "0", 0);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => kv.update("a", bytes(String(index)), base)),
      );
      expect(outcomes.filter((outcome) => outcome.kind === "written").length).toBe(1);
      expect(outcomes.filter((outcome) => outcome.kind === "refused").length).toBe(9);
    });

    test("a watch gives what is there, says so, and then every change in order", async () => {
      const first = await write("a", "1", 0);
      await write("b", "1", 0);
      const seen: string[] = [];
      let current = false;
      const watch = kv.watch({
        onValue: (value: BucketValue) =>
          seen.push(`${current ? "+" : ""}${value.key}=${value.deleted ? "-" : text(value.value)}`),
        onCurrent: () => {
          current = true;
        },
      });
      await untilTrue("current", { timeoutMs: 5000, intervalMs: 5 }, () => current);
      const second = await write("a", "2", first);
      await kv.delete("a", second);
      await untilTrue("changes", { timeoutMs: 5000, intervalMs: 5 }, () => seen.length >= 4);
      watch.stop();
      expect(seen).toEqual(["a=1", "b=1", "+a=2", "+a=-"]);
    });

    test("a watch of an empty bucket is current at once, and a restart gives everything anew", async () => {
      const log: string[] = [];
      const watch = kv.watch({
        onBegin: () => log.push("begin"),
        onValue: (value) => log.push(value.key),
        onCurrent: () => log.push("current"),
      });
      await untilTrue("current", { timeoutMs: 5000, intervalMs: 5 }, () => log.includes("current"));
      await write("a", "1", 0);
      await untilTrue("change", { timeoutMs: 5000, intervalMs: 5 }, () => log.includes("a"));
      watch.restart();
      await untilTrue("again", { timeoutMs: 5000, intervalMs: 5 }, () => log.length >= 6);
      watch.stop();
      expect(log).toEqual(["begin", "current", "a", "begin", "a", "current"]);
    });

    test("K5: an emptied bucket is a new one: no values, no old revision, a watch that says so", async () => {
      const revision = await write("a", "1", 0);
      const incarnations: string[] = [];
      const keys: string[] = [];
      const watch = kv.watch({
        onBegin: (incarnation) => {
          incarnations.push(incarnation);
          keys.length = 0;
        },
        onValue: (value) => keys.push(value.key),
      });
      await untilTrue("first session", { timeoutMs: 5000, intervalMs: 5 }, () => keys.length === 1);
      await subject.empty();
      expect(await kv.get("a")).toBeUndefined();
      expect(await kv.update("a", bytes("2"), revision)).toEqual({ kind: "refused" });
      await untilTrue("second session", { timeoutMs: 10_000, intervalMs: 5 }, () => incarnations.length >= 2);
      expect(new Set(incarnations).size).toBe(2);
      await write("b", "1", 0);
      await untilTrue("goes on", { timeoutMs: 5000, intervalMs: 5 }, () => keys.includes("b"));
      watch.stop();
      expect(keys).toEqual(["b"]);
    });

    test("random writers with lost answers: every outcome is the truth", async () => {
      const loss = fc.constantFrom("none" as const, "before" as const, "after" as const);
      const action = fc.record({ losses: fc.array(loss, { maxLength: 3 }), stale: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
          const key = `k${Math.random().toString(36).slice(2)}`;
          let revision = 0;
          for (const [index, { losses, stale }] of actions.entries()) {
            lossy.plan(...losses);
            const expected = stale && revision > 0 ? revision - 1 : revision;
            const outcome = await (expected === 0
              ? kv.create(key, bytes(String(index)))
              : kv.update(key, bytes(String(index)), expected));
            const now = await kv.get(key);
            if (outcome.kind === "written") {
              expect([text(now?.value), now?.revision]).toEqual([String(index), outcome.revision]);
              revision = outcome.revision;
            } else {
              expect(outcome.kind).toBe("refused");
              expect(now?.revision ?? 0).toBe(revision);
            }
          }
        }),
        { numRuns: 15 },
      );
    });
  });
}
