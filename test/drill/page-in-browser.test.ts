/**
 * Proves in a real browser that a drill's page shows its charts and lists, asks for nothing and runs
 * nothing, fits a phone's width, follows the system's light or dark, and works with the keyboard alone.
 * Needs Debian's Chromium (or the one that CHROMIUM names); the reason is printed when it is left out.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderPage } from "../../cli/drill/report/page.ts";
import type { DrillReport } from "../../cli/drill/report/report-schema.ts";
import { SAMPLE } from "./sample-report.ts";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const leftOut = process.env["CI"] !== "true" && !existsSync(PROGRAM);
if (leftOut) process.stdout.write(`left out, since this machine lacks ${PROGRAM}\n`);

const [loss] = SAMPLE.losses;
const [lostWrite] = loss?.lost ?? [];
if (loss === undefined || lostWrite === undefined) throw new Error("the sample has a lost write");
/** Long enough that a list is folded, and that tables are wider than a phone. */
const REPORT: DrillReport = {
  ...SAMPLE,
  losses: [
    {
      ...loss,
      writes: 300,
      lost: Array.from({ length: 300 }, (_, index) => ({ ...lostWrite, key: `k${index}` })),
    },
  ],
};

// tidy: skipped-test, needs a browser; never left out in CI
describe.skipIf(leftOut)("the page in a browser", () => {
  let folder: string;
  let browser: Browser;
  const asked: string[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "meridian-page-"));
    writeFileSync(join(folder, "report.html"), renderPage(REPORT, "report.json"));
    browser = await chromium.launch({
      executablePath: PROGRAM,
      args: [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(width: number, colorScheme: "light" | "dark"): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`file://${join(folder, "report.html")}`);
    return page;
  }

  test.each([1200, 360])("at %i px everything is there, and only tables and charts scroll", async (width) => {
    const page = await open(width, "light");
    expect(await page.locator("h1").textContent()).toContain("dc-loss");
    expect(await page.locator("section svg[role=img]").count()).toBe(4);
    const wide = await page.evaluate("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(width);
    const charts = await page.locator("svg[role=img] path.line").count();
    expect(charts).toBeGreaterThanOrEqual(5);
    await page.close();
  });

  test("light and dark differ, and follow the system", async () => {
    const colours = [];
    for (const scheme of ["light", "dark"] as const) {
      const page = await open(800, scheme);
      colours.push(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
      await page.close();
    }
    expect(new Set(colours).size).toBe(2);
  });

  test("the keyboard alone reaches and unfolds a long list", async () => {
    const page = await open(800, "light");
    const summary = page.locator("summary", { hasText: "every write" }).first();
    const isFocused = async (): Promise<boolean> => await summary.evaluate((one) => one.matches(":focus"));
    for (let presses = 0; presses < 40 && !(await isFocused()); presses++) await page.keyboard.press("Tab");
    expect(await isFocused()).toBe(true);
    const row = page.getByRole("cell", { name: "k299", exact: true });
    expect(await row.isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    expect(await row.isVisible()).toBe(true);
    await page.close();
  });

  test("nothing was asked for but the page, and the browser had nothing to complain of", () => {
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((url) => !url.endsWith("/report.html"))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
