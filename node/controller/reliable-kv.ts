/**
 * Makes outcomes sure: every write carries a nonce, and when its answer is lost the key is read back
 * by that nonce (K1). A write found unapplied is sent again as the same write: it may still be on
 * its way, so "not there" is no proof, but of two copies of one compare-and-set only one can land.
 */
import { randomBytes } from "node:crypto";
import { MeridianError } from "../../common/errors.ts";
import type { BucketWatchHandlers } from "../../common/nats/bucket-watch.ts";
import type { ControlEntry, ControlKv, RawKv, WriteOutcome } from "./control-kv.ts";

/** How long an outcome is looked for before it is left in doubt. */
const RESOLVE_MS = 3000;
const RESOLVE_PAUSE_MS = 50;

type Finding =
  | { readonly kind: "written"; readonly revision: number }
  | { readonly kind: "refused" }
  | { readonly kind: "unapplied" }
  | { readonly kind: "unknown" };

export class ReliableKv implements ControlKv {
  readonly #raw: RawKv;
  readonly #monotonicMs: () => number;

  constructor(raw: RawKv, monotonicMs: () => number) {
    this.#raw = raw;
    this.#monotonicMs = monotonicMs;
  }

  async get(key: string): Promise<ControlEntry | undefined> {
    const entry = await this.#raw.last(key);
    return entry === undefined || entry.deleted ? undefined : entry;
  }

  async create(key: string, value: Uint8Array): Promise<WriteOutcome> {
    const outcome = await this.#write(key, value, 0);
    if (outcome.kind !== "refused") return outcome;
    // A deleted key is at the revision of its delete marker.
    const last = await this.#raw.last(key);
    return last?.deleted ? this.#write(key, value, last.revision) : outcome;
  }

  update(key: string, value: Uint8Array, revision: number): Promise<WriteOutcome> {
    return this.#write(key, value, revision);
  }

  delete(key: string, revision: number): Promise<WriteOutcome> {
    return this.#write(key, undefined, revision);
  }

  watch(handlers: BucketWatchHandlers): { restart(): void; stop(): void } {
    return this.#raw.watch(handlers);
  }

  async #write(key: string, value: Uint8Array | undefined, expected: number): Promise<WriteOutcome> {
    const nonce = randomBytes(12).toString("base64url");
    const first = await this.#raw.attempt(key, value, expected, nonce);
    if (first.kind !== "lost") return first;
    const untilMs = this.#monotonicMs() + RESOLVE_MS;
    while (this.#monotonicMs() < untilMs) {
      const found = await this.#unlessUnreachable(() => this.#find(key, expected, nonce));
      if (found?.kind === "written" || found?.kind === "refused") return found;
      if (found?.kind === "unknown") break;
      if (found?.kind === "unapplied") {
        const again = await this.#unlessUnreachable(() => this.#raw.attempt(key, value, expected, nonce));
        if (again?.kind === "written") return again;
        // Refused: by our own first copy, or by another's write. The next look tells.
        if (again?.kind === "refused") continue;
      }
      await new Promise((resolve) => setTimeout(resolve, RESOLVE_PAUSE_MS));
    }
    return { kind: "in-doubt" };
  }

  /** What became of the write: searched among the entries after the revision it was based on. */
  async #find(key: string, expected: number, nonce: string): Promise<Finding> {
    const last = await this.#raw.last(key);
    if ((last?.revision ?? 0) === expected) return { kind: "unapplied" };
    // The bucket was emptied or went back: the expected revision is no more.
    if (last === undefined || last.revision < expected) return { kind: "refused" };
    let from = expected + 1;
    for (let seen = 0; seen < this.#raw.history; seen++) {
      const entry = await this.#raw.first(key, from);
      if (entry === undefined) return { kind: "refused" };
      if (entry.nonce === nonce) return { kind: "written", revision: entry.revision };
      from = entry.revision + 1;
    }
    // As many others as are kept: ours may have been among those that are not.
    return { kind: "unknown" };
  }

  async #unlessUnreachable<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof MeridianError && error.code === "NATS_UNREACHABLE") return undefined;
      throw error;
    }
  }
}
