/**
 * Proves how containers are read: ports and token are those that they run with, whatever the file says
 * by default, and states are told apart: who was told to stop from who is down, and down from paused.
 */
import { expect, test } from "vitest";
import { MeridianError } from "../../common/errors.ts";
import { type ComposeService, datacentersOf, readComposeFile } from "./compose-file.ts";
import {
  asPublished,
  type Container,
  isHealthy,
  parseContainers,
  serviceOf,
  tokenOf,
  viewContainer,
} from "./containers.ts";

const STARTED = "2026-01-02T03:04:05.678901234Z";
const FINISHED = "2026-01-02T03:05:05Z";
const NEVER = "0001-01-01T00:00:00Z";

type State = Container["State"];

function container(service: string, state: Partial<State> = {}, more: object = {}): object {
  return {
    ...{ Id: `id-of-${service}`, Image: "sha256:1" },
    Name: `/project-${service}-1`,
    Config: { Labels: { "com.docker.compose.service": service }, Env: ["PATH=/bin", "MERIDIAN_TOKEN=a=b"] },
    HostConfig: { PortBindings: null },
    State: {
      ...{ Status: "running", ExitCode: 0, OOMKilled: false, StartedAt: STARTED, FinishedAt: NEVER },
      ...state,
    },
    ...more,
  };
}

function parsed(...args: Parameters<typeof container>): Container {
  const [one] = parseContainers(JSON.stringify([container(...args)]));
  if (one === undefined || serviceOf(one) !== args[0]) throw new Error("not found under its service's name");
  return one;
}

function described(name: string): ComposeService {
  const found = readComposeFile("two-dc").services.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

test("ports are those that a container is published on", () => {
  const bindings = (service: string, admin: string) => ({
    HostConfig: {
      PortBindings: {
        "3000/tcp": [{ HostIp: "127.0.0.1", HostPort: service }],
        "3002/tcp": [{ HostIp: "127.0.0.1", HostPort: admin }],
      },
    },
  });
  const moved = asPublished(described("a1"), parsed("a1", {}, bindings("23000", "23002")));
  expect(moved).toMatchObject({ name: "a1", kind: "node", servicePort: 23_000, adminPort: 23_002 });
  expect(asPublished(described("a1"), undefined)).toEqual(described("a1"));
  expect(asPublished(described("a1"), parsed("a1"))).toEqual(described("a1"));
  expect(datacentersOf([moved])[0]?.nodes).toEqual([{ name: "a1", servicePort: 23_000, adminPort: 23_002 }]);
});

test("the token is what the container was started with", () => {
  expect(tokenOf(parsed("wan-link"))).toBe("a=b");
  expect(tokenOf(undefined)).toBeUndefined();
});

test("states, and since when", () => {
  const view = (state: Partial<State>) => viewContainer(described("a1"), parsed("a1", state));
  const [upMs, endMs] = [Date.parse(STARTED), Date.parse(FINISHED)];
  const ended = { FinishedAt: FINISHED };
  expect(view({})).toEqual({
    ...{ name: "a1", kind: "node", datacenter: "dc-a", pid: null, lastLines: [] },
    ...{ state: "running", end: null, sinceMs: upMs },
  });
  expect(view({ Status: "paused" })).toMatchObject({ state: "paused", end: null, sinceMs: upMs });
  expect(view({ ...ended, Status: "exited" })).toMatchObject({
    state: "stopped",
    end: "exit code 0",
    sinceMs: endMs,
  });
  expect(view({ ...ended, Status: "exited", ExitCode: 137 })).toMatchObject({
    state: "down",
    end: "exit code 137",
  });
  expect(view({ ...ended, Status: "exited", ExitCode: 137, OOMKilled: true })?.end).toBe("out of memory");
  expect(view({ ...ended, Status: "restarting", ExitCode: 1 })).toMatchObject({
    ...{ state: "down", end: "exit code 1, started again and again" },
  });
  expect(view({ Status: "created", StartedAt: NEVER })).toMatchObject({
    state: "stopped",
    end: null,
    sinceMs: 0,
  });
  expect(viewContainer(described("a1"), undefined)).toMatchObject({ state: "stopped", end: "no container" });
  expect(viewContainer(described("wan-link"), parsed("wan-link"))).toMatchObject({
    kind: "wan",
    datacenter: null,
  });
  expect(viewContainer(described("a-nats"), parsed("a-nats"))).toMatchObject({
    kind: "nats",
    datacenter: "dc-a",
  });
  expect(viewContainer(described("init"), parsed("init"))).toBeUndefined();
});

test("healthy is what runs, and says so itself if it can", () => {
  expect(isHealthy(parsed("a-nats"))).toBe(true);
  expect(isHealthy(parsed("a-nats", { Health: { Status: "healthy" } }))).toBe(true);
  expect(isHealthy(parsed("a-nats", { Health: { Status: "starting" } }))).toBe(false);
  expect(isHealthy(parsed("a-nats", { Status: "exited" }))).toBe(false);
});

test("an answer of another shape is said to be one", () => {
  expect(() => parseContainers(`[{ "Id": "1" }]`)).toThrow(MeridianError);
});
