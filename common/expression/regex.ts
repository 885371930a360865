/**
 * Matches POSIX regular expressions in a time that is bounded by the lengths of pattern and text, whatever a
 * client sends: all ways of matching are followed at once (an automaton), none is tried after another. Pure.
 */
import { REGEX_STATES_MAX } from "../limits.ts";
import { type CharacterTest, type Pattern, readPattern } from "./regex-syntax.ts";

/** Flags of the client protocol; NOSUB (4) says nothing here. */
const Flag = { extended: 1, ignoreCase: 2, nosub: 4, newline: 8 } as const;
const FLAGS = Flag.extended | Flag.ignoreCase | Flag.nosub | Flag.newline;
const LINE_END = 10;

/** One step of a match: what it takes, or where it goes on at once. */
type Step =
  | { readonly kind: "take"; readonly test: CharacterTest }
  | { readonly kind: "begin" | "end" | "match" }
  | { readonly kind: "fork"; readonly to: readonly number[] };

export interface Regex {
  readonly source: string;
  readonly steps: readonly Step[];
  readonly newline: boolean;
}

/** The expression, or why there is none. */
export function compileRegex(source: string, flags: number): Regex | string {
  if ((flags & ~FLAGS) !== 0) return `regular expressions have no flag ${flags & ~FLAGS}`;
  const newline = (flags & Flag.newline) !== 0;
  const pattern = readPattern(source, {
    newline,
    extended: (flags & Flag.extended) !== 0,
    ignoreCase: (flags & Flag.ignoreCase) !== 0,
  });
  if (typeof pattern === "string") return pattern;
  const steps: Step[] = [];
  if (!lay(steps, pattern)) return `pattern: it has more than ${REGEX_STATES_MAX} states`;
  steps.push({ kind: "match" });
  return { source, steps, newline };
}

/** Appends the steps of a part, each of which leads to the next; false when they are too many. */
function lay(steps: Step[], pattern: Pattern): boolean {
  if (steps.length > REGEX_STATES_MAX) return false;
  switch (pattern.kind) {
    case "set":
      steps.push({ kind: "take", test: pattern.test });
      return true;
    case "begin":
    case "end":
      steps.push({ kind: pattern.kind });
      return true;
    case "sequence":
      return pattern.parts.every((part) => lay(steps, part));
    case "choice":
      return layChoice(steps, pattern.parts);
    default:
      return layRepeat(steps, pattern);
  }
}

function layChoice(steps: Step[], parts: readonly Pattern[]): boolean {
  const starts: number[] = [];
  const ends: number[] = [];
  const fork = steps.length;
  steps.push({ kind: "fork", to: starts });
  for (const part of parts) {
    starts.push(steps.length);
    if (!lay(steps, part)) return false;
    ends.push(steps.length);
    steps.push({ kind: "fork", to: [fork] });
  }
  for (const end of ends) steps[end] = { kind: "fork", to: [steps.length] };
  return true;
}

function layRepeat(steps: Step[], { part, least, most }: Extract<Pattern, { kind: "repeat" }>): boolean {
  for (let index = 0; index < least; index++) if (!lay(steps, part)) return false;
  if (!Number.isFinite(most)) {
    const fork = steps.length;
    steps.push({ kind: "match" });
    if (!lay(steps, part)) return false;
    steps.push({ kind: "fork", to: [fork] });
    steps[fork] = { kind: "fork", to: [fork + 1, steps.length] };
    return true;
  }
  const forks: number[] = [];
  for (let index = least; index < most; index++) {
    forks.push(steps.length);
    steps.push({ kind: "match" });
    if (!lay(steps, part)) return false;
  }
  for (const fork of forks) steps[fork] = { kind: "fork", to: [fork + 1, steps.length] };
  return true;
}

/**
 * Whether the text has a match anywhere. `spend` is told of each state that is looked at; when it refuses,
 * the answer is undefined.
 */
export function matchesRegex(
  regex: Regex,
  text: string,
  spend: (work: number) => boolean,
): boolean | undefined {
  const states = new States(regex);
  let before = -1;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    states.follow(before, code);
    if (states.matched) return true;
    if (!spend(states.looked())) return undefined;
    states.take(code);
    before = code;
  }
  states.follow(before, -1);
  return spend(states.looked()) ? states.matched : undefined;
}

/** The states that a match is in, at one place of the text. */
class States {
  matched = false;
  readonly #regex: Regex;
  /** States to follow once it is known what comes next. */
  #arrived: number[] = [];
  #taking: number[] = [];
  /** By state: at which place it was last followed. */
  readonly #followedAt: Int32Array;
  #place = 1;
  #looked = 0;

  constructor(regex: Regex) {
    this.#regex = regex;
    this.#followedAt = new Int32Array(regex.steps.length);
  }

  looked(): number {
    const looked = this.#looked + 1;
    this.#looked = 0;
    return looked;
  }

  /** Follows all states from here, and a match that starts here; -1 is the text's begin or end. */
  follow(before: number, after: number): void {
    const stack = [...this.#arrived, 0];
    this.#arrived = [];
    while (stack.length > 0) {
      const state = stack.pop() ?? 0;
      if (this.#followedAt[state] === this.#place) continue;
      this.#followedAt[state] = this.#place;
      this.#looked++;
      this.#step(state, stack, before, after);
    }
  }

  #step(state: number, stack: number[], before: number, after: number): void {
    const { steps, newline } = this.#regex;
    const step = steps[state];
    switch (step?.kind) {
      case "take":
        this.#taking.push(state);
        return;
      case "fork":
        stack.push(...step.to);
        return;
      case "begin":
        if (before < 0 || (newline && before === LINE_END)) stack.push(state + 1);
        return;
      case "end":
        if (after < 0 || (newline && after === LINE_END)) stack.push(state + 1);
        return;
      default:
        this.matched = true;
    }
  }

  take(code: number): void {
    const { steps } = this.#regex;
    for (const state of this.#taking) {
      const step = steps[state];
      if (step?.kind === "take" && step.test(code)) this.#arrived.push(state + 1);
    }
    this.#taking = [];
    this.#place++;
  }
}
