/**
 * The latest report of every member, this node's own among them, and whether a new one says
 * anything that a decision may depend on. Bounded, whatever is sent.
 */
import type { NodeId } from "../../proto/cluster-map.ts";
import type { LinkState } from "./control-plane.ts";
import type { MemberReport } from "./observed.ts";

const REPORTS_MAX = 256;

export class ReportBoard {
  readonly #reports = new Map<NodeId, MemberReport>();
  readonly #self: NodeId;
  readonly #deadAfterMs: number;

  constructor(self: NodeId, deadAfterMs: number) {
    this.#self = self;
    this.#deadAfterMs = deadAfterMs;
  }

  get reports(): ReadonlyMap<NodeId, MemberReport> {
    return this.#reports;
  }

  /** Keeps `report`; true when it is news. */
  take(report: MemberReport): boolean {
    const before = this.#reports.get(report.from);
    if (before !== undefined && report.boot < before.boot) return false;
    // Deleted first, so that the map's order is the order of the last report.
    this.#reports.delete(report.from);
    this.#reports.set(report.from, report);
    if (this.#reports.size > REPORTS_MAX) {
      for (const [oldest] of this.#reports) {
        this.#reports.delete(oldest);
        break;
      }
    }
    return before === undefined || this.#isNews(before, report);
  }

  #isNews(before: MemberReport, after: MemberReport): boolean {
    return (
      before.boot !== after.boot ||
      before.leaving !== after.leaving ||
      before.stopping !== after.stopping ||
      before.mapVersion !== after.mapVersion ||
      after.receivedAtMs - before.receivedAtMs > this.#deadAfterMs ||
      linksDiffer(before.links, after.links)
    );
  }

  /** Whether this node's own link says that `id` is dead. */
  seesDead(id: NodeId): boolean {
    const link = this.#reports.get(this.#self)?.links.find((state) => state.peer === id);
    return link !== undefined && !link.up && (link.refused || link.silentMs > this.#deadAfterMs);
  }
}

/** Whether a link came, went, broke or healed. */
export function linksDiffer(before: readonly LinkState[], after: readonly LinkState[]): boolean {
  return (
    before.length !== after.length ||
    after.some((link) => {
      const old = before.find((state) => state.peer === link.peer);
      return old === undefined || old.up !== link.up || old.refused !== link.refused;
    })
  );
}
