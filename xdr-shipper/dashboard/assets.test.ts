/**
 * Proves of the dashboard's files: all of the page's folder is served, with a policy that lets nothing else
 * load; nothing asks for what is not served, or runs from the markup; and each runbook part that a problem
 * names exists.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dashboardFiles } from "./assets.ts";

const files = dashboardFiles();
const folder = join(import.meta.dirname, "page");

test("every file of the page is served, and each says what may load", () => {
  const names = readdirSync(folder).filter((name) => /\.(html|css|js|svg)$/.test(name));
  const paths = names.map((name) => (name === "index.html" ? "/" : `/dashboard/${name}`));
  expect(Object.keys(files).sort()).toEqual([...paths, "/dashboard"].sort());
  for (const file of Object.values(files)) {
    expect(file.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(file.headers["content-security-policy"]).not.toContain("unsafe");
  }
});

test("nothing is asked for that is not served, and nothing runs in the markup", () => {
  const html = files["/"]?.body ?? "";
  const asked = [...html.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map(([, path]) => path ?? "");
  expect(asked.length).toBeGreaterThan(3);
  for (const path of asked) expect(Object.keys(files)).toContain(path);
  expect(html).not.toMatch(/\son\w+=|\sstyle=|<style/);
  for (const [path, { body }] of Object.entries(files)) {
    for (const [, name] of body.matchAll(/from "\.\/([\w-]+\.js)"/g))
      expect(files).toHaveProperty([`/dashboard/${name}`]);
    expect(body.replace("http://www.w3.org/2000/svg", ""), path).not.toMatch(/https?:\/\/|innerHTML/);
  }
});

test("every part of the runbook that the page names is there", () => {
  const runbook = readFileSync(join(import.meta.dirname, "../../docs/runbook.md"), "utf8").toLowerCase();
  const named = [...(files["/dashboard/problems.js"]?.body.matchAll(/runbook: "([\w ]+)"/g) ?? [])];
  expect(named.length).toBeGreaterThan(5);
  for (const [, part] of named) expect(runbook).toContain(`\n## ${part}\n`);
});
