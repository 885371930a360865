/** How each process of a set-up is started. */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { DatacenterLayout, Layout } from "./layout.ts";
import type { ProcessKind, ProcessSpec } from "./managed-process.ts";
import type { NatsServer } from "./nats-server.ts";
import { projectRoot } from "./project-root.ts";

/** All processes, in the order they are started in. */
export function planProcesses(layout: Layout, natsServer: NatsServer): ProcessSpec[] {
  const logPath = (name: string): string => join(layout.logFolder, `${name}.log`);
  const script = (
    kind: ProcessKind,
    name: string,
    adminPort: number,
    args: readonly string[],
    datacenter?: string,
  ): ProcessSpec => ({
    name,
    kind,
    datacenter,
    // This process runs on the project's Node already.
    command: process.execPath,
    args,
    logPath: logPath(name),
    readyUrl: `http://127.0.0.1:${adminPort}/readyz`,
  });
  const ofDatacenter = (datacenter: DatacenterLayout, main: string, name: string): string[] => [
    // Bounds what short-lived garbage may occupy; larger young generations save nothing measurable. Of
    // that size from the start: what a start makes stays, and would be copied at each of ten growths.
    "--max-semi-space-size=16",
    "--min-semi-space-size=16",
    join(projectRoot, main),
    "--config",
    datacenter.configPath,
    "--name",
    name,
  ];
  const nats = layout.datacenters.map((datacenter) =>
    natsProcess(layout, datacenter, natsServer, logPath(datacenter.nats.name)),
  );
  const wanArgs = [join(projectRoot, "deploy/wan-link/main.ts"), "--config", layout.wan.configPath];
  const wan = script("wan", layout.wan.name, layout.wan.adminPort, wanArgs);
  const nodes = layout.datacenters.flatMap((datacenter) =>
    datacenter.nodes.map(({ name, adminPort }) =>
      script("node", name, adminPort, ofDatacenter(datacenter, "node/main.ts", name), datacenter.name),
    ),
  );
  const shippers = layout.datacenters.map((datacenter) => {
    const { name, adminPort } = datacenter.shipper;
    return script(
      "shipper",
      name,
      adminPort,
      ofDatacenter(datacenter, "xdr-shipper/main.ts", name),
      datacenter.name,
    );
  });
  return [...nats, wan, ...nodes, ...shippers];
}

function natsProcess(
  layout: Layout,
  datacenter: DatacenterLayout,
  server: NatsServer,
  logPath: string,
): ProcessSpec {
  const { name, port, monitorPort, configPath } = datacenter.nats;
  const common = {
    name,
    kind: "nats" as const,
    datacenter: datacenter.name,
    logPath,
    readyUrl: `http://127.0.0.1:${monitorPort}/healthz`,
  };
  if (server.kind === "program") return { ...common, command: server.path, args: ["-c", configPath] };
  // The folder is mounted at its own path, so that the configuration is the same as without Docker.
  const folder = dirname(configPath);
  const folderHash = createHash("sha256").update(layout.dataFolder).digest("hex").slice(0, 8);
  const container = `meridian-${folderHash}-${name}`;
  const publish = (one: number): string[] => ["-p", `127.0.0.1:${one}:${one}`];
  const user =
    process.getuid === undefined ? [] : ["--user", `${process.getuid()}:${process.getgid?.() ?? 0}`];
  const options = ["--rm", "--name", container, ...user, "-v", `${folder}:${folder}`];
  const args = ["run", ...options, ...publish(port), ...publish(monitorPort), server.image, "-c", configPath];
  return { ...common, command: "docker", args, killCommand: ["docker", "kill", container] };
}
