/**
 * The control KV in memory, with the faults a real one has: answers that get lost before or after
 * the write took effect, watches that are late, a bucket that is emptied and made anew. Passes the
 * same conformance suite as JetStream; the simulator draws the faults.
 */
import { MeridianError } from "../../common/errors.ts";
import type { BucketWatchHandlers } from "../../common/nats/bucket-watch.ts";
import type { RawEntry, RawKv, RawOutcome } from "../../node/controller/control-kv.ts";

const HISTORY = 5;

interface Stored extends RawEntry {
  readonly key: string;
}

/** What happens to the next write. */
export type WriteFault = "none" | "lost-before" | "lost-after" | "unreachable";

export interface KvFaults {
  /** Asked before each write. */
  readonly write?: (() => WriteFault) | undefined;
  /** Whether the leader can be read now. */
  readonly readable?: (() => boolean) | undefined;
  /** Runs a delivery of a watch now or later, never out of order: how late watches are. */
  readonly deliver?: ((run: () => void) => void) | undefined;
}

export class KvModel implements RawKv {
  readonly history = HISTORY;
  readonly #faults: KvFaults;
  #log: Stored[] = [];
  #revision = 0;
  #incarnation = 1;
  readonly #watches = new Set<ModelWatch>();

  constructor(faults: KvFaults = {}) {
    this.#faults = faults;
  }

  async attempt(
    key: string,
    value: Uint8Array | undefined,
    expected: number,
    nonce: string,
  ): Promise<RawOutcome> {
    const fault = this.#faults.write?.() ?? "none";
    // Whatever a caller sees of the store, it sees after a turn, as over a network.
    await Promise.resolve();
    if (fault === "unreachable") throw new MeridianError("NATS_UNREACHABLE", "model: not sent");
    if (fault === "lost-before") return { kind: "lost" };
    const outcome = this.#apply(key, value, expected, nonce);
    return fault === "lost-after" ? { kind: "lost" } : outcome;
  }

  #apply(key: string, value: Uint8Array | undefined, expected: number, nonce: string): RawOutcome {
    if ((this.#last(key)?.revision ?? 0) !== expected) return { kind: "refused" };
    const entry: Stored = {
      key,
      value: Uint8Array.from(value ?? []),
      revision: ++this.#revision,
      deleted: value === undefined,
      nonce,
    };
    this.#log.push(entry);
    const kept = this.#log.filter((other) => other.key === key);
    if (kept.length > HISTORY) this.#log = this.#log.filter((other) => other !== kept[0]);
    for (const watch of this.#watches) watch.changed(entry);
    return { kind: "written", revision: entry.revision };
  }

  async last(key: string): Promise<RawEntry | undefined> {
    this.#requireReadable();
    await Promise.resolve();
    return this.#last(key);
  }

  async first(key: string, revision: number): Promise<RawEntry | undefined> {
    this.#requireReadable();
    await Promise.resolve();
    return this.#log.find((entry) => entry.key === key && entry.revision >= revision);
  }

  watch(handlers: BucketWatchHandlers): { restart(): void; stop(): void } {
    const watch = new ModelWatch(this, handlers, this.#faults.deliver ?? ((run) => queueMicrotask(run)), () =>
      this.#watches.delete(watch),
    );
    this.#watches.add(watch);
    watch.restart();
    return watch;
  }

  /** The bucket is deleted and made anew: nothing in it, revisions from 1 again. */
  empty(): void {
    this.#log = [];
    this.#revision = 0;
    this.#incarnation++;
    for (const watch of this.#watches) watch.restart();
  }

  /** The latest writes are lost (a power cut with lazy flushing): everything after `revision`. */
  goBack(revision: number): void {
    this.#log = this.#log.filter((entry) => entry.revision <= revision);
    this.#revision = Math.min(this.#revision, revision);
    for (const watch of this.#watches) watch.restart();
  }

  /** The latest entry of every key, and which life of the bucket it is of. */
  snapshot(): { readonly incarnation: string; readonly entries: readonly Stored[] } {
    const latest = new Map(this.#log.map((entry) => [entry.key, entry]));
    const entries = [...latest.values()].sort((a, b) => a.revision - b.revision);
    return { incarnation: String(this.#incarnation), entries };
  }

  #last(key: string): Stored | undefined {
    return this.#log.findLast((entry) => entry.key === key);
  }

  #requireReadable(): void {
    if (this.#faults.readable?.() ?? true) return;
    throw new MeridianError("NATS_UNREACHABLE", "model: the leader does not answer");
  }
}

class ModelWatch {
  readonly #model: KvModel;
  readonly #handlers: BucketWatchHandlers;
  readonly #deliver: (run: () => void) => void;
  readonly #onStop: () => void;
  #session = 0;

  constructor(
    model: KvModel,
    handlers: BucketWatchHandlers,
    deliver: (run: () => void) => void,
    onStop: () => void,
  ) {
    this.#model = model;
    this.#handlers = handlers;
    this.#deliver = deliver;
    this.#onStop = onStop;
  }

  restart(): void {
    const session = ++this.#session;
    const { incarnation, entries } = this.#model.snapshot();
    const inSession = (run: () => void) => (): void => {
      if (session === this.#session) run();
    };
    this.#deliver(inSession(() => this.#handlers.onBegin?.(incarnation)));
    for (const entry of entries) this.#deliver(inSession(() => this.#handlers.onValue(entry)));
    this.#deliver(inSession(() => this.#handlers.onCurrent?.()));
  }

  changed(entry: Stored): void {
    const session = this.#session;
    this.#deliver(() => {
      if (session === this.#session) this.#handlers.onValue(entry);
    });
  }

  stop(): void {
    this.#session = -1;
    this.#onStop();
  }
}
