/**
 * How far a link is behind in one namespace, in four units, and why: computed from the ship cores when
 * somebody asks. What cannot be known is null, never 0. Pure.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import { figuresOf, oldestOf, slotsOf } from "../ship/core/figures.ts";
import type { ShipState } from "../ship/core/ship-state.ts";
import type { SlotShip } from "../ship/core/slot-ship.ts";
import { unappliedOf } from "../ship/core/unapplied.ts";
import { type Cause, causeOf, gravest, type Signs } from "./cause.ts";

export interface Lag {
  /** Changes that are acknowledged here and not known to be applied there. */
  readonly records: number | null;
  /** Their bytes, estimated for what has not been read from the log. */
  readonly bytes: number | null;
  /** Age of the oldest of them. */
  readonly seconds: number | null;
  /** Changes that no other datacenter is known to have: lost, if this one burned down now. */
  readonly writesAtRisk: number | null;
  /** Of some partitions it is not known: it may be more. */
  readonly atLeast: boolean;
  readonly cause: Cause;
}

/** A partition that is behind. */
export interface PartitionLag {
  readonly partition: number;
  readonly records: number;
  readonly seconds: number;
  readonly cause: Cause;
}

/** What is known of a link besides its core. */
export type LinkSigns = Pick<Signs, "busOpen" | "connected" | "held" | "pace" | "stalled" | "parked">;

export interface AtRisk {
  readonly writes: number;
  /** Partitions of which no datacenter has told what it has. */
  readonly unknown: number;
}

/** Changes of a namespace that no destination is known to have, over the lanes of this instance. */
export function atRisk(ships: readonly ShipState[], namespace: number): AtRisk {
  let writes = 0;
  let unknown = 0;
  const [first] = ships;
  if (first === undefined) return { writes, unknown: 1 };
  for (const slot of slotsOf(first, namespace)) {
    const least = ships.reduce((found, ship) => {
      const one = isOff(ship, namespace) ? undefined : ship.slots[slot.slot];
      return one?.known ? Math.min(found, unappliedOf(one)) : found;
    }, Number.POSITIVE_INFINITY);
    if (Number.isFinite(least)) writes += least;
    if (!Number.isFinite(least) || slot.node < 0) unknown++;
  }
  return { writes, unknown };
}

function isOff({ modes }: ShipState, namespace: number): boolean {
  return modes[namespace]?.enabled === false;
}

/** Of one namespace, over the lanes of this instance. */
export function lagOf(ship: ShipState, namespace: number, signs: LinkSigns, risk: AtRisk, now: number): Lag {
  const writesAtRisk = risk.unknown > 0 && risk.writes === 0 ? null : risk.writes;
  if (isOff(ship, namespace)) {
    return { records: 0, bytes: 0, seconds: 0, writesAtRisk, atLeast: false, cause: "off" };
  }
  const figures = figuresOf(ship, namespace, now);
  const { lagRecords, lagBytes, lagMs, waitingPartitions } = figures;
  const missing = ship.served[namespace] === false;
  let retrying = 0;
  let worst = 0;
  for (const slot of slotsOf(ship, namespace)) {
    if (slot.phase === "backoff") retrying++;
    worst = Math.max(worst, unappliedOf(slot));
  }
  // Of partitions that are not followed now nobody tells what is written meanwhile.
  const atLeast = waitingPartitions > 0 || missing || retrying > 0 || figures.recoveriesPending > 0;
  const known = (count: number): number | null => (atLeast && count === 0 ? null : count);
  const records = missing ? null : known(lagRecords);
  const seconds = lagMs === null || records === null ? null : lagMs / 1000;
  return {
    records,
    // Before anything was shipped, nothing tells how large changes are.
    bytes: records === null || (records > 0 && lagBytes === 0) ? null : lagBytes,
    seconds,
    writesAtRisk,
    atLeast,
    cause: causeOf({
      ...signs,
      shutOut: ship.shutOut,
      served: ship.served[namespace],
      waiting: waitingPartitions,
      recovering: figures.recoveriesPending,
      retrying,
      records,
      seconds,
      worstShare: lagRecords === 0 ? 0 : worst / lagRecords,
      windowFull: ship.windowFull,
    }),
  };
}

/** The partitions that are the furthest behind, the worst first, at most `count`. */
export function worstPartitions(
  ship: ShipState,
  namespace: number,
  signs: LinkSigns,
  now: number,
  count: number,
): PartitionLag[] {
  const behind: { slot: SlotShip; records: number }[] = [];
  if (isOff(ship, namespace)) return [];
  for (const slot of slotsOf(ship, namespace)) {
    const records = unappliedOf(slot);
    if (records > 0) behind.push({ slot, records });
  }
  behind.sort((a, b) => b.records - a.records || (oldestOf(a.slot) ?? now) - (oldestOf(b.slot) ?? now));
  return behind.slice(0, count).map(({ slot, records }) => {
    const seconds = Math.max(0, now - (oldestOf(slot) ?? now)) / 1000;
    const cause = causeOf({
      ...signs,
      shutOut: ship.shutOut,
      served: ship.served[namespace],
      waiting: Number(slot.phase === "idle"),
      recovering: Number(slot.phase === "scan" || slot.phase === "scan-due"),
      retrying: Number(slot.phase === "backoff"),
      records,
      seconds,
      worstShare: 0,
      windowFull: ship.windowFull,
    });
    return { partition: slot.slot % PARTITION_COUNT, records, seconds, cause };
  });
}

/** Puts lags of several namespaces, or of shippers that share a link's lanes, together. */
export function sumLags(lags: readonly Lag[]): Lag {
  const numbers = (pick: (lag: Lag) => number | null): number[] =>
    lags.map(pick).filter((value) => value !== null);
  const sum = (pick: (lag: Lag) => number | null): number | null => {
    const known = numbers(pick);
    const total = known.reduce((all, one) => all + one, 0);
    return total === 0 && known.length < lags.length ? null : total;
  };
  const ages = numbers(({ seconds }) => seconds);
  const oldest = Math.max(0, ...ages);
  return {
    records: sum(({ records }) => records),
    bytes: sum(({ bytes }) => bytes),
    seconds: oldest === 0 && ages.length < lags.length ? null : oldest,
    writesAtRisk: sum(({ writesAtRisk }) => writesAtRisk),
    atLeast: lags.some(({ atLeast, records }) => atLeast || records === null),
    cause: gravest(lags.map(({ cause }) => cause)),
  };
}
