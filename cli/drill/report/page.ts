/** The report as one self-contained HTML page: nothing is loaded, nothing runs in it. Pure. */
import { formatCount } from "../../overview/render.ts";
import { type ChartMark, escapeText, type Line, renderChart } from "./chart.ts";
import { PAGE_STYLE } from "./page-style.ts";
import type { DrillReport, ReportedWrite } from "./report-schema.ts";

/** Rows of a list on the page; all are in the JSON file. */
const ROWS_MAX = 2000;
const STYLES = ["s0", "s1", "s2", "s3"];

/** The page's whole text. `jsonName` is the file beside it. */
export function renderPage(report: DrillReport, jsonName: string): string {
  const title = `${report.scenario}: ${report.verdict.result}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeText(title)} - Meridian drill</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${[head(report, jsonName), tiles(report), checks(report), charts(report), recoveries(report)].join("\n")}
${[losses(report), returned(report), unexplained(report), doubts(report), conflicts(report)].join("\n")}
${[convergence(report), totals(report), steps(report)].join("\n")}
</main>
</body>
</html>
`;
}

function head(report: DrillReport, jsonName: string): string {
  const { result } = report.verdict;
  return `<header>
<h1>${escapeText(report.scenario)} <span class="verdict ${result}">${result}</span></h1>
<p>${escapeText(report.summary)}</p>
<p class="soft">${escapeText(report.stage)}, ${escapeText(report.startedAt)}, ${seconds(report.durationMs)};
${formatCount(report.options.rate)} operations a second on ${formatCount(report.options.keys)} keys,
${Math.round(report.options.reads * 100)} % reads</p>
<p class="soft">Seed ${report.seed}; again: <code>${escapeText(report.repeat)}</code>; all figures: <code>${escapeText(jsonName)}</code></p>
${report.failure === null ? "" : `<p class="broken">The drill did not end as planned: ${escapeText(report.failure)}</p>`}
</header>`;
}

function tiles(report: DrillReport): string {
  const faults = report.recoveries.filter(({ kind }) => kind === "fault");
  const worst = faults.map(({ fullRateMs }) => fullRateMs);
  const rto =
    worst.length === 0
      ? "-"
      : worst.includes(null)
        ? "not seen"
        : seconds(Math.max(...worst.map((ms) => ms ?? 0)));
  const lost = report.losses.reduce((sum, { writes }) => sum + writes, 0);
  const items: [string, string][] = [
    [rto, "RTO: full rate after the fault"],
    [report.losses.length === 0 ? "-" : formatCount(lost), "RPO: acknowledged writes not in the survivor"],
    [formatCount(report.inDoubt.length), "writes in doubt"],
    [formatCount(report.conflicts.length), "keys in conflict"],
    [report.convergence?.verdict ?? "-", "datacenters at the end"],
  ];
  const cells = items.map(([value, what]) => `<div class="tile"><b>${value}</b><span>${what}</span></div>`);
  return `<div class="tiles">${cells.join("")}</div>`;
}

function checks({ verdict }: DrillReport): string {
  return section(
    "Verdict",
    table(
      ["", "check", "wanted", "found"],
      verdict.checks.map(({ held, what, wanted, found }) => [
        held === null
          ? '<span class="unknown">not known</span>'
          : held
            ? '<span class="held">held</span>'
            : '<span class="broken">broken</span>',
        escapeText(what),
        escapeText(wanted),
        escapeText(found),
      ]),
    ),
  );
}

