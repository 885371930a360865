/**
 * The dashboard's files, as the admin listener serves them: read once at the start, and no others. The page
 * may load nothing but these, and run nothing that stands in its markup.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AdminFile } from "../../common/admin-http.ts";

const FOLDER = join(import.meta.dirname, "page");
const PAGE = "index.html";
const FILES = [
  ...["style.css", "tables.css", "icon.svg"],
  ...["main.js", "cards.js", "causes.js", "dom.js", "format.js", "link-state.js", "map.js", "map-places.js"],
  ...["problems.js", "rates.js", "rows.js", "table.js"],
];
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};
const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

/** By path: the page at `/` and `/dashboard`, the rest below it. */
export function dashboardFiles(): Record<string, AdminFile> {
  const page = read(PAGE);
  const rest = FILES.map((name) => [`/dashboard/${name}`, read(name)] as const);
  return { "/": page, "/dashboard": page, ...Object.fromEntries(rest) };
}

function read(name: string): AdminFile {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return {
    contentType: TYPES[extension] ?? "application/octet-stream",
    headers: { "content-security-policy": POLICY, "referrer-policy": "no-referrer" },
    body: readFileSync(join(FOLDER, name), "utf8"),
  };
}
