/**
 * Which records are shipped by settings: those of shipped sets that pass the filter expression. Made once for
 * the settings, asked for every record. What is unknown does not pass, so an expression on bins leaves out
 * deletes, unless it says otherwise of tombstones. Pure.
 */
import { FilterExpression } from "../expression/filter-expression.ts";
import type { ExpressionRecord } from "../expression/record.ts";
import { filtersSets, type SetFilter, shipsSet, type ShipSettings } from "./xdr-settings.ts";

export class ShipFilter {
  /** Whether there are records that are not shipped. */
  readonly filters: boolean;
  readonly #sets: SetFilter;
  readonly #expression: FilterExpression | undefined;

  constructor(settings: SetFilter & Pick<ShipSettings, "filter">) {
    this.#sets = settings;
    this.#expression = settings.filter === "" ? undefined : FilterExpression.ofBase64(settings.filter);
    this.filters = filtersSets(settings) || this.#expression !== undefined;
  }

  /** Whether more than the set decides. */
  get asksRecords(): boolean {
    return this.#expression !== undefined;
  }

  shipsSet(set: string): boolean {
    return shipsSet(this.#sets, set);
  }

  /** Of a record of a shipped set. */
  shipsRecord(record: ExpressionRecord, nowMs: number): boolean {
    return this.#expression?.passes(record, nowMs) ?? true;
  }
}
