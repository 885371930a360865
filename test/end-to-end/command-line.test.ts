/**
 * Proves the command line as a person uses it, over real processes: start, load, put, get, delete,
 * status, verify with its exit codes and the differing keys named, a WAN cut and its healing, kill
 * and restart, stop, and that starting again finds the data. One node a datacenter: what more nodes
 * do is the other files' matter.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CliResult, Deployment } from "../process/deployment.ts";
import { untilTrue } from "../process/until.ts";

let deployment: Deployment;
beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 1, replicationFactor: 1 });
});
afterAll(async () => await deployment?.dispose());

const run = (...args: string[]): Promise<CliResult> => deployment.meridian(...args);

async function ok(...args: string[]): Promise<string> {
  const result = await run(...args);
  expect(result, `meridian ${args.join(" ")}`).toMatchObject({ code: 0 });
  return result.stdout;
}

test("what is put in one datacenter is read in the other, version included", async () => {
  const put = await ok("put", "ada", "name=Ada", "age=36", 'tags=["math"]', "--dc", "dc-a");
  expect(put).toMatch(/generation 1\n.*source id 1\n/s);
  let got: CliResult | undefined;
  await untilTrue("dc-b to have the record", { timeoutMs: 20_000 }, async () => {
    got = await run("get", "ada", "--dc", "dc-b");
    return got.code === 0;
  });
  expect(got?.stdout).toContain('"tags": [\n    "math"\n  ]');
  // The very same version: generation, LUT and source id.
  const version = /generation.*source id \d+/s;
  expect(version.exec(got?.stdout ?? "")?.[0]).toBe(version.exec(put)?.[0]);
});

test("a delete leaves a tombstone, and a missing record is exit code 1", async () => {
  await ok("put", "gone", "x=1", "--dc", "dc-a");
  expect(await ok("delete", "gone", "--dc", "dc-a")).toContain("generation 2 (tombstone)");
  const got = await run("get", "gone", "--dc", "dc-a");
  expect(got).toMatchObject({ code: 1 });
  expect(got.stdout).toContain("not found");
  expect(await run("get", "never", "--dc", "dc-a")).toMatchObject({ code: 1 });
});

test("load writes real records, and verify proves both datacenters equal", async () => {
  const loaded = await deployment.json("load", "cities", "--to", "dc-a", "--limit", "3000");
  expect(loaded).toMatchObject({ written: 3000, failed: 0 });
  const verified = await ok("verify", "--wait", "30");
  expect(verified).toMatch(/^test: EQUAL \(dc-a 3,001 records.*dc-b 3,001 records/m);
  expect(verified).toMatch(/^gen: EQUAL/m);
});

test("a cut makes a conflict that verify names by key; healing resolves it alike", async () => {
  await ok("link", "cut", "dc-a", "dc-b");
  expect(await ok("link", "status")).toMatch(/dc-a -> dc-b: cut/);
  await ok("put", "ada", "name=A", "--dc", "dc-a");
  await ok("put", "ada", "name=B", "--dc", "dc-b");
  const differing = await run("verify", "--namespace", "test", "--wait", "3");
  expect(differing).toMatchObject({ code: 1 });
  expect(differing.stdout).toMatch(/test: DIFFERENT/);
  expect(differing.stdout).toMatch(/key ada of set demo .*\n.*dc-a: .*source id 1.*\n.*dc-b: .*source id 2/);
  await ok("link", "heal", "dc-a", "dc-b");
  expect(await ok("verify", "--wait", "60")).toMatch(/^test: EQUAL/m);
  // Last update wins: dc-b wrote last.
  for (const dc of ["dc-a", "dc-b"]) expect(await ok("get", "ada", "--dc", dc)).toContain('"name": "B"');
  const { datacenters } = await deployment.overview();
  const conflicts = datacenters.map(({ namespaces }) => namespaces[0]?.counters);
  expect(conflicts[0]).toMatchObject({ conflictWon: 1, conflictLost: 0 });
  expect(conflicts[1]).toMatchObject({ conflictWon: 0, conflictLost: 1 });
});

test("a killed node is shown as down and stays down until it is restarted", async () => {
  expect(await ok("kill", "a1")).toContain("killed a1");
  expect(await ok("status")).toContain("a1 is down (SIGKILL): `meridian restart a1` brings it back");
  expect(await run("verify", "--wait", "0")).toMatchObject({ code: 2 });
  const unreachable = await run("put", "k", "x=1", "--dc", "dc-a");
  expect(unreachable.code).toBe(3);
  expect(unreachable.stderr).toMatch(/^meridian: .*dc-a/m);
  await ok("restart", "a1");
  expect((await deployment.overview()).down).toEqual([]);
  await ok("verify", "--wait", "60");
});

test("wrong use is one line that says what to do", async () => {
  const cases: [string[], RegExp][] = [
    [["kill", "z9"], /^meridian: no process z9 here; there are: a-nats, b-nats, wan, a1, b1, /],
    [["get", "ada", "--dc", "dc-x"], /^meridian: no datacenter dc-x here; there are: dc-a, dc-b$/m],
    [["verify", "--namespace", "nope"], /^meridian: no namespace nope; there are: test, gen$/m],
    [["start"], /^meridian: a set-up with the data in .* runs already/],
    [["link", "cut", "dc-a", "dc-x"], /^meridian: no datacenter dc-x here/],
    [["put", "ada", "x", "--dc", "dc-a"], /^meridian: x: a bin is given as name=value$/m],
  ];
  for (const [args, said] of cases) {
    const result = await run(...args);
    expect(result.code, args.join(" ")).toBe(3);
    expect(result.stderr).toMatch(said);
    expect(result.stderr).not.toContain("    at ");
  }
});

test("stop ends everything; starting again finds the data", async () => {
  await ok("stop");
  const stopped = await run("status");
  expect(stopped).toMatchObject({ code: 3 });
  expect(stopped.stderr).toContain("`npm start` first");
  await deployment.up();
  expect(await ok("get", "ada", "--dc", "dc-a")).toContain('"name": "B"');
  expect(await ok("verify", "--wait", "60")).toMatch(/^test: EQUAL \(dc-a 3,001 records/m);
});
