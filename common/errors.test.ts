/** Proves that an error carries its code, its retry class and its cause, and that asserts do throw. */
import { expect, test } from "vitest";
import { AssertionError, assert, unreachable } from "./assert.ts";
import { errorMessage, MeridianError } from "./errors.ts";

test("an error knows what a caller may do", () => {
  const cause = new Error("socket closed");
  const error = new MeridianError("LINK_DOWN", "link to a2 is down", { cause });
  expect(error).toMatchObject({ name: "MeridianError", code: "LINK_DOWN", retry: "later", cause });
  expect(new MeridianError("IN_DOUBT", "").retry).toBe("in-doubt");
});

test("the message of anything thrown", () => {
  expect(errorMessage(new Error("a"))).toBe("a");
  expect(errorMessage("b")).toBe("b");
  expect(errorMessage(undefined)).toBe("undefined");
});

test("broken invariants throw and name themselves", () => {
  expect(() => assert(1 > 2, "one above two")).toThrow(new AssertionError("invariant broken: one above two"));
  expect(() => assert(2 > 1, "two above one")).not.toThrow();
  const value: unknown = "c";
  expect(() => unreachable(value as never)).toThrow('unreachable: "c"');
});
