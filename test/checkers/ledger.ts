/**
 * Counts of how an origin's changes ended at a destination's partition. Fed with what is on a disk at one
 * moment. Claims: as many changes are covered as the origin has committed up to the position; and each of
 * them is counted in exactly one state.
 */
export interface LedgerView {
  /** Whose disk, of which slot. */
  readonly where: string;
  readonly origin: string;
  readonly position: number;
  /** Changes that the origin has committed and ships, up to the position. */
  readonly committed: number;
  /** Number of the last change that the ledger says is covered. */
  readonly covered: number;
  /** Changes by state. */
  readonly states: Readonly<Record<string, number>>;
}

/** What is wrong with it; empty when nothing is. */
export function ledgerProblems({
  where,
  origin,
  position,
  committed,
  covered,
  states,
}: LedgerView): string[] {
  const problems: string[] = [];
  const of = `${where}, changes of ${origin} up to ${position}`;
  if (covered !== committed) problems.push(`${of}: ${covered} are covered, ${committed} were committed`);
  const counted = Object.values(states).reduce((sum, count) => sum + count, 0);
  if (counted !== covered) problems.push(`${of}: ${counted} ended in some state, of ${covered}`);
  for (const [state, count] of Object.entries(states)) {
    if (count < 0) problems.push(`${of}: ${count} are ${state}`);
  }
  return problems;
}