function charts(report: DrillReport): string {
  const marks = report.marks.map((mark, index): ChartMark => ({ ...mark, number: index + 1 }));
  const { durationMs, bucketMs } = report;
  const perSecond = 1000 / bucketMs;
  const style = (index: number): string => STYLES[index % STYLES.length] ?? "s0";
  const active = report.series.filter(({ buckets }) =>
    buckets.some(({ applied, refused, inDoubt }) => applied + refused + inDoubt > 0),
  );
  type Bucket = DrillReport["series"][number]["buckets"][number];
  const linesOf = (value: (bucket: Bucket) => number | null, name: string, extra = ""): Line[] =>
    active.map(({ datacenter, buckets }, index) => ({
      style: `${style(index)} ${extra}`,
      name: `${datacenter} ${name}`,
      points: buckets.map((bucket) => ({ atMs: bucket.atMs, value: value(bucket) })),
    }));
  const failures: Line[] = [
    ...linesOf(({ refused }) => refused * perSecond, "refused", "bad"),
    ...linesOf(({ inDoubt }) => inDoubt * perSecond, "in doubt", "bad thin"),
  ].filter(({ points }) => points.some(({ value }) => value !== 0));
  const lagLines = report.lags.map(
    ({ from, to, points }, index): Line => ({
      style: style(index),
      name: `${from} to ${to}`,
      points: points.map(({ atMs, records }) => ({ atMs, value: records })),
    }),
  );
  const figure = (title: string, unit: string, lines: readonly Line[]): string =>
    lines.length === 0
      ? ""
      : `<h3>${title} <span class="soft">${unit}</span></h3>${legend(lines)}
${scroll(title, renderChart({ title, unit, lines, marks, durationMs }))}`;
  const list = report.marks.map(
    ({ kind, label, atMs }) =>
      `<li>${escapeText(label)} <span class="soft">(${kind}, ${seconds(atMs)})</span></li>`,
  );
  return section(
    "Timeline",
    `<ol>${list.join("")}</ol>
${figure(
  "Throughput",
  "operations a second",
  linesOf(({ applied }) => applied * perSecond, "applied"),
)}
${figure("Errors", "operations a second", failures)}
${figure("Latency", "milliseconds", [...linesOf(({ p50Ms }) => p50Ms, "median"), ...linesOf(({ p99Ms }) => p99Ms, "99 %", "thin")])}
${figure("Lag between datacenters", "changes not applied", lagLines)}`,
  );
}

