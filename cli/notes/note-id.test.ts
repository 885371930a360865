/** Proves that ids of notes come apart as they were put together, and that nothing else is taken for one. */
import { expect, test } from "vitest";
import { formatNoteId, parseNoteId } from "./note-id.ts";

test("an id names datacenter, namespace and place", () => {
  const id = { datacenter: "dc-b", namespace: "test", place: "1234.57" };
  expect(formatNoteId(id)).toBe("dc-b/test/1234.57");
  expect(parseNoteId("dc-b/test/1234.57")).toEqual(id);
});

test.each(["", "dc-b/test", "dc-b/test/7", "dc-b//7.1", "/test/7.1", "dc-b/test/7.1/x", "dc-b/test/a.1"])(
  "%j is none",
  (text) => {
    expect(() => parseNoteId(text)).toThrow("is no id");
  },
);
