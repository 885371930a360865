/**
 * POSIX regular expressions, basic and extended, read into a tree. What a pattern may not have here is said
 * by its name: back references and word boundaries have no place in a match whose time is bounded. Pure.
 */

/** Whether a character belongs to a set. */
export type CharacterTest = (code: number) => boolean;

export type Pattern =
  | { readonly kind: "set"; readonly test: CharacterTest }
  | { readonly kind: "begin" | "end" }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Pattern[] }
  /** `most` may be infinite. */
  | { readonly kind: "repeat"; readonly part: Pattern; readonly least: number; readonly most: number };

export interface Syntax {
  readonly extended: boolean;
  readonly ignoreCase: boolean;
  /** Lines count: neither `.` nor a set of what is not in it matches their ends. */
  readonly newline: boolean;
}

/** POSIX's RE_DUP_MAX. */
const REPEAT_MAX = 255;
const DEPTH_MAX = 64;
const LINE_END = 10;

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are the class's members
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** Sets that GNU's expressions name by a letter. */
const LETTERS: Readonly<Record<string, CharacterTest>> = {
  w: (code) => code === 95 || isIn("alnum", code),
  W: (code) => code !== 95 && !isIn("alnum", code),
  s: (code) => isIn("space", code),
  S: (code) => !isIn("space", code),
};

function isIn(name: string, code: number): boolean {
  return CLASSES[name]?.test(String.fromCodePoint(code)) === true;
}

/** What a pattern has that cannot be; thrown inside of this file only. */
class Refusal extends Error {}

/** The pattern's tree, or why there is none. */
export function readPattern(source: string, syntax: Syntax): Pattern | string {
  try {
    return new PatternReader(source, syntax).whole();
  } catch (error) {
    if (error instanceof Refusal) return `pattern: ${error.message}`;
    throw error;
  }
}

class PatternReader {
  readonly #syntax: Syntax;
  readonly #text: readonly string[];
  #at = 0;

  constructor(source: string, syntax: Syntax) {
    this.#text = [...source];
    this.#syntax = syntax;
  }

