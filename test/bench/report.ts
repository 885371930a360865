/**
 * Figures beside their limits: each as one JSON line as soon as it is known, all as a table at the
 * end. A figure says whether it reaches what the project asks for; the run never fails on it, since
 * how fast a machine is proves nothing about the code.
 */
import Table from "cli-table3";

/** What a figure should reach: at most (or at least) `factor` times its limit, or a plain bound. */
export type Reach =
  | { readonly atMost: number; readonly of: "limit" | "bound" }
  | { readonly atLeast: number; readonly of: "limit" | "bound" };

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** One value a round; reported is the median. */
  readonly values: readonly number[];
  /** Measured in the same rounds. */
  readonly limit?: { readonly name: string; readonly values: readonly number[] } | undefined;
  readonly reach?: Reach | undefined;
  readonly note?: string | undefined;
}

interface Judged {
  readonly figure: Figure;
  readonly value: number;
  readonly limit: number | undefined;
  /** Value over limit: the median of the rounds' own ratios where the rounds pair. */
  readonly ratio: number | undefined;
  readonly reached: boolean | undefined;
}

export class Report {
  readonly #judged: Judged[] = [];
  readonly #notes: string[] = [];

  add(figure: Figure): void {
    const judged = judge(figure);
    this.#judged.push(judged);
    const { name, unit, values, limit, reach, note } = figure;
    console.log(
      JSON.stringify({
        figure: name,
        unit,
        value: rounded(judged.value),
        values: values.map(rounded),
        limit: limit === undefined ? undefined : { name: limit.name, value: rounded(median(limit.values)) },
        ratio: judged.ratio === undefined ? undefined : rounded(judged.ratio),
        reach: reach === undefined ? undefined : reachText(reach),
        reached: judged.reached,
        note,
      }),
    );
  }

  /** Something that could not be measured, and why. */
  note(text: string): void {
    this.#notes.push(text);
    console.log(JSON.stringify({ note: text }));
  }

  table(): string {
    const table = new Table({
      head: ["figure", "measured", "limit of the same run", "", "ratio", "asked", "reached"],
      style: { head: [], border: [] },
      colAligns: ["left", "right", "left", "right", "right", "left", "left"],
    });
    for (const { figure, value, limit, ratio, reached } of this.#judged) {
      table.push([
        figure.name,
        `${shown(value)} ${figure.unit}`,
        figure.limit?.name ?? "",
        limit === undefined ? "" : shown(limit),
        ratio === undefined ? "" : ratio.toFixed(2),
        figure.reach === undefined ? "" : reachText(figure.reach),
        reached === undefined ? "" : reached ? "yes" : "NO",
      ]);
    }
    return [table.toString(), ...this.#notes].join("\n");
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function judge(figure: Figure): Judged {
  const value = median(figure.values);
  const limits = figure.limit?.values;
  const limit = limits === undefined ? undefined : median(limits);
  const ratio = limits === undefined ? undefined : ratioOf(figure.values, limits);
  return { figure, value, limit, ratio, reached: isReached(figure.reach, value, ratio) };
}

function ratioOf(values: readonly number[], limits: readonly number[]): number {
  if (values.length !== limits.length) return median(values) / median(limits);
  return median(values.map((value, round) => value / (limits[round] ?? Number.NaN)));
}

function isReached(reach: Reach | undefined, value: number, ratio: number | undefined): boolean | undefined {
  if (reach === undefined) return undefined;
  const compared = reach.of === "bound" ? value : ratio;
  if (compared === undefined || Number.isNaN(compared)) return undefined;
  return "atMost" in reach ? compared <= reach.atMost : compared >= reach.atLeast;
}

function reachText(reach: Reach): string {
  const text = "atMost" in reach ? `<= ${reach.atMost}` : `>= ${reach.atLeast}`;
  return reach.of === "limit" ? `${text} x limit` : text;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
function shown(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
