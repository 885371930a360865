/**
 * Proves what POSIX patterns match, extended and basic, against hand-made cases and, where their languages
 * agree, against JavaScript's; what is refused by name; and that no pattern makes a match slow.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileRegex, matchesRegex } from "./regex.ts";

const EXTENDED = 1;
const ICASE = 2;
const NEWLINE = 8;

function matches(pattern: string, text: string, flags = EXTENDED): boolean | string | undefined {
  const regex = compileRegex(pattern, flags);
  return typeof regex === "string" ? regex : matchesRegex(regex, text, () => true);
}

test.each<[pattern: string, flags: number, yes: string[], no: string[]]>([
  ["", EXTENDED, ["", "x"], []],
  ["b+", EXTENDED, ["abc"], ["ac", ""]],
  ["^a|b$", EXTENDED, ["ax", "xb"], ["xa", "bx"]],
  ["^(ab)*c$", EXTENDED, ["c", "ababc"], ["abac"]],
  ["^(a*)*$", EXTENDED, ["", "aaa"], ["b"]],
  ["^a{2,3}$", EXTENDED, ["aa", "aaa"], ["a", "aaaa"]],
  ["^a{2}$", EXTENDED, ["aa"], ["aaa"]],
  ["^a{2,}$", EXTENDED, ["aaaa"], ["a"]],
  ["^.$", EXTENDED, ["ä", "🙂", "\n"], ["", "ab"]],
  ["^[]a-c]$", EXTENDED, ["]", "b"], ["d"]],
  ["^[^a-c]$", EXTENDED, ["d", "\n"], ["b"]],
  ["^[a-]$", EXTENDED, ["-", "a"], ["b"]],
  ["^[[:digit:][:space:]_]+$", EXTENDED, ["1 2_"], ["a"]],
  ["^[[=a=][.b.]]$", EXTENDED, ["a", "b"], ["="]],
  ["^[\\]$", EXTENDED, ["\\"], ["]"]],
  ["^\\.\\*$", EXTENDED, [".*"], ["xx"]],
  ["^\\w\\S$", EXTENDED, ["_x"], ["- "]],
  ["HeL[l]O", EXTENDED | ICASE, ["hello", "HELLO"], ["help"]],
  ["^[^a]$", EXTENDED | ICASE, ["b"], ["A", "a"]],
  ["^b$", EXTENDED | NEWLINE, ["a\nb\nc"], ["a\nbb"]],
  ["^b$", EXTENDED, ["b"], ["a\nb\nc"]],
  ["a.b", EXTENDED | NEWLINE, ["axb"], ["a\nb"]],
  ["a[^x]b", EXTENDED | NEWLINE, ["ayb"], ["a\nb"]],
  // Basic ones: what is an operator there stands behind a backslash here.
  ["^a+(b|c)$", 0, ["a+(b|c)"], ["aab"]],
  ["^\\(ab\\)\\{2\\}$", 0, ["abab"], ["ab"]],
  ["^*a$", 0, ["*a"], ["a"]],
  ["a^b$c", 0, ["a^b$c"], ["abc"]],
  ["\\(^a\\|b$\\)", 0, ["ax", "xb"], ["xa"]],
])("%s (%i)", (pattern, flags, yes, no) => {
  for (const text of yes) expect([text, matches(pattern, text, flags)]).toEqual([text, true]);
  for (const text of no) expect([text, matches(pattern, text, flags)]).toEqual([text, false]);
});

test.each([
  ["(a", /a group is not closed/],
  ["a)", /a group is closed that is not open/],
  ["*a", /\* has nothing to repeat/],
  ["a|+", /\+ has nothing to repeat/],
  ["a{3,2}", /an interval of 3,2} cannot be/],
  ["a{256}", /at most 255/],
  ["a{x}", /an interval is/],
  ["[a", /ends too early/],
  ["[[:dogit:]]", /no class \[:dogit:\]/],
  ["[c-a]", /wrong order/],
  ["[[.ch.]]", /collating elements/],
  ["(a)\\1", /\\1: back references/],
  ["\\bword", /\\b: word boundaries/],
  ["\\d+", /\\d is no escape of POSIX; digits are \[0-9\]/],
  ["a\\", /ends too early/],
  ["((a{99}){99}){99}", /more than 4096 states/],
  ["(".repeat(100) + ")".repeat(100), /nested too deeply/],
])("%s is refused", (pattern, says) => expect(compileRegex(pattern, EXTENDED)).toMatch(says));

test("agrees with JavaScript where the languages do", () => {
  const piece = fc.constantFrom(
    "a",
    "b",
    ".",
    "[ab]",
    "[^a]",
    "(a|b)",
    "(ab|b)",
    "a*",
    "b+",
    "(a|ba)?",
    "b{1,2}",
  );
  const pattern = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(""));
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, fc.boolean(), fc.boolean(), (source, given, begin, end) => {
      const whole = `${begin ? "^" : ""}${source}${end ? "$" : ""}`;
      expect(matches(whole, given)).toBe(new RegExp(whole, "s").test(given));
    }),
    { numRuns: 2000 },
  );
});

test("a pattern that would take for ever elsewhere takes a step for each state and character", () => {
  const regex = compileRegex("^(a+)+(a+)+(a*)*$", EXTENDED);
  if (typeof regex === "string") throw new Error(regex);
  let steps = 0;
  const text = `${"a".repeat(2000)}b`;
  const count = (work: number): boolean => {
    steps += work;
    return true;
  };
  expect(matchesRegex(regex, text, count)).toBe(false);
  expect(steps).toBeLessThan(text.length * (regex.steps.length + 1) + regex.steps.length + 2);
  expect(matchesRegex(regex, text, () => false)).toBe(undefined);
});
