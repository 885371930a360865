/**
 * Blanks out what is not code: comments and the contents of strings, templates and regular
 * expressions become spaces, line breaks stay. So a rule may look for a word without being fooled by
 * a comment that mentions it, and line numbers are right.
 */

export interface Blanked {
  /** The text with comments, and the contents of literals, as spaces. */
  readonly code: string;
  /** The text with everything but comments as spaces. */
  readonly comments: string;
}

type Kind = "code" | "comment" | "literal";

/** After one of these a slash starts a regular expression, not a division. */
const BEFORE_REGEX = /(^|[=([{,;:!&|?+\-*%<>~^]|\b(return|typeof|case|in|of|void|do|else|yield|await))\s*$/;

/** Splits a TypeScript text into code and comments of equal length. */
export function blank(text: string): Blanked {
  const code: string[] = [];
  const comments: string[] = [];
  const emit = (from: number, to: number, kind: Kind): void => {
    const part = text.slice(from, to);
    const spaces = part.replace(/[^\n]/g, " ");
    code.push(kind === "code" ? part : spaces);
    comments.push(kind === "comment" ? part : spaces);
  };
  /** Depth of braces of each template substitution that is open. */
  const substitutions: number[] = [];
  let offset = 0;
  while (offset < text.length) {
    const next = literalStart(text, offset, substitutions);
    emit(offset, next.at, "code");
    if (next.at === text.length) break;
    const end = literalEnd(text, next.at, next.kind, substitutions);
    if (next.kind === "comment") emit(next.at, end, "comment");
    else {
      // The delimiters stay in the code, so that `import(" ")` still looks like one.
      emit(next.at, next.at + 1, "code");
      emit(next.at + 1, Math.max(next.at + 1, end - 1), "literal");
      emit(Math.max(next.at + 1, end - 1), end, "code");
    }
    offset = end;
  }
  return { code: code.join(""), comments: comments.join("") };
}

interface Start {
  readonly at: number;
  readonly kind: "comment" | "string" | "template" | "regex";
}

/** Finds where code stops: the next comment or literal at or after `from`. */
function literalStart(text: string, from: number, substitutions: number[]): Start {
  for (let at = from; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    const one = text[at];
    if (two === "//" || two === "/*") return { at, kind: "comment" };
    if (one === '"' || one === "'") return { at, kind: "string" };
    if (one === "`") return { at, kind: "template" };
    if (one === "/" && BEFORE_REGEX.test(text.slice(Math.max(0, at - 40), at))) return { at, kind: "regex" };
    const open = substitutions.length - 1;
    if (open < 0) continue;
    if (one === "{") substitutions[open] = (substitutions[open] ?? 0) + 1;
    if (one === "}") {
      const depth = (substitutions[open] ?? 0) - 1;
      if (depth >= 0) substitutions[open] = depth;
      else {
        // The substitution ends and its template goes on.
        substitutions.pop();
        return { at, kind: "template" };
      }
    }
  }
  return { at: text.length, kind: "comment" };
}

/** The offset right after a comment or literal; of a template, also where a substitution opens. */
function literalEnd(text: string, start: number, kind: Start["kind"], substitutions: number[]): number {
  if (kind === "comment") {
    const line = text[start + 1] === "/";
    const end = text.indexOf(line ? "\n" : "*/", start + 2);
    return end < 0 ? text.length : end + (line ? 0 : 2);
  }
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const one = text[at];
    if (one === "\\") at += 1;
    else if (kind === "template" && one === "`") return at + 1;
    else if (kind === "template" && one === "$" && text[at + 1] === "{") {
      substitutions.push(0);
      return at + 2;
    } else if (kind === "regex" && one === "[") inClass = true;
    else if (kind === "regex" && one === "]") inClass = false;
    else if (kind === "regex" && one === "/" && !inClass) return at + 1;
    else if (kind === "string" && one === text[start]) return at + 1;
    else if (kind !== "template" && one === "\n") return at; // not a literal after all
  }
  return text.length;
}
