/** Proves how keys and bins are read from the command line: types as documented, nothing guessed. */
import { expect, test } from "vitest";
import { parseBins, parseKey } from "./record-options.ts";

test("digits make an integer key unless a string is asked for", () => {
  expect(parseKey("2643743", false)).toBe(2643743);
  expect(parseKey("-5", false)).toBe(-5);
  expect(parseKey("2643743", true)).toBe("2643743");
  expect(parseKey("ada", false)).toBe("ada");
  expect(parseKey("1e3", false)).toBe("1e3");
});

test("an integer key that a double cannot hold is refused, not rounded", () => {
  expect(() => parseKey("9007199254740993", false)).toThrow("--string-key");
});

test("pairs: JSON where it is JSON, text otherwise, null removes", () => {
  expect(parseBins(["name=Ada", "age=36", 'tags=["a",1]', 'quoted="5"', "gone=null", "eq=a=b"])).toEqual({
    name: "Ada",
    age: 36,
    tags: ["a", 1],
    quoted: "5",
    gone: null,
    eq: "a=b",
  });
});

test("one JSON object gives all bins", () => {
  expect(parseBins(['{"name":"Ada","nested":{"x":[true]}}'])).toEqual({ name: "Ada", nested: { x: [true] } });
});

test("what is no bin is refused by name", () => {
  expect(() => parseBins(["Ada"])).toThrow("name=value");
  expect(() => parseBins(["{broken"])).toThrow("no JSON object");
  expect(() => parseBins(["a-name-of-16-byt=1"])).toThrow("1 to 15 bytes");
});
