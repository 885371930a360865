/**
 * When a difference of a partition is real although writes go on: every datacenter has what all had made when
 * it was seen, as far as their topology lets it come there, and the key still has the same versions. Pure.
 *
 * What a datacenter makes itself is numbered, and a copy says with its content which numbers it covers. What
 * is forwarded has no numbers: there the datacenter that forwards tells up to where of its log the next one
 * has applied all; so knowledge goes from log to log. What is told of another datacenter's content holds for
 * what is read of it after that.
 */
import type { CopyStanding } from "./ask-copies.ts";
import type { LinkFilter } from "./compared-sets.ts";
import { type KeyDifference, signatureOf } from "./compare.ts";
import type { Look } from "./judge-copies.ts";
import type { RecordView } from "../client/record-version.ts";

export type Route = Pick<LinkFilter, "from" | "to" | "ships">;

/** From this sequence on a datacenter's log holds what these datacenters had made. */
interface Mark {
  readonly sequence: number;
  readonly known: ReadonlySet<string>;
}

export class Evidence {
  readonly #routes: readonly Route[];
  readonly #reachable: ReadonlyMap<string, ReadonlySet<string>>;
  #base: Look | undefined;
  #known = new Map<string, Set<string>>();
  #marks = new Map<string, Mark[]>();

  constructor(datacenters: readonly string[], routes: readonly Route[]) {
    this.#routes = routes;
    this.#reachable = reachable(datacenters, routes);
  }

  /** The differences of a new look that are real. */
  take(look: Look): KeyDifference<RecordView>[] {
    if (look.differences === undefined) return [];
    if (this.#base === undefined || !isOfSameLogs(this.#base, look)) {
      this.#begin(look);
      return [];
    }
    this.#noteOwn(this.#base, look);
    if (!this.#isComplete) {
      this.#noteForwarded(look);
      return [];
    }
    const standing = new Set(this.#base.differences?.map((one) => signatureOf(one)));
    this.#begin(look);
    return look.differences.filter((one) => standing.has(signatureOf(one)));
  }

  get #isComplete(): boolean {
    return [...this.#reachable].every(([name, sources]) => {
      const known = this.#known.get(name);
      return [...sources].every((source) => known?.has(source) === true);
    });
  }

  #begin(look: Look): void {
    this.#base = look;
    this.#known = new Map(look.primaries.map(({ datacenter }) => [datacenter, new Set([datacenter])]));
    this.#marks = new Map();
    this.#noteOwn(look, look);
    this.#mark(look);
  }

  /** By numbers: as of the very moment of the rows. */
  #noteOwn(base: Look, look: Look): void {
    for (const { from, to } of this.#routes.filter(({ ships }) => ships !== "nothing")) {
      const made = base.primaries.find(({ datacenter }) => datacenter === from);
      const copy = look.primaries.find(({ datacenter }) => datacenter === to);
      if (made === undefined || copy === undefined) continue;
      if (coveredBy(copy, made.sourceId, made.logId) >= made.changes) this.#known.get(to)?.add(from);
    }
  }

  #noteForwarded(look: Look): void {
    // First: what is told in this look may be younger than the logs' ends in it.
    this.#mark(look);
    for (const { from, to } of this.#routes.filter(({ ships }) => ships === "all")) {
      const log = look.primaries.find(({ datacenter }) => datacenter === from);
      const copy = look.primaries.find(({ datacenter }) => datacenter === to);
      const shipped =
        log?.shipped.find(({ destinationId }) => destinationId === copy?.sourceId)?.sequence ?? 0;
      const mark = this.#marks.get(from)?.findLast(({ sequence }) => sequence <= shipped);
      for (const source of mark?.known ?? []) this.#known.get(to)?.add(source);
    }
  }

  /** What a datacenter knows by now is in its log. */
  #mark(look: Look): void {
    for (const { datacenter, sequence } of look.primaries) {
      const marks = this.#marks.get(datacenter) ?? [];
      this.#marks.set(datacenter, marks);
      const known = this.#known.get(datacenter) ?? new Set<string>();
      if ((marks.at(-1)?.known.size ?? 0) < known.size) marks.push({ sequence, known: new Set(known) });
    }
  }
}

/** The last change of a datacenter's log that a copy covers; a position in another log says nothing of it. */
export function coveredBy({ covered }: CopyStanding, sourceId: number, logId: number): number {
  return covered.find((one) => one.originId === sourceId && one.logId === logId)?.changes ?? 0;
}

function isOfSameLogs(before: Look, now: Look): boolean {
  return before.primaries.every(({ sourceId, logId }) =>
    now.primaries.every((one) => one.sourceId !== sourceId || one.logId === logId),
  );
}

/** By datacenter, whose changes can come there. */
function reachable(
  datacenters: readonly string[],
  routes: readonly Route[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const sources = new Map(datacenters.map((name) => [name, new Set([name])]));
  for (let grew = true; grew; ) {
    grew = false;
    for (const { from, to, ships } of routes) {
      const target = sources.get(to);
      if (target === undefined || ships === "nothing") continue;
      const before = target.size;
      for (const source of ships === "all" ? (sources.get(from) ?? []) : [from]) target.add(source);
      grew ||= target.size > before;
    }
  }
  return sources;
}
