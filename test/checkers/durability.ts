/**
 * Sets: elements that are each written once, and what is read of them in the end. The cheap check that
 * finds most. Claims:
 * - every acknowledged element is read: else it is lost;
 * - nothing is read that was refused or never attempted: else it is unexpected;
 * - nothing is read more often than once: else it is doubled.
 * What is in doubt may be read or not; read, it is called recovered.
 *
 * Where a loss lies says what lost it. In the order of acknowledgement, a prefix is what a copy of too
 * late a state lacks; a postfix is what was not flushed; the middle is what a wrong truncation took.
 */

export interface Attempt {
  readonly element: string;
  readonly outcome: "applied" | "refused" | "unknown";
}

/** What was read at one place: the cluster as clients see it, or one node's copy. */
export interface Reading {
  readonly where: string;
  readonly elements: readonly string[];
}

export type LossPlace = "prefix" | "middle" | "postfix" | "everything";

export interface Loss {
  readonly where: string;
  readonly element: string;
  readonly place: LossPlace;
}

export interface DurabilityReport {
  readonly acknowledged: number;
  readonly inDoubt: number;
  readonly refused: number;
  readonly lost: readonly Loss[];
  readonly unexpected: readonly string[];
  readonly doubled: readonly string[];
  /** In doubt, and read somewhere. */
  readonly recovered: number;
  /** One line per violation, for people: empty when all is well. */
  readonly problems: readonly string[];
}

const PROBLEMS_SHOWN = 20;

/** `attempts` in the order of their acknowledgement, all of one writer or of one key. */
export function checkDurability(
  attempts: readonly Attempt[],
  readings: readonly Reading[],
): DurabilityReport {
  const outcomes = new Map(attempts.map(({ element, outcome }) => [element, outcome]));
  const acknowledged = attempts.filter(({ outcome }) => outcome === "applied").map(({ element }) => element);
  const lost = readings.flatMap((reading) => lossesIn(acknowledged, reading));
  const unexpected: string[] = [];
  const doubled: string[] = [];
  const recovered = new Set<string>();
  for (const { where, elements } of readings) {
    const seen = new Set<string>();
    for (const element of elements) {
      const outcome = outcomes.get(element);
      if (outcome === undefined) unexpected.push(`${where}: ${element} was never attempted`);
      else if (outcome === "refused") unexpected.push(`${where}: ${element} was refused and is there`);
      else if (outcome === "unknown") recovered.add(element);
      if (seen.has(element)) doubled.push(`${where}: ${element} is there more than once`);
      seen.add(element);
    }
  }
  const losses = lost.map(
    ({ where, element, place }) =>
      `${where}: ${element} was acknowledged and is lost (${place === "everything" ? "nothing is left" : place})`,
  );
  const all = [...losses, ...unexpected, ...doubled];
  const more = all.length - PROBLEMS_SHOWN;
  return {
    acknowledged: acknowledged.length,
    inDoubt: attempts.filter(({ outcome }) => outcome === "unknown").length,
    refused: attempts.filter(({ outcome }) => outcome === "refused").length,
    lost,
    unexpected,
    doubled,
    recovered: recovered.size,
    problems: more > 0 ? [...all.slice(0, PROBLEMS_SHOWN), `and ${more} more`] : all,
  };
}

function lossesIn(acknowledged: readonly string[], { where, elements }: Reading): Loss[] {
  const read = new Set(elements);
  const first = acknowledged.findIndex((element) => read.has(element));
  const last = acknowledged.findLastIndex((element) => read.has(element));
  return acknowledged.flatMap((element, index) => {
    if (read.has(element)) return [];
    const place = first < 0 ? "everything" : index < first ? "prefix" : index > last ? "postfix" : "middle";
    return [{ where, element, place } as const];
  });
}
