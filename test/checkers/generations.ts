/**
 * The one thing about a record that can be told without any search: its generation never runs back.
 * What was told a generation after another operation was told a greater one proves a history wrong,
 * and two lines say why.
 */
import { describeOperation, type Operation } from "./operation.ts";

/** Undefined when generations never run back. */
export function generationRunsBack(operations: readonly Operation[]): string | undefined {
  const told = operations.flatMap((operation) => {
    if (operation.outcome !== "applied" || operation.kind === "delete") return [];
    const { generation, call, end } = operation;
    return generation === undefined ? [] : [{ operation, generation, call, end }];
  });
  const byEnd = told.toSorted((a, b) => a.end - b.end);
  let ended = 0;
  let highest = byEnd[0];
  for (const one of told.toSorted((a, b) => a.call - b.call)) {
    for (let next = byEnd[ended]; next !== undefined && next.end < one.call; next = byEnd[++ended]) {
      if (highest === undefined || next.generation >= highest.generation) highest = next;
    }
    const isAfter = highest !== undefined && highest.end < one.call;
    if (highest === undefined || !isAfter || one.generation >= highest.generation) continue;
    return [
      "the generation runs back between",
      `    ${describeOperation(highest.operation)}`,
      `    ${describeOperation(one.operation)}`,
    ].join("\n");
  }
  return undefined;
}
