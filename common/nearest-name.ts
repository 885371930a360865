/** The name that somebody meant: the closest of those there are, or none when nothing is close. */

/** Slips of one, two, three letters, the more the longer the name. */
const LETTERS_A_SLIP = 4;
const SLIPS_MAX = 3;

export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const wanted = plain(name);
  const most = Math.min(SLIPS_MAX, Math.ceil(wanted.length / LETTERS_A_SLIP));
  let best: string | undefined;
  let least = most + 1;
  for (const one of names) {
    const slips = slipsBetween(wanted, plain(one), least);
    if (slips < least) [best, least] = [one, slips];
  }
  return best;
}

/** What a message about a wrong name ends with: `; did you mean …?`, or nothing. */
export function meantHint(name: string, names: Iterable<string>): string {
  const meant = nearestName(name, names);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}

/** `src_id` and `srcId` are no slip but another habit. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment); `bound`: or more. */
function slipsBetween(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let slips = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + Number(!same),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) slips = Math.min(slips, (beforeLast[column - 2] ?? 0) + 1);
      next.push(slips);
    }
    beforeLast = last;
    last = next;
  }
  return last[b.length] ?? bound;
}
