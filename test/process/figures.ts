/** Figures that a test prints, and the statistics of a few measurements. */

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function worst(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

/** One line that a person finds in a test's output. */
export function report(what: string, figures: Readonly<Record<string, number | string>>): void {
  const parts = Object.entries(figures).map(([name, value]) => {
    const shown = typeof value === "number" ? Math.round(value * 100) / 100 : value;
    return `${name} ${shown}`;
  });
  process.stdout.write(`figures: ${what}: ${parts.join(", ")}\n`);
}