function legend(lines: readonly Line[]): string {
  const items = lines.map(
    ({ style, name }) =>
      `<li><svg viewBox="0 0 26 10" aria-hidden="true"><path class="line ${style}" d="M0 5L26 5"/></svg> ${escapeText(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

function recoveries(report: DrillReport): string {
  if (report.recoveries.length === 0) return "";
  const phase = (ms: number | null): string => (ms === null ? "not seen" : seconds(ms));
  return section(
    "Recovery (RTO: of the faults)",
    table(
      [
        "after",
        "detected",
        "new primaries",
        "first success",
        "full rate",
        "last failure",
        "failed",
        "rate before",
      ],
      report.recoveries.map((one) => [
        escapeText(`${one.after} (${one.kind})`),
        phase(one.detectedMs),
        phase(one.newPrimariesMs),
        phase(one.firstSuccessMs),
        phase(one.fullRateMs),
        phase(one.lastFailureMs),
        formatCount(one.failed),
        `${formatCount(one.rateBefore)}/s`,
      ]),
    ),
  );
}

function losses(report: DrillReport): string {
  return report.losses
    .map(({ origin, survivor, writes, keys, oldestMs, lost }) =>
      section(
        `Lost by the failover (RPO): ${formatCount(writes)} writes`,
        writes === 0
          ? `<p>${survivor} had every write that ${origin} had acknowledged.</p>`
          : `<p>Acknowledged by ${origin} and not in ${survivor}: ${formatCount(writes)} writes on
${formatCount(keys)} keys, the oldest ${seconds(oldestMs)} before the fault.</p>
${writeList(lost, "fate once it was back", (write) => write.fate ?? "not back yet")}`,
      ),
    )
    .join("\n");
}

function returned(report: DrillReport): string {
  return report.returned
    .map(({ origin, survivor, orphans, others, unknownPartitions, notAmongThem }) => {
      const rows = orphans
        .slice(0, ROWS_MAX)
        .map(({ key, kind, generation, lut, time, last }) => [
          ...[escapeText(key ?? "-"), kind, String(generation), `${time}<br>LUT ${lut}`, last ? "yes" : ""],
        ]);
      const unknown =
        unknownPartitions === 0
          ? ""
          : ` Of ${formatCount(unknownPartitions)} partitions it could not be told.`;
      const apart =
        notAmongThem.length === 0
          ? ""
          : `<p class="broken">Lost, and not among them:</p>${writeList(notAmongThem)}`;
      const list = listing(
        "every orphan, from the change logs",
        table(["key", "kind", "generation", "last update", "last of its key"], rows),
        rows.length,
        orphans.length,
      );
      return section(
        `Came back with ${escapeText(origin)}: ${formatCount(orphans.length)} orphan writes`,
        `<p>Committed in ${escapeText(origin)} and not applied in ${escapeText(survivor)}, listed before it served
again; ${formatCount(others)} more are of other traffic.${unknown}</p>${orphans.length === 0 ? "" : list}${apart}`,
      );
    })
    .join("\n");
}

function unexplained(report: DrillReport): string {
  if (report.unexplained.length === 0) return "";
  return section(
    "Gone for good",
    `<p class="broken">Acknowledged, lost no conflict, and in no datacenter:</p>${writeList(report.unexplained)}`,
  );
}

function doubts({ inDoubt }: DrillReport): string {
  if (inDoubt.length === 0) return "";
  return section(
    `In doubt: ${formatCount(inDoubt.length)} writes`,
    `<p>The client got no answer in time. What the records say of them:</p>
${writeList(inDoubt, "outcome", (write) => write.end)}`,
  );
}

function conflicts(report: DrillReport): string {
  if (report.conflicts.length === 0) return "";
  const rows = report.conflicts.slice(0, ROWS_MAX).map(({ key, winner, record, losers }) => {
    const { version } = record;
    const how =
      version === null ? "" : `generation ${version.generation}, ${version.lutIso}, LUT ${version.lut}`;
    const lost = losers.map(
      ({ datacenter, number, generation, endedAt }) =>
        `${datacenter} write ${number}, generation ${generation ?? "?"}, ${endedAt}`,
    );
    return [
      escapeText(key),
      escapeText(winner),
      `written by ${escapeText(record.writer)}<br>${how}`,
      lost.map(escapeText).join("<br>"),
    ];
  });
  return section(
    `Conflicts: ${formatCount(report.conflicts.length)} keys`,
    listing(
      `winner and losers of each`,
      table(["key", "winner", "record in the end", "acknowledged writes that lost"], rows),
      rows.length,
      report.conflicts.length,
    ),
  );
}

function convergence({ convergence: found }: DrillReport): string {
  if (found === null) return "";
  const counts = Object.entries(found.records).map(([name, count]) => `${name} ${formatCount(count)}`);
  return section(
    "Proof at the end",
    `<p>Partition digests compared over all datacenters, versions included: <b>${found.verdict}</b>,
${formatCount(found.equalPartitions)} of ${formatCount(found.partitions)} partitions equal,
${formatCount(found.differingKeys)} keys differ; records: ${escapeText(counts.join(", "))}; ${found.seconds} s.</p>`,
  );
}

function totals(report: DrillReport): string {
  return section(
    "Operations",
    table(
      ["datacenter", "applied", "of them reads", "refused", "in doubt", "not sent", "errors"],
      report.totals.map((one) => [
        escapeText(one.datacenter),
        ...[one.applied, one.reads, one.refused, one.inDoubt, one.shed].map(formatCount),
        escapeText(errorsOf(one)),
      ]),
    ),
  );
}

/** By how often, the most frequent first. */
function errorsOf({ errors }: DrillReport["totals"][number]): string {
  const counts = Object.entries(errors).sort((a, b) => b[1] - a[1]);
  return counts.map(([name, count]) => `${name} ${formatCount(count)}`).join(", ");
}

function steps(report: DrillReport): string {
  const items = report.steps.map(
    ({ say, atMs, endMs }) =>
      `<li>${escapeText(say)} <span class="soft">(${seconds(atMs)} to ${endMs === null ? "broken off" : seconds(endMs)})</span></li>`,
  );
  const notes = report.notes.map((note) => `<li>${escapeText(note)}</li>`);
  const noted = notes.length === 0 ? "" : `<h3>Notes</h3><ul>${notes.join("")}</ul>`;
  return section("What was done", `<ol>${items.join("")}</ol>${noted}`);
}

function writeList<Write extends ReportedWrite>(
  writes: readonly Write[],
  lastHead?: string,
  last?: (write: Write) => string,
): string {
  const shown = writes.slice(0, ROWS_MAX);
  const rows = shown.map((write) => [
    escapeText(write.key),
    escapeText(write.datacenter),
    String(write.number),
    String(write.generation ?? "-"),
    write.endedAt,
    ...(last === undefined ? [] : [escapeText(last(write))]),
  ]);
  const heads = ["key", "datacenter", "write", "generation", "answered at"];
  return listing(
    "every write: key, version, time",
    table(lastHead === undefined ? heads : [...heads, lastHead], rows),
    shown.length,
    writes.length,
  );
}

function listing(what: string, content: string, shown: number, all: number): string {
  const rest = shown < all ? ` (the first ${formatCount(shown)}; the JSON file has all)` : "";
  return `<details${all <= 50 ? " open" : ""}><summary>${what}${rest}</summary>${content}</details>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return scroll("table", `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`);
}

/** What may be wider than the screen scrolls by itself, with the keyboard as well. */
function scroll(what: string, content: string): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeText(what)}">${content}</div>`;
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>${content}</section>`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}
