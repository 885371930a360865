/**
 * Counts how the changes of a run end, until an entry carries them into the ledger (proto/ledger.ts).
 * Pure. Most changes are carried by the entry that applies them; what ends without an entry of its own
 * waits here for the next position entry.
 */
import { addOutcome, emptyLedger, FORWARDED, type Ledger, type Outcome } from "../../proto/ledger.ts";

export class RunTally {
  /** Number of the last change that was seen. */
  number: number;
  #delta = emptyLedger();
  #isEmpty = true;
  /** Changes that cannot be read: their numbers show with the next one that can. */
  #nameless = 0;
  /** Applied by a release that counted none: how many there were shows with the next change. */
  #isUncounted: boolean;

  /** `number`: of the last change that the ledger covers, 0 with a position: never counted. */
  constructor(number: number, hasPosition: boolean) {
    this.number = number;
    this.#isUncounted = hasPosition && number === 0;
  }

  /** The next change of the run is looked at; `number` 0: its datacenter counts none. */
  see(number: number): void {
    const skipped = number === 0 ? this.#nameless : number - this.number - 1;
    this.number += skipped + 1;
    if (skipped !== 0) this.#skip(skipped);
    this.#nameless = 0;
    this.#isUncounted = false;
  }

  /** Changes in a row that were not shipped: the last one's number, and how many they are. */
  seeFiltered(number: number, count: number): void {
    // Of a row that was delivered in part before, only what is new counts.
    const fresh = number === 0 ? count : Math.max(0, Math.min(count, number - this.number));
    const skipped = number === 0 ? this.#nameless : Math.max(0, number - fresh - this.number);
    this.number += skipped + fresh;
    if (skipped !== 0) this.#skip(skipped);
    this.#nameless = 0;
    this.#isUncounted = false;
    if (fresh === 0) return;
    this.#isEmpty = false;
    this.#delta.changes += fresh;
    this.#delta.filtered += fresh;
  }

  #skip(skipped: number): void {
    this.#isEmpty = false;
    this.#delta.changes += skipped;
    // Fewer than were taken for parked: what could not be read was forwarded, and had no number.
    if (skipped < 0) this.#delta.parked += skipped;
    else if (this.#isUncounted) this.#delta.recovered += skipped;
    else this.#delta.parked += Math.max(0, Math.min(this.#nameless, skipped));
  }

  /**
   * A change without a number, whose entry will move the position past what could not be read: that is taken
   * for numbered changes, until the next number says otherwise.
   */
  seeForwarded(): void {
    this.#settleNameless();
  }

  #settleNameless(): void {
    if (this.#nameless === 0) return;
    this.#delta.changes += this.#nameless;
    this.#delta.parked += this.#nameless;
    this.number += this.#nameless;
    this.#nameless = 0;
    this.#isEmpty = false;
  }

  /** A change that cannot be read is parked. */
  seeNameless(): void {
    this.#nameless++;
  }

  /** The change that was seen last has ended without an entry of its own; `forwarded`: it has no number. */
  end(outcome: Outcome, forwarded: boolean): void {
    this.#isEmpty = false;
    addOutcome(this.#delta, forwarded ? outcome | FORWARDED : outcome, 1);
  }

  /** All changes up to `number` are covered by a scan. */
  recoverTo(number: number): void {
    const count = Math.max(0, number - this.number);
    if (count > 0) this.#isEmpty = false;
    this.number += count;
    this.#delta.changes += count;
    this.#delta.recovered += count;
  }

  /** What no entry has carried yet; undefined: nothing. `isLast`: no change of the run follows. */
  take(isLast: boolean): Ledger | undefined {
    if (isLast) this.#settleNameless();
    if (this.#isEmpty) return undefined;
    const delta = this.#delta;
    this.#delta = emptyLedger();
    this.#isEmpty = true;
    return delta;
  }
}