  whole(): Pattern {
    const pattern = this.#choice(0);
    if (this.#at < this.#text.length) throw new Refusal("a group is closed that is not open");
    return pattern;
  }

  /** Whether an operator follows: as it is in an extended pattern, behind a backslash in a basic one. */
  #sees(operator: string): boolean {
    if (this.#syntax.extended) return this.#text[this.#at] === operator;
    return this.#text[this.#at] === "\\" && this.#text[this.#at + 1] === operator;
  }

  #takes(operator: string): boolean {
    if (!this.#sees(operator)) return false;
    this.#at += this.#syntax.extended ? 1 : 2;
    return true;
  }

  #choice(depth: number): Pattern {
    if (depth > DEPTH_MAX) throw new Refusal("groups are nested too deeply");
    const parts = [this.#sequence(depth)];
    while (this.#takes("|")) parts.push(this.#sequence(depth));
    return { kind: "choice", parts };
  }

  #sequence(depth: number): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#text.length && !this.#sees("|") && !this.#sees(")")) {
      const atom = this.#atom(depth, parts.at(-1) === undefined || parts.at(-1)?.kind === "begin");
      // Nothing repeats a begin: a star behind it is a character, or refused.
      parts.push(atom.kind === "begin" ? atom : this.#repeated(atom));
    }
    return { kind: "sequence", parts };
  }

  #atom(depth: number, isFirst: boolean): Pattern {
    if (this.#takes("(")) {
      const group = this.#choice(depth + 1);
      if (!this.#takes(")")) throw new Refusal("a group is not closed");
      return group;
    }
    const character = this.#next();
    switch (character) {
      case ".":
        return { kind: "set", test: (code) => !(this.#syntax.newline && code === LINE_END) };
      case "[":
        return { kind: "set", test: this.#set() };
      case "^":
        return this.#syntax.extended || isFirst ? { kind: "begin" } : this.#one(character);
      case "$":
        return this.#endsHere() ? { kind: "end" } : this.#one(character);
      case "\\":
        return this.#escaped();
      case "*":
        if (!this.#syntax.extended && isFirst) return this.#one(character);
        throw new Refusal("* has nothing to repeat");
      case "+":
      case "?":
      case "{":
        if (this.#syntax.extended) throw new Refusal(`${character} has nothing to repeat`);
        return this.#one(character);
      default:
        return this.#one(character);
    }
  }

  #endsHere(): boolean {
    const { extended } = this.#syntax;
    return extended || this.#at === this.#text.length || this.#sees(")") || this.#sees("|");
  }

  #escaped(): Pattern {
    const character = this.#next();
    const test = LETTERS[character];
    if (test !== undefined) return { kind: "set", test };
    if (/[1-9]/.test(character)) throw new Refusal(`\\${character}: back references are not there`);
    if ("bB<>`'".includes(character)) throw new Refusal(`\\${character}: word boundaries are not there`);
    if (/[A-Za-z0]/.test(character)) {
      throw new Refusal(`\\${character} is no escape of POSIX; digits are [0-9] or [[:digit:]]`);
    }
    return this.#one(character);
  }

  #one(character: string): Pattern {
    const wanted = character.codePointAt(0) ?? 0;
    return { kind: "set", test: this.#caseless((code) => code === wanted) };
  }

  #caseless(test: CharacterTest): CharacterTest {
    if (!this.#syntax.ignoreCase) return test;
    return (code) => {
      const character = String.fromCodePoint(code);
      const lower = character.toLowerCase().codePointAt(0) ?? code;
      const upper = character.toUpperCase().codePointAt(0) ?? code;
      return test(code) || test(lower) || test(upper);
    };
  }

  #repeated(atom: Pattern): Pattern {
    let part = atom;
    for (;;) {
      if (this.#text[this.#at] === "*") {
        this.#at++;
        part = { kind: "repeat", part, least: 0, most: Number.POSITIVE_INFINITY };
      } else if (this.#takes("+")) part = { kind: "repeat", part, least: 1, most: Number.POSITIVE_INFINITY };
      else if (this.#takes("?")) part = { kind: "repeat", part, least: 0, most: 1 };
      else if (this.#takes("{")) part = this.#interval(part);
      else return part;
    }
  }

  #interval(part: Pattern): Pattern {
    const close = this.#syntax.extended ? "}" : "\\}";
    const rest = this.#text.slice(this.#at, this.#at + 16).join("");
    const match = /^(\d{1,3})(?:(,)(\d{0,3}))?(\\?\})/.exec(rest);
    if (match === null || match[4] !== close) throw new Refusal(`an interval is {n}, {n,} or {n,m}`);
    this.#at += match[0].length;
    const least = Number(match[1]);
    const upper = match[2] === undefined ? least : Number(match[3]);
    const most = match[3] === "" ? Number.POSITIVE_INFINITY : upper;
    if (least > most || least > REPEAT_MAX || (most > REPEAT_MAX && Number.isFinite(most))) {
      throw new Refusal(`an interval of ${match[0]} cannot be: at most ${REPEAT_MAX}, and in order`);
    }
    return { kind: "repeat", part, least, most };
  }

  /** A set in brackets, behind its opening one. */
  #set(): CharacterTest {
    const isOpposite = this.#text[this.#at] === "^";
    if (isOpposite) this.#at++;
    const tests: CharacterTest[] = [];
    for (let isFirst = true; isFirst || this.#text[this.#at] !== "]"; isFirst = false) {
      tests.push(this.#member());
    }
    this.#at++;
    const isMember = this.#caseless((code) => tests.some((test) => test(code)));
    if (!isOpposite) return isMember;
    const { newline } = this.#syntax;
    return (code) => !isMember(code) && !(newline && code === LINE_END);
  }

  #member(): CharacterTest {
    const name = this.#named(":");
    if (name !== undefined) {
      if (!Object.hasOwn(CLASSES, name)) throw new Refusal(`there is no class [:${name}:]`);
      return (code) => isIn(name, code);
    }
    const from = this.#element();
    const isRange = this.#text[this.#at] === "-" && this.#text[this.#at + 1] !== "]";
    if (!isRange) return (code) => code === from;
    this.#at++;
    const to = this.#element();
    if (from > to) throw new Refusal("a range in brackets is in the wrong order");
    return (code) => code >= from && code <= to;
  }

  /** A character, or the one of `[.a.]` and `[=a=]`. */
  #element(): number {
    const named = this.#named(".") ?? this.#named("=");
    if (named !== undefined && [...named].length !== 1) {
      throw new Refusal(`[${named}]: collating elements of several characters are not there`);
    }
    return (named ?? this.#next()).codePointAt(0) ?? 0;
  }

  /** What stands in `[:…:]` and the like, if it does. */
  #named(mark: string): string | undefined {
    if (this.#text[this.#at] !== "[" || this.#text[this.#at + 1] !== mark) return undefined;
    const end = this.#text.findIndex(
      (one, index) => index > this.#at + 1 && one === mark && this.#text[index + 1] === "]",
    );
    if (end < 0) throw new Refusal(`[${mark} is not closed`);
    const name = this.#text.slice(this.#at + 2, end).join("");
    this.#at = end + 2;
    return name;
  }

  #next(): string {
    const character = this.#text[this.#at];
    if (character === undefined) throw new Refusal("it ends too early");
    this.#at++;
    return character;
  }
}
