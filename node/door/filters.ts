/**
 * Filter expressions of requests. A client sends the same one with request after request, and the rows of a
 * batch share one: the last one is kept decoded.
 */
import type { Clock } from "../../common/clock.ts";
import { MeridianError } from "../../common/errors.ts";
import { FilterExpression } from "../../common/expression/filter-expression.ts";
import type { Logger } from "../../common/log.ts";
import type { Message } from "./message.ts";

/** Milliseconds between two log lines about refused ones: anybody can send them. */
const REFUSED_LOG_MS = 1000;

export class Filters {
  readonly #log: Logger;
  readonly #clock: Clock;
  #last: { readonly bytes: Buffer; readonly filter: FilterExpression } | undefined;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(log: Logger, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** The request's filter; undefined without one. The reason of a refusal is in the log. */
  of(message: Message): FilterExpression | undefined | "refused" {
    if (message.filterStart < 0) return undefined;
    const bytes = message.filter;
    if (this.#last?.bytes.equals(bytes) === true) return this.#last.filter;
    try {
      // A copy: the filter's names are views of it, and outlive the request.
      const own = Buffer.from(bytes);
      const filter = new FilterExpression(own);
      this.#last = { bytes: own, filter };
      return filter;
    } catch (error) {
      if (!(error instanceof MeridianError) || error.code !== "EXPRESSION_INVALID") throw error;
      this.#tell(error.message);
      return "refused";
    }
  }

  #tell(reason: string): void {
    const now = this.#clock.monotonicMs();
    if (now - this.#toldMs < REFUSED_LOG_MS) return;
    this.#toldMs = now;
    this.#log.warn({ reason }, "a client's filter expression is refused");
  }
}
