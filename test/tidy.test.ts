/**
 * Proves that the tree keeps its rules where neither the compiler nor the linter can say them. A
 * failure names file and line and says what to do. A place that has a good reason carries it:
 * `// tidy: <rule>, <why>` on its line or on the line before.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FILE_RULES } from "./tidy/file-rules.ts";
import { listFiles, loadSources, type Violation, withoutExcused } from "./tidy/source.ts";
import {
  checkDeadExports,
  checkDeadFiles,
  checkDocuments,
  checkIndependence,
  checkLayers,
  checkNamedTests,
  checkReExports,
  checkSpecs,
} from "./tidy/tree-rules.ts";

const root = join(import.meta.dirname, "..");
const paths = listFiles(root);
const sources = loadSources(root, paths);
const documents = paths
  .filter((path) => /\.(md|ya?ml|conf|sh)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
// The rules' own samples break the rules on purpose.
const judged = sources.filter((source) => source.path !== "test/tidy/rules.test.ts");

function expectNone(rule: string, found: Violation[]): void {
  const left = withoutExcused(sources, rule, found);
  const lines = left.map((one) => `${one.path}:${one.line} ${one.message}`);
  if (lines.length > 0) expect.fail(`rule ${rule}, ${lines.length} places:\n${lines.join("\n")}\n`);
}

test("the tree is found at all", () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.some((source) => source.path === "common/version/order.ts")).toBe(true);
});

for (const rule of FILE_RULES) {
  test(`file rule: ${rule.name}`, () =>
    expectNone(
      rule.name,
      judged.flatMap((source) => rule.check(source)),
    ));
}

test("layers: common <- proto <- {node, xdr-shipper, cli}", () => expectNone("layers", checkLayers(sources)));
test("checkers import nothing of what they check", () =>
  expectNone("independence", checkIndependence(sources)));
test("no barrels", () => expectNone("barrel", checkReExports(judged)));
test("no dead files", () => expectNone("dead-file", checkDeadFiles(sources)));
test("no dead exports", () => expectNone("dead-export", checkDeadExports(sources)));
test("every invariant of a SPEC.md is named by a test", () => {
  expectNone("spec", checkSpecs(documents, sources));
});
test("the table of faults names tests that exist", () => {
  expect(paths).toContain("docs/reliability.md");
  expectNone("named-test", checkNamedTests(documents, paths));
});
test("documents link to what exists", () => expectNone("document", checkDocuments(documents, paths)));
