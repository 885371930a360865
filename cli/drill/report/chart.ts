/** Line charts over the time of a drill as SVG text, with its faults and repairs marked. Pure. */

export interface Line {
  /** Colours and dashes of the page's style sheet: `s0`, `s1`, ... and `bad`, `thin`. */
  readonly style: string;
  readonly name: string;
  /** By time; null breaks the line. */
  readonly points: readonly { readonly atMs: number; readonly value: number | null }[];
}

export interface ChartMark {
  readonly atMs: number;
  readonly kind: "fault" | "repair" | "load";
  /** Number of the mark in the list beside the charts. */
  readonly number: number;
  readonly label: string;
}

export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  readonly marks: readonly ChartMark[];
  readonly durationMs: number;
}

const WIDTH = 960;
const HEIGHT = 230;
const LEFT = 56;
const RIGHT = 12;
const TOP = 26;
const BOTTOM = 26;
const TIME_TICKS = 8;
/** Columns under the pointer that show what the lines say there. */
const COLUMNS_MAX = 160;

/** The chart as one `<svg>`. */
export function renderChart(chart: Chart): string {
  const most = niceCeiling(
    Math.max(1, ...chart.lines.flatMap(({ points }) => points.map(({ value }) => value ?? 0))),
  );
  const x = (ms: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * ms) / Math.max(1, chart.durationMs);
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most);
  const said = `${chart.title}, ${chart.unit}: ${chart.lines.map(({ name }) => name).join(", ")}`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeText(said)}">`,
    ...[0, 0.5, 1].map((share) => gridLine(y(most * share), formatNumber(most * share))),
    ...timeTicks(chart.durationMs).map((ms) => timeTick(x(ms), ms)),
    ...chart.marks.map((mark) => markLine(mark, x(mark.atMs))),
    ...chart.lines.map((line) => `<path class="line ${line.style}" d="${pathOf(line, x, y)}"/>`),
    ...columns(chart, x),
    "</svg>",
  ].join("\n");
}

function gridLine(at: number, label: string): string {
  const line = `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(at)}" y2="${fixed(at)}"/>`;
  return `${line}<text class="axis" x="${LEFT - 6}" y="${fixed(at + 4)}" text-anchor="end">${label}</text>`;
}

function timeTick(at: number, ms: number): string {
  const y = HEIGHT - BOTTOM + 17;
  return `<text class="axis" x="${fixed(at)}" y="${y}" text-anchor="middle">${ms / 1000} s</text>`;
}

function markLine({ kind, number, label }: ChartMark, at: number): string {
  const end = HEIGHT - BOTTOM;
  return (
    `<g class="mark ${kind}"><title>${escapeText(label)}</title>` +
    `<line x1="${fixed(at)}" x2="${fixed(at)}" y1="${TOP - 6}" y2="${end}"/>` +
    `<text x="${fixed(at)}" y="${TOP - 10}" text-anchor="middle">${number}</text></g>`
  );
}

function pathOf({ points }: Line, x: (ms: number) => number, y: (value: number) => number): string {
  let pen = "M";
  const parts: string[] = [];
  for (const { atMs, value } of points) {
    if (value === null) {
      pen = "M";
      continue;
    }
    parts.push(`${pen}${fixed(x(atMs))} ${fixed(y(value))}`);
    pen = "L";
  }
  return parts.join("");
}

/** Invisible columns with the values in words, which browsers show under the pointer. */
function columns(chart: Chart, x: (ms: number) => number): string[] {
  const times = chart.lines[0]?.points.map(({ atMs }) => atMs) ?? [];
  const every = Math.max(1, Math.ceil(times.length / COLUMNS_MAX));
  return times
    .filter((_, index) => index % every === 0)
    .map((atMs, index, kept) => {
      const next = kept[index + 1] ?? chart.durationMs;
      const values = chart.lines.map((line) => {
        const value = line.points.find((point) => point.atMs >= atMs)?.value;
        return `${line.name}: ${value === null || value === undefined ? "-" : formatNumber(value)}`;
      });
      const title = escapeText([`${(atMs / 1000).toFixed(1)} s`, ...values].join("\n"));
      const width = fixed(Math.max(1, x(next) - x(atMs)));
      const height = HEIGHT - TOP - BOTTOM;
      return `<rect class="hit" x="${fixed(x(atMs))}" y="${TOP}" width="${width}" height="${height}"><title>${title}</title></rect>`;
    });
}

function timeTicks(durationMs: number): number[] {
  const step = niceCeiling(durationMs / TIME_TICKS);
  return Array.from({ length: Math.floor(durationMs / step) + 1 }, (_, index) => index * step);
}

/** 1, 2 or 5 times a power of ten, not below the value. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const share = value / power;
  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}

function formatNumber(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function fixed(value: number): string {
  return value.toFixed(1);
}

/** Text as HTML shows it. */
export function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
