/**
 * A planned switchover: writes of one datacenter are fenced, what it has committed is waited for in
 * the other one, which is opened then. Zero loss, or it is called off.
 *
 * Must guarantee: it succeeds only when every change that the old datacenter ever acknowledged is
 * durable in the new one (told by positions and logs, never by time). Whatever stops it before, the
 * old datacenter is opened again, and the new one is left as it was found.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { FenceState } from "../../proto/cluster-map.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";
import { fenceDatacenter, fenceOf, orderFence, unfenceDatacenter } from "./fence.ts";
import { namespacesOf } from "./namespaces.ts";
import { firstDoubt } from "./order.ts";
import { compareLogs } from "./unapplied.ts";

const LOOK_MS = 20;
/** How long it is waited until a datacenter is open again; the order stands in any case. */
const REOPEN_MS = 30_000;
/** All is applied: it is not called off for the last moments of opening. */
const OPEN_MS_LEAST = 3000;
const RETRY_MS = 500;

export interface SwitchoverOptions {
  /** From the fence until everything is applied and the new datacenter is open. */
  readonly timeoutMs: number;
  /** Called before each step. */
  readonly onStep?: ((step: string) => void) | undefined;
  /** Calls it off as a timeout does. */
  readonly signal?: AbortSignal | undefined;
}

export interface SwitchoverOutcome {
  readonly from: string;
  readonly to: string;
  /** The new datacenter has everything and is open; the old one refuses writes. */
  readonly done: boolean;
  /** Why it was called off. */
  readonly reason: string | null;
  /** Partitions, of all namespaces, of which something was not applied when it ended. */
  readonly partitionsBehind: number;
  /** Between the order to fence and the end. */
  readonly seconds: number;
  /** In which no datacenter of the two took writes; 0 when the new one was open all the time. */
  readonly secondsWithoutWrites: number;
  /** What was closed of the old datacenter before. */
  readonly foundFrom: FenceState;
  /** After it was called off: the old datacenter is in all partitions as it was found. */
  readonly reopened: boolean | null;
}

/** Moves the writes of `from` to `to`: see above. */
export async function switchOver(
  from: SetupDatacenter,
  to: SetupDatacenter,
  options: SwitchoverOptions,
): Promise<SwitchoverOutcome> {
  const found = { from: (await fenceOf(from)).state, to: (await fenceOf(to)).state };
  for (const [{ name }, state] of [
    [from, found.from],
    [to, found.to],
  ] as const) {
    if (state !== "held") continue;
    throw new MeridianError(
      "BAD_REQUEST",
      `${name} holds changes back: decide on them first (docs/failover.md)`,
    );
  }
  const attempt = new Attempt(from, to, found, await namespacesOf([from]), options);
  const reason = await attempt.carryOut();
  let reopened: boolean | null = null;
  if (reason !== undefined) {
    options.onStep?.(`calling it off: ${reason}`);
    reopened = await attempt.callOff();
  }
  const { seconds, partitionsBehind } = attempt;
  return {
    from: from.name,
    to: to.name,
    done: reason === undefined,
    reason: reason ?? null,
    partitionsBehind,
    seconds,
    foundFrom: found.from,
    secondsWithoutWrites: found.to === "open" || found.from !== "open" ? 0 : seconds,
    reopened,
  };
}

class Attempt {
  readonly #from: SetupDatacenter;
  readonly #to: SetupDatacenter;
  readonly #found: { readonly from: FenceState; readonly to: FenceState };
  readonly #options: SwitchoverOptions;
  /** By namespace, the partitions that are not known to be applied. */
  readonly #open: ReadonlyMap<string, Set<number>>;
  readonly #startMs = performance.now();
  #opening = false;
  #unknown: string | undefined;

  constructor(
    from: SetupDatacenter,
    to: SetupDatacenter,
    found: { readonly from: FenceState; readonly to: FenceState },
    namespaces: readonly string[],
    options: SwitchoverOptions,
  ) {
    this.#from = from;
    this.#to = to;
    this.#found = found;
    this.#options = options;
    const all = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
    this.#open = new Map(namespaces.map((namespace) => [namespace, new Set(all)]));
  }

