/**
 * Positions between datacenters. Fed with views of an origin partition's log and of the destinations,
 * taken together. Claims, where both speak of the same log id:
 * - what an origin believes of a destination is durable there;
 * - a durable position is not above what the origin committed;
 * - whatever the position covers is in the destination's data: its record has seen the change;
 * - a destination's durable position never falls;
 * - an origin's log is not trimmed above the durable position of any configured destination, unless it
 *   declared the gap to that destination.
 */
import { hasSeen, type RecordVersion, type SeenField } from "./version-order.ts";

/** Equal for one log only. */
export type LogId = string | number;

export interface Position {
  readonly logId: LogId;
  readonly sequence: number;
}

export interface OriginView {
  readonly datacenter: string;
  readonly partition: string;
  readonly logId: LogId;
  /** Highest sequence that is trimmed; 0: none. */
  readonly base: number;
  readonly committed: number;
}

export interface DestinationView {
  readonly datacenter: string;
  /** Whether the origin ships to it. */
  readonly configured: boolean;
  /** Log id and sequence on its disk; undefined: it has none for this origin and partition. */
  readonly durable: Position | undefined;
  /** What the origin believes of it; undefined: it knows nothing. */
  readonly believed: Position | undefined;
  /** Up to where the origin declared that it cannot ship from its log; 0: nothing. */
  readonly declaredGap: number;
}

/** A change that an origin committed and ships. */
export interface ShippedChange {
  readonly sequence: number;
  readonly key: string;
  readonly version: RecordVersion;
}

export class CursorChecker {
  readonly problems: string[] = [];
  /** By destination, then by origin and partition: the highest of the log that was told last. */
  readonly #durable = new Map<string, Map<string, Position>>();

  observe(origin: OriginView, destinations: readonly DestinationView[]): void {
    for (const destination of destinations) {
      this.#checkDurable(origin, destination);
      this.#checkBelieved(origin, destination);
      this.#checkTrim(origin, destination);
    }
  }

  /** The destination starts anew: its positions may go back. */
  forget(datacenter: string): void {
    this.#durable.delete(datacenter);
  }

  /** Every change up to the position is in the destination's data. `seenOf`: of a record there. */
  checkApplied(
    origin: OriginView,
    destination: DestinationView,
    changes: readonly ShippedChange[],
    seenOf: (key: string) => readonly SeenField[],
  ): void {
    const sequence = sameLog(origin, destination.durable);
    if (sequence === undefined) return;
    for (const { sequence: at, key, version } of changes) {
      if (at > sequence || hasSeen({ seen: seenOf(key) }, version)) continue;
      this.#report(
        origin,
        destination,
        `is at ${sequence}, but change ${at} of record ${key} is not in its data`,
      );
    }
  }

  #checkDurable(origin: OriginView, destination: DestinationView): void {
    const sequence = sameLog(origin, destination.durable);
    if (sequence === undefined) return;
    if (sequence > origin.committed) {
      this.#report(origin, destination, `is at ${sequence}, and only ${origin.committed} is committed`);
    }
    const known = this.#durable.get(destination.datacenter) ?? new Map<string, Position>();
    this.#durable.set(destination.datacenter, known);
    const key = `${origin.datacenter} ${origin.partition}`;
    const before = sameLog(origin, known.get(key)) ?? 0;
    if (sequence < before) this.#report(origin, destination, `falls from ${before} to ${sequence}`);
    else known.set(key, { logId: origin.logId, sequence });
  }

  #checkBelieved(origin: OriginView, destination: DestinationView): void {
    const believed = sameLog(origin, destination.believed);
    if (believed === undefined) return;
    const durable = sameLog(origin, destination.durable) ?? 0;
    if (believed > durable) {
      this.#report(origin, destination, `is believed to be at ${believed}, and ${durable} is durable`);
    }
  }

  #checkTrim(origin: OriginView, destination: DestinationView): void {
    if (!destination.configured) return;
    const durable = sameLog(origin, destination.durable) ?? 0;
    if (origin.base <= Math.max(durable, destination.declaredGap)) return;
    this.#report(
      origin,
      destination,
      `is at ${durable}, and the log is trimmed up to ${origin.base}, undeclared`,
    );
  }

  #report(origin: OriginView, destination: DestinationView, what: string): void {
    this.problems.push(
      `${destination.datacenter}, for partition ${origin.partition} of ${origin.datacenter}, ${what}`,
    );
  }
}

/** The sequence, if it speaks of this log. */
function sameLog(origin: OriginView, position: Position | undefined): number | undefined {
  return position?.logId === origin.logId ? position.sequence : undefined;
}
