/** A dashboard in a real browser: Debian's Chromium, or the one that CHROMIUM names. */
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** Why no browser can be started here; undefined: it can. In CI it must. */
export const noBrowser =
  process.env["CI"] !== "true" && !existsSync(PROGRAM) ? `this machine lacks ${PROGRAM}` : undefined;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAM,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

export class DashboardPage {
  readonly page: Page;
  /** What the browser had to say on its console. */
  readonly complaints: string[] = [];
  /** Addresses that were asked, other than the page's own. */
  readonly elsewhere: string[] = [];

  private constructor(page: Page, origin: string) {
    this.page = page;
    page.on("console", (message) => this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(origin)) this.elsewhere.push(request.url());
    });
  }

  static async open(browser: Browser, port: number, width: number, dark: boolean): Promise<DashboardPage> {
    const colorScheme = dark ? "dark" : "light";
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const origin = `http://127.0.0.1:${port}/`;
    const opened = new DashboardPage(page, origin);
    await page.goto(origin);
    return opened;
  }

  /** What a person reads first. */
  headline(): Promise<string | null> {
    return this.page.locator("#headline").textContent();
  }

  /** The cells of the link's row, as shown. */
  link(from: string, to: string): Promise<string[]> {
    return this.page.locator(`#links-table tr[data-key="${from}/${to}"] > *`).allTextContents();
  }

  /** How much wider than the screen the page is. */
  async overhang(): Promise<number> {
    const wide = await this.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    return Number(wide);
  }

  /** Presses Tab until the element has the focus; false: it is not reached. */
  async tabTo(selector: string): Promise<boolean> {
    const target = this.page.locator(selector);
    for (let presses = 0; presses < 30; presses++) {
      await this.page.keyboard.press("Tab");
      if (await target.evaluate((one) => one.matches(":focus-visible"))) return true;
    }
    return false;
  }
}
