/** Proves that a log of operations gives back what was put in, however many there are. */
import { expect, test } from "vitest";
import { type NumberOperation, OperationLog } from "./operation-log.ts";

test("what was noted comes back", () => {
  const log = new OperationLog("k");
  const outcomes = ["applied", "refused", "unknown"] as const;
  const noted = Array.from({ length: 5000 }, (_, index): NumberOperation => {
    const kind = index % 3 === 0 ? "read" : "write";
    return {
      client: kind === "read" ? `reader ${index % 4}` : "writer",
      call: index + 0.25,
      end: index + 0.75,
      outcome: outcomes[index % outcomes.length] ?? "applied",
      kind,
      value: kind === "read" && index % 2 === 0 ? undefined : index,
    };
  });
  for (const operation of noted) log.push(operation);
  expect(log.size).toBe(5000);
  expect(log.operations()).toEqual(noted.map((operation) => ({ key: "k", ...operation })));
});