  get seconds(): number {
    return (performance.now() - this.#startMs) / 1000;
  }
  get partitionsBehind(): number {
    return [...this.#open.values()].reduce((sum, partitions) => sum + partitions.size, 0);
  }

  /** Undefined when all of it is done; else why it must be called off. */
  async carryOut(): Promise<string | undefined> {
    try {
      return (await this.#fence()) ?? (await this.#drain()) ?? (await this.#openNew());
    } catch (error) {
      return errorMessage(error);
    }
  }

  /** Puts both back, the new datacenter first; whether the old one is in all partitions as it was. */
  async callOff(): Promise<boolean> {
    if (this.#opening) await this.#restore(this.#to, this.#found.to);
    // Whatever became of that: here clients wait.
    return await this.#restore(this.#from, this.#found.from);
  }

  /** Orders what was found, again while the order cannot be given; whether it holds everywhere. */
  async #restore(datacenter: SetupDatacenter, state: FenceState): Promise<boolean> {
    const untilMs = performance.now() + REOPEN_MS;
    return await waitUntil(
      async () => {
        try {
          const timeoutMs = Math.max(0, untilMs - performance.now());
          return (await orderFence(datacenter, state, { timeoutMs })).holds;
        } catch (error) {
          if (!(error instanceof MeridianError)) throw error;
          this.#options.onStep?.(`${datacenter.name} is not ${state} again yet: ${error.message}`);
          return false;
        }
      },
      { timeoutMs: REOPEN_MS, intervalMs: RETRY_MS },
    );
  }

  async #fence(): Promise<string | undefined> {
    const { name } = this.#from;
    this.#options.onStep?.(`fencing writes of ${name}`);
    const state = this.#found.from === "all" ? "all" : "writes";
    const outcome = await fenceDatacenter(this.#from, state, { timeoutMs: this.#leftMs });
    return outcome.holds ? undefined : `the fence of ${name} does not hold: ${firstDoubt(outcome)}`;
  }

  async #drain(): Promise<string | undefined> {
    const { timeoutMs, signal, onStep } = this.#options;
    onStep?.(`waiting until ${this.#to.name} has applied everything of ${this.#from.name}`);
    const isOver = (): boolean => this.partitionsBehind === 0 || signal?.aborted === true;
    await waitUntil(
      async () => {
        await this.#look();
        return isOver();
      },
      { timeoutMs: this.#leftMs, intervalMs: LOOK_MS },
    );
    if (this.partitionsBehind === 0) return undefined;
    if (signal?.aborted) return "it was interrupted";
    const why = this.#unknown === undefined ? "" : ` (${this.#unknown})`;
    const { name } = this.#to;
    return `${name} lacks changes of ${this.partitionsBehind} partitions after ${timeoutMs / 1000} s${why}`;
  }

  /** Nothing is written in the fenced datacenter: a partition that is applied once stays so. */
  async #look(): Promise<void> {
    this.#unknown = undefined;
    for (const [namespace, partitions] of this.#open) {
      if (partitions.size === 0) continue;
      const { applied, unknown } = await compareLogs({
        origin: this.#from,
        survivor: this.#to,
        namespace,
        partitions,
        firstOnly: true,
      });
      for (const partition of applied) partitions.delete(partition);
      this.#unknown ??= [...unknown.values()][0];
    }
  }

  async #openNew(): Promise<string | undefined> {
    if (this.#found.to === "open") return undefined;
    const { name } = this.#to;
    this.#options.onStep?.(`opening ${name}`);
    this.#opening = true;
    const timeoutMs = Math.max(this.#leftMs, OPEN_MS_LEAST);
    const { holds } = await unfenceDatacenter(this.#to, { timeoutMs });
    return holds ? undefined : `${name} does not open in all partitions`;
  }

  get #leftMs(): number {
    return Math.max(0, this.#startMs + this.#options.timeoutMs - performance.now());
  }
}
