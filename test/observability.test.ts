/**
 * Proves that every alert names a part of the runbook that exists, that every part belongs to an alert,
 * and that Prometheus is told of exactly the nodes and shippers of each compose file. (That the metrics
 * exist: test/containers/two-dc.test.ts.)
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { composeNames, readComposeFile } from "../cli/setup/compose-file.ts";
import { alertRules, dashboardExpressions, metricsIn } from "./containers/observed-metrics.ts";

const root = join(import.meta.dirname, "..");

test("alerts and parts of the runbook belong together", () => {
  const text = readFileSync(join(root, "docs/runbook.md"), "utf8");
  const parts = [...text.matchAll(/^## (.+)$/gm)].map((match) =>
    (match[1] ?? "").toLowerCase().replaceAll(" ", "-"),
  );
  const rules = alertRules();
  expect(rules.map(({ runbook }) => runbook)).toEqual(parts.map((part) => `docs/runbook.md#${part}`));
  for (const { alert } of rules) expect(text).toContain(`\`${alert}\``);
});

test("every expression names something to measure", () => {
  const expressions = [...alertRules().map(({ expr }) => expr), ...dashboardExpressions()];
  for (const expression of expressions) {
    expect(metricsIn(expression).length + (expression.match(/\bup\b/g) ?? []).length).toBeGreaterThan(0);
  }
});

test.each(composeNames())("Prometheus looks at the processes of %s", (name) => {
  const path = join(root, `deploy/compose/prometheus/targets/${name}.yaml`);
  const groups = parse(readFileSync(path, "utf8")) as { targets: string[] }[];
  const processes = readComposeFile(name).services.filter(
    ({ name: service, adminPort }) => adminPort !== undefined && service !== "wan-link",
  );
  expect(groups.flatMap(({ targets }) => targets).sort()).toEqual(
    processes.map((process) => `${process.name}:3002`).sort(),
  );
});
