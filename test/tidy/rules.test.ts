/**
 * Proves that each tidy rule catches what it is for, by a sample that breaks it and a near miss that
 * does not: a rule that never fails would prove nothing.
 */
import { describe, expect, test } from "vitest";
import { blank } from "./blank.ts";
import { FILE_RULES } from "./file-rules.ts";
import { parseSource, withoutExcused } from "./source.ts";
import {
  checkDeadExports,
  checkDeadFiles,
  checkDocuments,
  checkIndependence,
  checkLayers,
  checkNamedTests,
  checkReExports,
  checkSpecs,
} from "./tree-rules.ts";

function lines(rule: string, path: string, text: string): number[] {
  const found = FILE_RULES.find((one) => one.name === rule)?.check(parseSource(path, text));
  if (found === undefined) throw new Error(`no rule ${rule}`);
  return found.map((one) => one.line);
}

describe("blank", () => {
  test.each([
    ["a // await\nb", "a         \nb"],
    ['x("await /* no */")', 'x("              ")'],
    ["/* a\nb */ c", "    \n     c"],
    ["`a$" + "{ b(`c`) }d` + e", "`  { b(` `) } ` + e"],
    ["x = /a'b[/]/g; y", "x = /      /g; y"],
    ["a / b / c", "a / b / c"],
    ['"\\"" + a', '"  " + a'],
  ])("%j", (text, code) => {
    expect(blank(text).code).toBe(code);
  });
});

describe("file rules", () => {
  const rows: [rule: string, path: string, text: string, bad: number[]][] = [
    ["length", "node/a.ts", "x\n".repeat(501), [500]],
    ["length", "node/a.ts", "x\n".repeat(500), []],
    ["width", "node/a.ts", `x\n// ${"y".repeat(108)}`, [2]],
    ["width", "node/a.ts", `"${"y".repeat(150)}"`, []],
    ["header", "node/a.ts", "const a = 1;", [1]],
    ["header", "node/a.ts", "/** What it is. */\nconst a = 1;", []],
    ["file-name", "node/aB.ts", "", [1]],
    ["file-name", "node/index.ts", "", [1]],
    ["file-name", "node/a-b.test.ts", "", []],
    ["purity", "node/partition/a.ts", "const a = 1;\nconst b = Date.now();", [2]],
    ["purity", "node/partition/a.ts", 'import { readFileSync } from "node:fs";', [1]],
    ["purity", "node/partition/a.ts", 'import { createHash } from "node:crypto";', []],
    ["purity", "node/partition/a.ts", 'import { x } from "../store/x.ts";', [1]],
    ["purity", "node/partition/a.ts", 'import type { X } from "../store/x.ts";', []],
    ["purity", "node/partition/a.ts", '// await\nconst a = "Promise";', []],
    ["purity", "node/controller/decide.ts", "async function f() {}", [1]],
    ["purity", "node/controller/other.ts", "async function f() {}", []],
    ["clock", "node/a.ts", "Math.random()", [1]],
    ["clock", "common/clock.ts", "Date.now()", []],
    ["print", "node/a.ts", "process.stdout.write(x)", [1]],
    ["print", "cli/a.ts", "process.stdout.write(x)", []],
    ["swallowed-error", "node/a.ts", "try {\n} catch {\n}", [2]],
    ["swallowed-error", "node/a.ts", "try {\n} catch (error) {\n  // fine\n}", [2]],
    ["swallowed-error", "node/a.ts", "a.catch(() => {});", [1]],
    ["swallowed-error", "node/a.ts", "try { } catch (e) { this.#log.warn(e); }", [1]],
    ["swallowed-error", "node/a.ts", "try { } catch (e) { log.warn(e); /* asked again */ }", []],
    ["swallowed-error", "node/a.ts", "try { } catch (e) { throw new X(e); }", []],
    ["unfinished", "node/a.ts", "// TODO: more", [1]],
    ["unfinished", "node/a.ts", 'const TODO = "TODO";', []],
    ["suppressed-check", "node/a.ts", "// @ts-expect-error because", [1]],
    ["suppressed-check", "node/a.ts", "// biome-ignore lint/x: <explanation>", [1]],
    ["suppressed-check", "node/a.ts", "// biome-ignore lint/x: the library says any", []],
    ["suppressed-check", "node/a.ts", "x as unknown as Y", [1]],
    ["skipped-test", "node/a.test.ts", "it.skip()", [1]],
    ["skipped-test", "node/a.test.ts", "describe.only()", [1]],
    ["skipped-test", "node/a.test.ts", "it.each()", []],
    ["fixed-sleep", "node/a.test.ts", "await sleep(100)", [1]],
    ["fixed-sleep", "node/a.test.ts", "new Promise((resolve) => setTimeout(resolve, 1_000))", [1]],
    ["home-path", "node/a.ts", `const a = "/${"work"}/main";`, [1]],
    ["home-path", "node/a.ts", 'import "./work/main.ts";', []],
  ];
  test.each(rows)("%s in %s: %j", (rule, path, text, bad) => {
    expect(lines(rule, path, text)).toEqual(bad);
  });

  test("every rule has a sample that breaks it", () => {
    const broken = new Set(rows.filter((row) => row[3].length > 0).map((row) => row[0]));
    expect(FILE_RULES.map((rule) => rule.name).filter((name) => !broken.has(name))).toEqual([]);
  });

  test("a reason excuses its own rule on its line and the next, and no other", () => {
    const source = parseSource(
      "node/a.ts",
      "// tidy: clock, seeds a generator\nMath.random();\nMath.random();",
    );
    const found = FILE_RULES.find((rule) => rule.name === "clock")?.check(source) ?? [];
    expect(withoutExcused([source], "clock", found).map((one) => one.line)).toEqual([3]);
    expect(withoutExcused([source], "print", found).map((one) => one.line)).toEqual([2, 3]);
  });
});

