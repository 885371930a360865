/**
 * Proves the order in which a nats-server is looked for, that a broken setting is refused instead of
 * passed over, and that the last error says how to install one. The machine is given, so that all
 * kinds of it can be tried.
 */
import { expect, test } from "vitest";
import { findNatsServer, type Machine, parseNatsVersion } from "./nats-server.ts";

interface Given {
  readonly env?: Record<string, string>;
  /** Programs that answer `--version`. */
  readonly programs?: Record<string, string>;
  readonly images?: Record<string, string>;
  /** What apt would install, and where. */
  readonly apt?: string;
}

function machine({ env = {}, programs = {}, images = {}, apt }: Given): Machine & { ran: string[] } {
  const installed = { ...programs };
  const ran: string[] = [];
  return {
    ran,
    env: { PATH: "/opt/bin:/usr/bin", ...env },
    isExecutable: (path) => path in installed,
    run: (command, args) => {
      ran.push([command, ...args].join(" "));
      if (command === "docker") {
        const output = args[0] === "image" ? Object.keys(images).join("\n") : (images[args[2] ?? ""] ?? "");
        return { ok: Object.keys(images).length > 0, output };
      }
      if (command === "apt-get") {
        if (args[0] === "install" && apt !== undefined) installed[apt] = "nats-server: v2.9.10";
        return { ok: apt !== undefined, output: "" };
      }
      return { ok: true, output: installed[command] ?? "" };
    },
    canInstallDebianPackages: apt !== undefined,
    say: () => undefined,
  };
}

const NEW = "nats-server: v2.12.3";
const OLD = "nats-server: v2.9.10";

test("the environment variable comes first", () => {
  const given = {
    env: { MERIDIAN_NATS_SERVER: "/x/nats" },
    programs: { "/x/nats": NEW, "/usr/bin/nats-server": OLD },
  };
  expect(findNatsServer(machine(given))).toEqual({
    kind: "program",
    path: "/x/nats",
    version: { major: 2, minor: 12, patch: 3 },
  });
});

test("an environment variable that names no nats-server is an error, not passed over", () => {
  const given = { env: { MERIDIAN_NATS_SERVER: "/x/nats" }, programs: { "/usr/bin/nats-server": OLD } };
  expect(() => findNatsServer(machine(given))).toThrow("MERIDIAN_NATS_SERVER names /x/nats");
});

test("the PATH comes before Docker, in its own order", () => {
  const programs = { "/usr/bin/nats-server": OLD, "/opt/bin/nats-server": NEW };
  expect(findNatsServer(machine({ programs, images: { "nats:2": NEW } }))).toMatchObject({
    path: "/opt/bin/nats-server",
  });
});

test("a local Docker image comes before apt; images of other names are passed over", () => {
  const images = {
    "myapp-nats-client:1": NEW,
    "nats:<none>": NEW,
    "docker.io/library/nats:2.12-alpine": NEW,
  };
  const given = machine({ images, apt: "/usr/sbin/nats-server" });
  expect(findNatsServer(given)).toMatchObject({
    kind: "docker",
    image: "docker.io/library/nats:2.12-alpine",
  });
  expect(given.ran.some((command) => command.startsWith("apt-get"))).toBe(false);
});

test("on Debian as root, apt comes last, into root's PATH", () => {
  const given = machine({ apt: "/usr/sbin/nats-server" });
  expect(findNatsServer(given)).toMatchObject({ kind: "program", path: "/usr/sbin/nats-server" });
});

test("nothing found: the error says how to install it", () => {
  expect(() => findNatsServer(machine({}))).toThrow(/apt-get install.*brew install.*docker pull nats/);
});

test("a server older than 2.9 is refused by version", () => {
  const programs = { "/usr/bin/nats-server": "nats-server: v2.2.6" };
  expect(() => findNatsServer(machine({ programs }))).toThrow("2.2.6; 2.9 or newer");
});

test("versions are read from what the server prints", () => {
  expect(parseNatsVersion("nats-server: v2.15.1-preview")).toEqual({ major: 2, minor: 15, patch: 1 });
  expect(parseNatsVersion("nginx 1.2.3")).toBeUndefined();
});
