/** Which metrics alerts and dashboards name, so that tests can hold them against what processes serve. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const folder = join(import.meta.dirname, "../../deploy/compose");
const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.object({ summary: z.string(), runbook_url: z.string() }),
        }),
      ),
    }),
  ),
});
const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly runbook: string;
}

export function alertRules(): Rule[] {
  const file = rulesSchema.parse(parse(readFileSync(join(folder, "prometheus/alerts.yaml"), "utf8")));
  return file.groups.flatMap(({ rules }) =>
    rules.map(({ alert, expr, annotations }) => ({ alert, expr, runbook: annotations.runbook_url })),
  );
}

export function dashboardExpressions(): string[] {
  const dashboards = join(folder, "grafana/dashboards");
  return readdirSync(dashboards).flatMap((name) =>
    dashboardSchema
      .parse(JSON.parse(readFileSync(join(dashboards, name), "utf8")))
      .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  );
}

/** Names of our processes' metrics in an expression; Prometheus' own `up` is none. */
export function metricsIn(expression: string): string[] {
  return expression.match(/\b(meridian|aerospike|nodejs|process)_\w+/g) ?? [];
}
