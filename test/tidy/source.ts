/** The repository's own files as the tidy rules see them: text, code without literals, imports. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { blank } from "./blank.ts";

export interface Import {
  /** As written: `../common/assert.ts`, `node:fs`, `zod`. */
  readonly specifier: string;
  /** Path from the repository's root when the specifier is relative, else undefined. */
  readonly path: string | undefined;
  readonly line: number;
  /** `import type`: erased before the program runs. */
  readonly typeOnly: boolean;
  /** Text between `import` and `from`. */
  readonly names: string;
}

export interface Source {
  /** Path from the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly code: string;
  readonly comments: string;
  readonly imports: readonly Import[];
  readonly isTest: boolean;
}

export interface Violation {
  readonly path: string;
  readonly line: number;
  /** What is wrong and what to do instead. */
  readonly message: string;
}

const SKIPPED = new Set(["node_modules", ".git", ".meridian", "coverage", "dist", "gen"]);
const CODE = /\.(ts|mjs|js)$/;

/** All files below `root` that people write, as paths from it, in order. */
export function listFiles(root: string): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) found.push(path);
    }
  };
  walk("");
  return found.sort();
}

/** Reads the code files among `paths`. */
export function loadSources(root: string, paths: readonly string[]): Source[] {
  return paths
    .filter((path) => CODE.test(path))
    .map((path) => parseSource(path, readFileSync(join(root, path), "utf8")));
}

export function parseSource(path: string, text: string): Source {
  const { code, comments } = blank(text);
  const isTest = path.startsWith("test/") || path.endsWith(".test.ts");
  return { path, text, code, comments, imports: findImports(path, text, code), isTest };
}

const IMPORT = /\b(?:import|export)\b([^;"'`]*?)(?:\bfrom\b\s*|\(\s*)?(["'])/g;

function findImports(path: string, text: string, code: string): Import[] {
  const imports: Import[] = [];
  for (const match of code.matchAll(IMPORT)) {
    const whole = match[0];
    const names = match[1] ?? "";
    const isDeclaration = !/\bfrom\s*["']$|\(\s*["']$|^import\s*["']$/.test(whole);
    if (isDeclaration) continue;
    if (whole.startsWith("export") && !/\bfrom\s*["']$/.test(whole)) continue;
    const start = match.index + whole.length;
    const specifier = text.slice(start, text.indexOf(match[2] ?? '"', start));
    imports.push({
      specifier,
      path: specifier.startsWith(".") ? relativePath(path, specifier) : undefined,
      line: lineAt(text, match.index),
      typeOnly: /^\s*type\b/.test(names),
      names: names.trim(),
    });
  }
  return imports;
}

function relativePath(from: string, specifier: string): string {
  return normalize(join(dirname(from), specifier))
    .split(sep)
    .join("/");
}

/** The line, from 1, of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** Every place in a source's code (not its comments or strings) that `pattern` matches. */
export function findInCode(source: Source, pattern: RegExp, message: string): Violation[] {
  return findIn(source, source.code, pattern, message);
}

/** Every place in a source's comments that `pattern` matches. */
export function findInComments(source: Source, pattern: RegExp, message: string): Violation[] {
  return findIn(source, source.comments, pattern, message);
}

function findIn(source: Source, text: string, pattern: RegExp, message: string): Violation[] {
  const flags = pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`;
  return [...text.matchAll(new RegExp(pattern.source, flags))].map((match) => ({
    path: source.path,
    line: lineAt(text, match.index),
    message: `\`${match[0].trim().slice(0, 60)}\`: ${message}`,
  }));
}

/**
 * Drops violations that carry a reason: a comment `tidy: <rule>, <why>` on the line or on the one
 * before it. The reason is for the reader, so it must say more than the rule's name.
 */
export function withoutExcused(sources: readonly Source[], rule: string, found: Violation[]): Violation[] {
  const byPath = new Map(sources.map((source) => [source.path, source.comments.split("\n")]));
  const excuse = new RegExp(`tidy: ${rule}, \\S+ \\S+`);
  return found.filter((violation) => {
    const lines = byPath.get(violation.path);
    if (lines === undefined) return true;
    return !excuse.test(`${lines[violation.line - 2] ?? ""}\n${lines[violation.line - 1] ?? ""}`);
  });
}
