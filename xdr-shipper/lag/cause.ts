/**
 * Why a link is behind, or would be with the next write: the first of a list of causes that holds. Those
 * that stop everything come before those that make it slow. Pure.
 *
 * A cause that is added is one more row, with one more sign to tell it by.
 */

/** What is to be seen of a link in one namespace, or of one partition of it. */
export interface Signs {
  /** The destination has declared this datacenter lost. */
  readonly shutOut: boolean;
  /** A fence holds this datacenter's changes back. */
  readonly held: boolean;
  /** What the settings do to it now: nothing is shipped, or no more than a pace that is reached. */
  readonly pace: "paused" | "throttled" | null;
  /** This datacenter's own NATS takes messages. */
  readonly busOpen: boolean;
  /** The destination reports its positions. */
  readonly connected: boolean;
  /** The destination has the namespace; undefined until it said so. */
  readonly served: boolean | undefined;
  /** Partitions without a primary here, or without a position told by the destination. */
  readonly waiting: number;
  /** Partitions whose current records are shipped, or wait for it: their log was trimmed. */
  readonly recovering: number;
  /** Partitions that wait before they are shipped again: their messages were lost, or refused there. */
  readonly retrying: number;
  /** Changes not known to be applied; null: not known. */
  readonly records: number | null;
  /** Age of the oldest of them. */
  readonly seconds: number | null;
  /** Nothing has arrived for so long although something should. */
  readonly stalled: boolean;
  /** The destination has told of changes of ours that it cannot apply, and keeps. */
  readonly parked: boolean;
  /** Of those changes, the share of the one partition that has the most of them. */
  readonly worstShare: number;
  /** As much is shipped and not applied as may be. */
  readonly windowFull: boolean;
}

/** Fewer changes than this say nothing about where they pile up. */
const HOT_RECORDS_LEAST = 200;
const HOT_SHARE = 0.5;
/** Younger changes are simply on their way. */
const BEHIND_SECONDS = 1;

const CAUSES = [
  { cause: "shut-out", holds: ({ shutOut }: Signs) => shutOut },
  { cause: "held", holds: ({ held }: Signs) => held },
  { cause: "paused", holds: ({ pace }: Signs) => pace === "paused" },
  { cause: "bus-down", holds: ({ busOpen }: Signs) => !busOpen },
  { cause: "destination-down", holds: ({ connected }: Signs) => !connected },
  { cause: "namespace-missing", holds: ({ served }: Signs) => served === false },
  { cause: "no-primary", holds: ({ waiting }: Signs) => waiting > 0 },
  { cause: "recovery", holds: ({ recovering }: Signs) => recovering > 0 },
  { cause: "parked", holds: ({ stalled, parked }: Signs) => stalled && parked },
  { cause: "lost-or-refused", holds: ({ retrying }: Signs) => retrying > 0 },
  { cause: "throttled", holds: ({ pace }: Signs) => pace === "throttled" },
  // The keys are not looked at here; that much in one of 4,096 partitions is one key, or very few.
  {
    cause: "hot-partition",
    holds: ({ records, worstShare }: Signs) => (records ?? 0) >= HOT_RECORDS_LEAST && worstShare >= HOT_SHARE,
  },
  { cause: "window-full", holds: ({ windowFull }: Signs) => windowFull },
  {
    cause: "behind",
    holds: ({ records, seconds }: Signs) => (records ?? 0) > 0 && (seconds ?? 0) >= BEHIND_SECONDS,
  },
] as const;

/**
 * - none: idle, or what was written just now is on its way.
 * - off: by its settings the namespace is not shipped there, so nothing is behind.
 */
export type Cause = (typeof CAUSES)[number]["cause"] | "none" | "off";

export function causeOf(signs: Signs): Cause {
  return CAUSES.find(({ holds }) => holds(signs))?.cause ?? "none";
}

/** Of several links or namespaces: the one that stands first in the list; off only if all are. */
export function gravest(causes: readonly Cause[]): Cause {
  const isOff = causes.length > 0 && causes.every((cause) => cause === "off");
  return CAUSES.find(({ cause }) => causes.includes(cause))?.cause ?? (isOff ? "off" : "none");
}
