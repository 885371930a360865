/** Tidy rules that look at one file at a time. Each returns what is wrong and what to do instead. */
import { findInCode, findInComments, lineAt, type Source, type Violation } from "./source.ts";

export interface FileRule {
  readonly name: string;
  readonly check: (source: Source) => Violation[];
}

const LINES_MAX = 500;
const TEST_LINES_MAX = 1000;
const COLUMNS_MAX = 110;

/** Files that may read the wall clock or draw random numbers themselves. */
const MAY_READ_CLOCK =
  /^(common\/clock\.ts|cli\/|test\/|deploy\/|docs\/examples\/|vitest\.config\.ts)|\.test\.ts$/;
/** Files that may write to the terminal themselves. */
const MAY_PRINT = /^(cli|test|deploy|docs\/examples)\/|\/main\.ts$|^proto\/generate\.mjs$/;

/** The places without IO, clock and promises: they hold the risk and run in a simulator as they are. */
const PURE =
  /^(common\/version\/|node\/partition\/|xdr-shipper\/ship\/(core\/|ship\.ts)|deploy\/wan-link\/shaper\.ts|node\/controller\/(decide|fencing|shut-outs|next-xdr-orders|placement|liveness|rows|targets|observed)\.ts)/;
/** What a pure file may take from Node: functions of their arguments only. */
const PURE_BUILTINS = /^\{\s*(createHash|hash|crc32)(\s*,\s*(createHash|hash|crc32))*\s*\}$/;
/** Parts of common/ that do IO. */
const IMPURE_COMMON = /^common\/(log|config|clock|admin-http|metrics)\.ts$|^proto\/frame-connection\.ts$/;

function isPure(source: Source): boolean {
  return PURE.test(source.path) && !source.isTest;
}

