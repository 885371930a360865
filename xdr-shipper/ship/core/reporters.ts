/**
 * Order among the reports of each reporter. Positions are facts whenever they come, and so is that
 * there is progress; what progress implies ("all up to message 7 is done with, so what of it is not
 * applied is lost") may be judged only when no report before it is missing, or a full report has been
 * completed since.
 */
import type { Report } from "./events.ts";

interface Reporter {
  last: number;
  synced: boolean;
  /** Parts of the running full report that came in a row. */
  parts: number;
  heardAt: number;
  /** It said that this datacenter is shut out. */
  shutOut: boolean;
}

const FORGET_MS = 60_000;
/** Reports come at least every half second while the destination can be heard. */
const SILENCE_MS = 1500;

export type Verdict = "ignore" | "facts-only" | "judge";

export class Reporters {
  readonly #reporters = new Map<number, Reporter>();
  #heardAt = Number.NEGATIVE_INFINITY;
  #heardSince = Number.NEGATIVE_INFINITY;

  /** When any report came last. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Since when reports have been coming without a silence. */
  get heardSince(): number {
    return this.#heardSince;
  }

  /** Whether any that is heard says so: one that has not read the map yet does not know. */
  saysShutOut(now: number): boolean {
    return [...this.#reporters.values()].some(
      ({ shutOut, heardAt }) => shutOut && now - heardAt <= SILENCE_MS,
    );
  }

  take(report: Report, now: number): Verdict {
    let reporter = this.#reporters.get(report.reporter);
    if (reporter === undefined) {
      reporter = { last: 0, synced: false, parts: 0, heardAt: now, shutOut: false };
      this.#reporters.set(report.reporter, reporter);
    }
    if (report.number <= reporter.last) return "ignore";
    if (report.number !== reporter.last + 1) {
      reporter.synced = false;
      reporter.parts = 0;
    }
    reporter.last = report.number;
    reporter.heardAt = now;
    reporter.shutOut = report.shutOut;
    if (now - this.#heardAt > SILENCE_MS) this.#heardSince = now;
    this.#heardAt = now;
    if (report.fullParts > 0) {
      reporter.parts =
        report.fullPart === reporter.parts + 1 ? reporter.parts + 1 : Number(report.fullPart === 1);
      if (reporter.parts === report.fullParts) {
        reporter.parts = 0;
        reporter.synced = true;
      }
    }
    return reporter.synced ? "judge" : "facts-only";
  }

  forgetOld(now: number): void {
    for (const [id, reporter] of this.#reporters) {
      if (now - reporter.heardAt > FORGET_MS) this.#reporters.delete(id);
    }
  }
}