describe("tree rules", () => {
  test("layers", () => {
    const sources = [
      parseSource("common/a.ts", 'import { b } from "../proto/b.ts";'),
      parseSource(
        "node/a.ts",
        'import { b } from "../proto/b.ts";\nimport type { c } from "../xdr-shipper/c.ts";',
      ),
      parseSource("node/a.test.ts", 'import { c } from "../test/c.ts";'),
      parseSource("cli/a.ts", 'const b = await import("../node/b.ts");'),
    ];
    expect(checkLayers(sources).map((one) => `${one.path}:${one.line}`)).toEqual([
      "common/a.ts:1",
      "node/a.ts:2",
      "cli/a.ts:1",
    ]);
  });

  test("independence of checkers", () => {
    const sources = [
      parseSource(
        "test/checkers/a.ts",
        'import { b } from "./b.ts";\nimport type { c } from "../../proto/c.ts";',
      ),
      parseSource("test/checkers/b.ts", 'import { createHash } from "node:crypto";'),
      parseSource(
        "test/checkers/a.test.ts",
        'import { test } from "vitest";\nimport { d } from "../process/d.ts";',
      ),
      parseSource(
        "test/process/d.ts",
        'import { a } from "../checkers/a.ts";\nimport { e } from "../../node/e.ts";',
      ),
    ];
    expect(checkIndependence(sources).map((one) => `${one.path}:${one.line}`)).toEqual([
      "test/checkers/a.ts:2",
      "test/checkers/b.ts:1",
      "test/checkers/a.test.ts:2",
    ]);
  });

  test("dead files", () => {
    const sources = [
      parseSource("node/main.ts", 'import "./a.ts";'),
      parseSource("node/a.ts", ""),
      parseSource("node/b.ts", ""),
      parseSource("node/c.ts", ""),
      parseSource("node/c.test.ts", 'import { c } from "./c.ts";'),
    ];
    expect(checkDeadFiles(sources).map((one) => `${one.path} ${one.message}`)).toEqual([
      "node/b.ts dead file: nothing imports it; use it or delete it",
      "node/c.ts dead file: only tests import it; use it or delete it",
    ]);
  });

  test("dead exports", () => {
    const sources = [
      parseSource(
        "node/a.ts",
        "export function used() {}\nexport const own = 1;\nexport class Dead {}\nown;",
      ),
      parseSource("node/b.ts", 'import { used } from "./a.ts";'),
    ];
    expect(checkDeadExports(sources).map((one) => one.message)).toEqual([
      "own is used only here: drop its export",
      "Dead is never used: delete it",
    ]);
  });

  test("barrels", () => {
    const texts = [
      'export { a } from "./a.ts";',
      'export * from "./a.ts";',
      "export { a };",
      "export type A = 1;",
    ];
    const found = texts.map((text) => checkReExports([parseSource("node/a.ts", text)]).length);
    expect(found).toEqual([1, 1, 0, 0]);
  });

  test("SPEC.md and tests agree", () => {
    const spec = {
      path: "node/x/SPEC.md",
      text: "# X\n\n- **I1** one\n- **I2** two\n| C3 | three |\nSee I9.\n",
    };
    const tests = [
      parseSource("node/x/a.test.ts", "// I1 and I7"),
      parseSource("test/y.test.ts", "// node/x/ C3"),
      parseSource("test/z.test.ts", "// I2 of something else"),
    ];
    expect(checkSpecs([spec], tests).map((one) => one.message)).toEqual([
      "I2 is named by no test; test it and say so there",
      "I7 is not in node/x/SPEC.md",
    ]);
    const table = {
      path: "node/x/SPEC.md",
      text: "| I1 | one | `#take`, `X.pull`, `gone` | `a.test.ts`, `b.test.ts`; more |\n",
    };
    const code = parseSource("node/x/x.ts", "class X { pull() { this.#take(); } }");
    expect(checkSpecs([table], [...tests, code]).map((one) => one.message)).toEqual([
      "I7 is not in node/x/SPEC.md",
      "gone is not in the code: say what enforces this now",
      "there is no test b.test.ts",
    ]);
  });

  test("tests named by the table of faults", () => {
    const table = { path: "docs/reliability.md", text: "`test/a.test.ts`, `test/b.test.ts`" };
    expect(checkNamedTests([table], ["test/a.test.ts"]).map((one) => one.message)).toEqual([
      "there is no test/b.test.ts",
    ]);
  });

  test("documents", () => {
    const document = {
      path: "docs/a.md",
      text: "[x](../node/b.ts) [y](c.md) [z](https://c.md) [n](../node/)",
    };
    expect(checkDocuments([document], ["docs/a.md", "node/b.ts"]).map((one) => one.message)).toEqual([
      "no such file: docs/c.md",
    ]);
  });
});
