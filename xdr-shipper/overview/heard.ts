/** The summaries that were heard, by datacenter and shipper, with when; bounded, and forgotten in time. */
import { decodeSummary, type Summary } from "./summary.ts";

/** Older ones are not shown as if they were of now. */
const FRESH_MS = 6000;
const FORGET_MS = 3_600_000;
const INSTANCES_MAX = 32;

export interface Heard {
  /** Of the shippers that are heard now, the newest first. */
  readonly fresh: readonly Summary[];
  /** Since any was heard; null: never. */
  readonly heardMs: number | null;
}

export class HeardSummaries {
  readonly #now: () => number;
  readonly #heard = new Map<string, Map<string, { readonly summary: Summary; readonly at: number }>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A message said to be a summary of `datacenter`; what is none is passed over. */
  take(datacenter: string, bytes: Uint8Array): void {
    const summary = decodeSummary(bytes, datacenter);
    if (summary === undefined) return;
    const now = this.#now();
    const instances = this.#heard.get(datacenter) ?? new Map();
    this.#heard.set(datacenter, instances);
    for (const [instance, { at }] of instances) if (now - at > FORGET_MS) instances.delete(instance);
    if (instances.size >= INSTANCES_MAX && !instances.has(summary.instance)) return;
    instances.set(summary.instance, { summary, at: now });
  }

  of(datacenter: string): Heard {
    const now = this.#now();
    const all = [...(this.#heard.get(datacenter)?.values() ?? [])].sort((a, b) => b.at - a.at);
    const newest = all[0];
    return {
      fresh: all.filter(({ at }) => now - at <= FRESH_MS).map(({ summary }) => summary),
      heardMs: newest === undefined ? null : Math.round(now - newest.at),
    };
  }
}
