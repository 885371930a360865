/** Tidy rules that look at the whole tree: layers, dead files and exports, SPEC.md, links. */
import { dirname, join } from "node:path";
import { homePaths } from "./file-rules.ts";
import { findInCode, lineAt, type Source, type Violation } from "./source.ts";

export interface Document {
  readonly path: string;
  readonly text: string;
}

/** Which top folder may import which; tests may import all, and nothing imports test/. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  common: ["common"],
  proto: ["common", "proto"],
  node: ["common", "proto", "node"],
  "xdr-shipper": ["common", "proto", "xdr-shipper"],
  cli: ["common", "proto", "cli", "deploy"],
  deploy: ["common", "proto", "deploy"],
};

/** Files that something other than an import starts. */
const ENTRIES =
  /^(node\/main\.ts|xdr-shipper\/main\.ts|xdr-shipper\/dashboard\/page\/main\.js|cli\/meridian\.(ts|js|mjs)|cli\/containers\/meridian-containers\.ts|cli\/changes\/changes\.ts|docs\/examples\/[\w-]+\.mjs|deploy\/[\w-]+\.(mjs|js|ts)|deploy\/wan-link\/main\.ts|deploy\/container\/(init\.ts|healthcheck\.mjs)|proto\/generate\.mjs|vitest\.config\.ts|test\/run\.mjs|test\/simulation\/simulate\.ts|test\/process\/soak\.ts|test\/gates\/[\w-]+\.ts|test\/bench\/(main|[\w-]+-server|[\w-]+-bench)\.ts)$|\.test\.ts$/;

function topFolder(path: string): string {
  return path.split("/")[0] ?? "";
}

export function checkLayers(sources: readonly Source[]): Violation[] {
  const found: Violation[] = [];
  for (const source of sources) {
    const allowed = LAYERS[topFolder(source.path)];
    if (allowed === undefined || source.isTest) continue;
    for (const one of source.imports) {
      if (one.path === undefined || allowed.includes(topFolder(one.path))) continue;
      found.push({
        path: source.path,
        line: one.line,
        message: `${topFolder(source.path)}/ must not import ${one.path}; it may import ${allowed.join(", ")}`,
      });
    }
  }
  return found;
}

/**
 * The checkers judge the product, so they must not share its mistakes: they import each other and, in
 * their tests, the test libraries; nothing else.
 */
export function checkIndependence(sources: readonly Source[]): Violation[] {
  const folder = "test/checkers/";
  return sources
    .filter((source) => source.path.startsWith(folder))
    .flatMap((source) =>
      source.imports
        .filter((one) =>
          one.path === undefined
            ? !(source.path.endsWith(".test.ts") && /^(vitest|fast-check)$/.test(one.specifier))
            : !one.path.startsWith(folder),
        )
        .map((one) => ({
          path: source.path,
          line: one.line,
          message: `a checker must not import ${one.specifier}: it judges what it does not know`,
        })),
    );
}

/** Files that no entry reaches, and production files that only tests reach. */
export function checkDeadFiles(sources: readonly Source[]): Violation[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reach = (entries: readonly Source[]): Set<string> => {
    const reached = new Set(entries.map((entry) => entry.path));
    for (const path of reached) {
      for (const one of byPath.get(path)?.imports ?? []) if (one.path !== undefined) reached.add(one.path);
      // Processes started by their path, as `join(root, "node/main.ts")`.
      for (const other of byPath.get(path)?.text.matchAll(/["'`/]((?:[\w-]+\/)*[\w-]+\.(?:mjs|ts))["'`]/g) ??
        []) {
        const named = other[1] ?? "";
        for (const candidate of [named, join(dirname(path), named)]) {
          if (byPath.has(candidate)) reached.add(candidate);
        }
      }
    }
    return reached;
  };
  const entries = sources.filter((source) => ENTRIES.test(source.path));
  const all = reach(entries);
  const shipped = reach(entries.filter((entry) => !entry.isTest));
  return sources.flatMap((source) => {
    if (source.path.endsWith(".d.ts")) return []; // taken by the compiler, not by an import
    const dead = !all.has(source.path);
    if (!dead && (source.isTest || shipped.has(source.path))) return [];
    const why = dead ? "nothing imports it" : "only tests import it";
    return [{ path: source.path, line: 1, message: `dead file: ${why}; use it or delete it` }];
  });
}

const EXPORTED = /\bexport\s+(?:async\s+)?(?:function\*?|const|class|let)\s+(\w+)/g;

/** Exported functions, constants and classes that no other file mentions. */
export function checkDeadExports(sources: readonly Source[]): Violation[] {
  const mentionedIn = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const word of new Set(source.code.match(/\w+/g) ?? [])) {
      const paths = mentionedIn.get(word) ?? new Set();
      mentionedIn.set(word, paths.add(source.path));
    }
  }
  return sources.flatMap((source) =>
    [...source.code.matchAll(EXPORTED)].flatMap((match) => {
      const name = match[1] ?? "";
      if ((mentionedIn.get(name)?.size ?? 0) > 1) return [];
      const line = lineAt(source.code, match.index);
      const uses = source.code.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;
      const message =
        uses > 1 ? `${name} is used only here: drop its export` : `${name} is never used: delete it`;
      return [{ path: source.path, line, message }];
    }),
  );
}

