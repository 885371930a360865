/**
 * What the operations that are not placed yet still need, and what could still give it: so that the
 * search turns back as soon as an answer can no longer come about, not when its time is up.
 *
 * A value comes about only by an operation with its origin. So when no operation with the origin is
 * left, a value that is left, or not made by the last one, never comes again; and if it is a list,
 * none that grows from it.
 */
import type { Planned } from "./linearizability-plan.ts";
import { ABSENT, EMPTY, type RecordModel } from "./record-model.ts";

export class Demand {
  readonly #model: RecordModel;
  /** By value: reads that are left and need it, or a list that grows from it. */
  readonly #needed: number[] = [];
  /** By origin: the same, for any value of that origin. */
  readonly #neededOrigin: number[] = [];
  /** By origin: operations left that have it. */
  readonly #sources: number[] = [];
  /** Reads of lists that are left. */
  #lists = 0;
  /** Operations left after which a list may start anew. */
  #resets = 0;

  constructor(model: RecordModel) {
    this.#model = model;
  }

  /** An operation is left (1), or not any more (-1). */
  count(planned: Planned, by: 1 | -1): void {
    for (const value of planned.needs) this.#needed[value] = (this.#needed[value] ?? 0) + by;
    for (const origin of planned.needsOrigins) {
      this.#neededOrigin[origin] = (this.#neededOrigin[origin] ?? 0) + by;
    }
    if (planned.needs.length > 1) this.#lists += by;
    if (planned.origin !== undefined) {
      this.#sources[planned.origin] = (this.#sources[planned.origin] ?? 0) + by;
    }
    if (isReset(planned)) this.#resets += by;
  }

  /** Whether some read that is left needs the value or what grows from it. */
  isNeeded(value: number): boolean {
    return this.#neededIn(value) > 0;
  }

  /** Whether some answer can no longer come about when `by`, which is left, makes `after` of `before`. */
  isHopeless(before: number, after: number, by: Planned): boolean {
    if (before === after) return false;
    const kept = this.#neededIn(after);
    const grows = by.operation.kind === "append" && before !== ABSENT;
    const lost = this.#neededIn(before) - (grows ? kept : 0);
    if (lost > 0 && this.#sourcesWithout(this.#model.originOf(before), by) === 0) return true;
    if (by.origin !== undefined) {
      const vain = (this.#neededOrigin[by.origin] ?? 0) - kept;
      if (vain > 0 && this.#sourcesWithout(by.origin, by) === 0) return true;
    }
    // With nothing left that could start a list anew, every list that is read grows from this one.
    const mayStartAnew = after === ABSENT || after === EMPTY || this.#resets > (isReset(by) ? 1 : 0);
    return !mayStartAnew && this.#lists > kept;
  }

  #neededIn(value: number): number {
    return this.#needed[value] ?? 0;
  }

  #sourcesWithout(origin: number, by: Planned): number {
    return (this.#sources[origin] ?? 0) - (by.origin === origin ? 1 : 0);
  }
}

function isReset({ operation, mutates }: Planned): boolean {
  return mutates && operation.kind !== "append";
}
