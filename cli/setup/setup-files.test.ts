/**
 * Proves that a data folder keeps the options it was made with: they are found again, nodes may be
 * added and ports moved, what the data depends on may not change, and a folder of something else or
 * of another layout is refused with what to do.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SETUP_DEFAULTS } from "./layout.ts";
import {
  mergeOptions,
  readSetup,
  readSupervisor,
  removeSupervisor,
  writeSetup,
  writeSupervisor,
} from "./setup-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meridian-setup-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const STORED = { ...SETUP_DEFAULTS, nodes: 2, basePort: 7000 };

test("a new folder takes the defaults and what was given", () => {
  expect(readSetup(join(folder, "new"))).toBeUndefined();
  expect(mergeOptions(folder, undefined, { nodes: 1 }, SETUP_DEFAULTS)).toEqual({
    ...SETUP_DEFAULTS,
    nodes: 1,
  });
});

test("options are found again, and override the defaults", () => {
  writeSetup(folder, STORED);
  const stored = readSetup(folder);
  expect(stored).toMatchObject(STORED);
  expect(mergeOptions(folder, stored, {}, SETUP_DEFAULTS)).toMatchObject(STORED);
});

test("nodes may be added and ports moved", () => {
  expect(mergeOptions(folder, STORED, { nodes: 3, basePort: 8000 }, SETUP_DEFAULTS)).toMatchObject({
    nodes: 3,
    basePort: 8000,
  });
});

test("what the data depends on may not change", () => {
  const merge = (given: Partial<typeof STORED>) => () => mergeOptions(folder, STORED, given, SETUP_DEFAULTS);
  expect(merge({ datacenters: 3 })).toThrow("with --datacenters 2");
  expect(merge({ nodes: 1 })).toThrow("with --nodes 2");
  expect(merge({ replicationFactor: 1 })).toThrow("with --replication-factor 2");
  expect(merge({ conflictPolicy: "generation" })).toThrow("with --conflict-policy last-update-time");
});

test("another layout, a broken file and a foreign folder are refused", () => {
  writeFileSync(join(folder, "letter.txt"), "Dear Ada");
  expect(() => readSetup(folder)).toThrow("holds no Meridian set-up");
  writeFileSync(join(folder, "setup.json"), JSON.stringify({ layoutVersion: 99, ...STORED }));
  expect(() => readSetup(folder)).toThrow("has layout 99");
  writeFileSync(join(folder, "setup.json"), "{");
  expect(() => readSetup(folder)).toThrow("cannot be read");
  writeFileSync(join(folder, "setup.json"), JSON.stringify({ layoutVersion: 1 }));
  expect(() => readSetup(folder)).toThrow("datacenters");
});

test("the supervisor's file holds a token, so that only its owner may read it", () => {
  const file = { pid: 1, controlPort: 2, token: "t", startedAt: "now", processes: [{ name: "a1", pid: 3 }] };
  writeSupervisor(folder, file);
  expect(readSupervisor(folder)).toEqual(file);
  expect(statSync(join(folder, "supervisor.json")).mode & 0o077).toBe(0);
  removeSupervisor(folder);
  expect(readSupervisor(folder)).toBeUndefined();
});