export const FILE_RULES: readonly FileRule[] = [
  {
    name: "length",
    check: (source) => {
      const lines = source.text.trimEnd().split("\n").length;
      const most = source.isTest ? TEST_LINES_MAX : LINES_MAX;
      if (lines <= most) return [];
      return [
        { path: source.path, line: most, message: `${lines} lines; split it by noun, at most ${most}` },
      ];
    },
  },
  {
    // Code is the formatter's business; comments are nobody's but ours.
    name: "width",
    check: (source) =>
      source.comments
        .split("\n")
        .flatMap((comment, index) =>
          comment.trimEnd().length <= COLUMNS_MAX || /https?:\/\//.test(comment)
            ? []
            : [{ path: source.path, line: index + 1, message: `comment beyond column ${COLUMNS_MAX}` }],
        ),
  },
  {
    name: "header",
    check: (source) => {
      if (/^(#!.*\n)?\s*(\/\*|\/\/)/.test(source.text)) return [];
      const say = source.isTest ? "what it proves and how" : "what it is and what it must guarantee";
      return [{ path: source.path, line: 1, message: `starts without a comment that says ${say}` }];
    },
  },
  {
    name: "file-name",
    check: (source) => {
      const name = source.path.split("/").at(-1) ?? "";
      const fine = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|mjs|js)$/.test(name);
      if (fine && !/^(index|utils?|helpers?|misc)\./.test(name)) return [];
      return [{ path: source.path, line: 1, message: "name the file after its noun, in kebab-case" }];
    },
  },
  {
    name: "purity",
    check: (source) => {
      if (!isPure(source)) return [];
      const words =
        /\b(await|async|Promise|Date|performance|setTimeout|setInterval|setImmediate|queueMicrotask|process|console|fetch)\b|\bMath\.random\b/;
      const used = findInCode(source, words, "this file is pure: pass it in as an event or return an effect");
      const taken = source.imports
        .filter((one) => !one.typeOnly)
        .filter((one) =>
          one.path === undefined
            ? !PURE_BUILTINS.test(one.names)
            : IMPURE_COMMON.test(one.path) || !(/^(common|proto)\//.test(one.path) || PURE.test(one.path)),
        )
        .map((one) => ({
          path: source.path,
          line: one.line,
          message: `a pure file must not import ${one.specifier}; only pure files, common/ and proto/`,
        }));
      return [...used, ...taken];
    },
  },
  {
    name: "clock",
    check: (source) =>
      MAY_READ_CLOCK.test(source.path)
        ? []
        : findInCode(
            source,
            /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b/,
            "take a Clock (common/clock.ts) or node:crypto, so that a test can drive it",
          ),
  },
  {
    name: "print",
    check: (source) =>
      MAY_PRINT.test(source.path) || source.isTest
        ? []
        : findInCode(source, /\bprocess\.std(out|err)\.write\b|\bconsole\./, "log through common/log.ts"),
  },
  { name: "swallowed-error", check: swallowedErrors },
  {
    name: "unfinished",
    check: (source) =>
      findInComments(
        source,
        /\b(TODO|FIXME|XXX|HACK)\b/,
        "finish it, or file an issue and describe the limit",
      ),
  },
  {
    name: "suppressed-check",
    check: (source) => [
      ...findInComments(source, /@ts-(ignore|nocheck|expect-error)\b/, "make the types right"),
      ...findInComments(
        source,
        /biome-ignore[^:\n]*(?::\s*(?:<explanation>)?\s*$|$)/m,
        "say why after a colon",
      ),
      ...(source.isTest ? [] : findInCode(source, /\bas unknown as\b/, "parse the value instead")),
    ],
  },
  {
    name: "skipped-test",
    check: (source) =>
      source.isTest
        ? [
            ...findInCode(source, /\b(it|test|describe|suite)\.only\b/, "would hide every other test"),
            ...findInCode(
              source,
              /\b(it|test|describe|suite)\.(skip|todo|fails|skipIf|runIf)\b/,
              "needs a reason: `// tidy: skipped-test, <why>` before it",
            ),
          ]
        : [],
  },
  {
    name: "fixed-sleep",
    check: (source) =>
      source.path.endsWith(".test.ts")
        ? [
            ...findInCode(source, /\bsetTimeout\(\s*\w+\s*,\s*[\d_]+\s*\)/, "wait for the condition instead"),
            ...findInCode(
              source,
              /\bawait (sleep|delay|pause|setTimeout)\(/,
              "wait for the condition instead",
            ),
          ]
        : [],
  },
  {
    name: "home-path",
    check: (source) => homePaths(source.path, source.text),
  },
];

/** Paths of somebody's machine; also used for documents. */
export function homePaths(path: string, text: string): Violation[] {
  return [...text.matchAll(/(?<![\w.-])\/(work|root|home)\/[\w.-]+/g)].map((match) => ({
    path,
    line: lineAt(text, match.index),
    message: `\`${match[0]}\` exists on one machine only; use a path from the repository`,
  }));
}

/** Empty catches, `.catch(() => {})`, and catches that only log without saying why that is enough. */
function swallowedErrors(source: Source): Violation[] {
  const found: Violation[] = [];
  const report = (at: number, message: string): void => {
    found.push({ path: source.path, line: lineAt(source.code, at), message });
  };
  for (const match of source.code.matchAll(/\bcatch\s*(\([^)]*\)\s*)?\{/g)) {
    const open = match.index + match[0].length;
    const close = closingBrace(source.code, open);
    const body = source.code.slice(open, close).trim();
    if (body === "") report(match.index, "empty catch: handle the error, or let it pass");
    const explained = source.comments.slice(open, close).trim() !== "";
    const onlyLogs = /^(\w+\.|this\.#?)*#?(log|logger|console)\.\w+\([^;]*\);?$/.test(body);
    if (onlyLogs && !explained)
      report(match.index, "catch that only logs: handle it, or say why that is enough");
  }
  for (const match of source.code.matchAll(
    /\.catch\(\s*(\(\w*\)|\w+)\s*=>\s*(\{\s*\}|undefined|null|void 0)\s*\)/g,
  )) {
    report(match.index, "swallows every error: handle the one you expect, pass on the others");
  }
  return found;
}

function closingBrace(code: string, open: number): number {
  let depth = 1;
  for (let at = open; at < code.length; at++) {
    if (code[at] === "{") depth += 1;
    else if (code[at] === "}" && --depth === 0) return at;
  }
  return code.length;
}
