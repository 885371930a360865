/**
 * Ends a run with what a person or a script must know: the seed, each skipped test by name, and the
 * counts. `npm test` reads the counts from the file named by TEST_COUNTS_FILE to make its last line.
 */
import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

type Unhandled = Parameters<NonNullable<Reporter["onTestRunEnd"]>>[1];

export default class CountsReporter implements Reporter {
  onTestRunStart(): void {
    console.log(`seed ${process.env["TEST_SEED"]} (repeat with TEST_SEED=${process.env["TEST_SEED"]})`);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: Unhandled): void {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") counts.passed += 1;
        else if (result.state === "skipped") {
          const why = result.note === undefined ? "" : ` (${result.note})`;
          counts.skipped += 1;
          skipped.push(`skipped: ${module.relativeModuleId} > ${test.fullName}${why}`);
        } else counts.failed += 1; // a test that never ended is a failure, too
      }
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    }
    for (const line of skipped) console.log(line);
    const file = process.env["TEST_COUNTS_FILE"];
    console.log(`seed ${process.env["TEST_SEED"]}`);
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
    else console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}
