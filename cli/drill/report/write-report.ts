/** Puts a report into a folder: as a page for people, and as JSON. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderPage } from "./page.ts";
import type { DrillReport } from "./report-schema.ts";

/** Writes both files; returns their path without the ending. */
export function writeReport(folder: string, report: DrillReport): string {
  mkdirSync(folder, { recursive: true });
  const time = report.startedAt.replaceAll(/[-:]|\.\d+/g, "");
  const name = `${time}-${report.scenario}`;
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(join(folder, `${name}.html`), renderPage(report, `${name}.json`));
  return join(folder, name);
}