/** An invariant or constraint that opens a line of a SPEC.md: `- **I4** …`, `| C2 | …`, `### B7`. */
const SPEC_ID = /^[\s#|>*-]*`?\**([A-Z]{1,3}\d{1,3})\b/gm;

/** A line of a table of invariants: its cells. */
const SPEC_ROW = /^\| (?:[A-Z]{1,3}\d{1,3}) \|([^|]*)\|([^|]*)\|([^|]*)\|\s*$/gm;

/**
 * Both ways: each id that a SPEC.md gives is named by a test (beside the SPEC.md or, in test/, in a file
 * that also names the SPEC.md's folder), and such a test names no id of that kind that the SPEC.md lacks.
 * What a row says enforces and shows its invariant exists.
 */
export function checkSpecs(documents: readonly Document[], sources: readonly Source[]): Violation[] {
  return documents
    .filter((document) => document.path.endsWith("SPEC.md"))
    .flatMap((spec) => [...checkSpecIds(spec, sources), ...checkSpecNames(spec, sources)]);
}

function checkSpecIds(spec: Document, sources: readonly Source[]): Violation[] {
  const found: Violation[] = [];
  const folder = dirname(spec.path);
  const tests = sources.filter(
    (source) => source.isTest && (source.path.startsWith(`${folder}/`) || source.text.includes(`${folder}/`)),
  );
  const ids = new Map<string, number>();
  for (const match of spec.text.matchAll(SPEC_ID)) {
    const id = match[1] ?? "";
    if (!ids.has(id)) ids.set(id, lineAt(spec.text, match.index));
  }
  for (const [id, line] of ids) {
    if (tests.some((test) => new RegExp(`\\b${id}\\b`).test(test.text))) continue;
    found.push({ path: spec.path, line, message: `${id} is named by no test; test it and say so there` });
  }
  const kinds = [...new Set([...ids.keys()].map((id) => id.replace(/\d+$/, "")))];
  if (kinds.length === 0) return found;
  const anyId = new RegExp(`\\b((?:${kinds.join("|")})\\d{1,2})\\b`, "g");
  for (const test of tests.filter((one) => one.path !== "test/tidy/rules.test.ts")) {
    for (const match of test.comments.matchAll(anyId)) {
      if (ids.has(match[1] ?? "")) continue;
      const line = lineAt(test.text, match.index);
      found.push({ path: test.path, line, message: `${match[1]} is not in ${spec.path}` });
    }
  }
  return found;
}

function checkSpecNames(spec: Document, sources: readonly Source[]): Violation[] {
  const found: Violation[] = [];
  const words = new Set(
    sources.filter((source) => !source.isTest).flatMap((one) => one.code.match(/\w+/g) ?? []),
  );
  for (const match of spec.text.matchAll(SPEC_ROW)) {
    const line = lineAt(spec.text, match.index);
    for (const [, name = ""] of (match[2] ?? "").matchAll(/`([^`]+)`/g)) {
      if (name.split(/[.#()]+/).every((part) => part === "" || words.has(part))) continue;
      found.push({
        path: spec.path,
        line,
        message: `${name} is not in the code: say what enforces this now`,
      });
    }
    for (const [, name = ""] of (match[3] ?? "").matchAll(/`([\w./-]+\.test\.ts)`/g)) {
      if (sources.some((source) => source.path === name || source.path.endsWith(`/${name}`))) continue;
      found.push({ path: spec.path, line, message: `there is no test ${name}` });
    }
  }
  return found;
}

/** A row of the table of faults: a link or a name of a test file is one that exists. */
export function checkNamedTests(documents: readonly Document[], paths: readonly string[]): Violation[] {
  return documents
    .filter((document) => document.path === "docs/reliability.md")
    .flatMap((document) =>
      [...document.text.matchAll(/`([\w./-]+\.ts)`/g)]
        .filter((match) => !paths.includes(match[1] ?? ""))
        .map((match) => ({
          path: document.path,
          line: lineAt(document.text, match.index),
          message: `there is no ${match[1]}`,
        })),
    );
}

/** Links of documents to files that do not exist, and paths of somebody's machine. */
export function checkDocuments(documents: readonly Document[], paths: readonly string[]): Violation[] {
  const known = new Set(paths);
  for (const path of paths) for (let up = dirname(path); up !== "."; up = dirname(up)) known.add(up);
  return documents.flatMap((document) => {
    const broken = [...document.text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].flatMap(
      (match) => {
        const target = join(dirname(document.path), match[1] ?? "").replace(/\/$/, "");
        if (known.has(target)) return [];
        return [
          {
            path: document.path,
            line: lineAt(document.text, match.index),
            message: `no such file: ${target}`,
          },
        ];
      },
    );
    return [...broken, ...homePaths(document.path, document.text)];
  });
}

/** Folders of re-exports hide which file defines a thing. */
export function checkReExports(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) =>
    findInCode(source, /\bexport\s*(\*|\{[^}]*\}\s*from\b)/, "no barrels: import the file that defines it"),
  );
}
