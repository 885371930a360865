/**
 * What `docker inspect` says of a set-up's containers, as the command line needs it: their state, the
 * ports they are published on, and the WAN link's token. Pure. Ports and token are the containers' own,
 * so that nobody has to repeat what a set-up was brought up with.
 */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import type { ComposeService } from "./compose-file.ts";
import type { ProcessStatus } from "./setup.ts";

const SERVICE_LABEL = "com.docker.compose.service";
const PROJECT_LABEL = "com.docker.compose.project";
const SERVICE_PORT = "3000/tcp";
const ADMIN_PORT = "3002/tcp";
const NATS_PORT = "4222/tcp";
const TOKEN_VARIABLE = "MERIDIAN_TOKEN";

const containerSchema = z.object({
  Id: z.string(),
  Image: z.string(),
  Config: z.object({ Labels: z.record(z.string(), z.string()), Env: z.array(z.string()).nullable() }),
  HostConfig: z.object({
    PortBindings: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()).nullable(),
  }),
  State: z.object({
    Status: z.enum(["created", "running", "paused", "restarting", "removing", "exited", "dead"]),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
    Health: z.object({ Status: z.string() }).optional(),
  }),
});

export type Container = z.infer<typeof containerSchema>;

/** What `docker inspect` prints. */
export function parseContainers(text: string): Container[] {
  const parsed = z.array(containerSchema).safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new MeridianError("PROTOCOL_VERSION", `docker inspect: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** The service of its compose file that a container runs. */
export function serviceOf({ Config }: Container): string {
  return Config.Labels[SERVICE_LABEL] ?? "";
}

/** The compose project that a container belongs to. */
export function projectOf({ Config }: Container): string {
  return Config.Labels[PROJECT_LABEL] ?? "";
}

/** The service, on the ports that its container is published on; as it was when there is no container. */
export function asPublished(service: ComposeService, container: Container | undefined): ComposeService {
  if (container === undefined) return service;
  return {
    ...service,
    servicePort: portOf(container, SERVICE_PORT) ?? service.servicePort,
    adminPort: portOf(container, ADMIN_PORT) ?? service.adminPort,
    natsPort: portOf(container, NATS_PORT) ?? service.natsPort,
  };
}

/** What the WAN link asks of those who change it. */
export function tokenOf(container: Container | undefined): string | undefined {
  return container && variableOf(container, TOKEN_VARIABLE);
}

/** What a variable of a container's environment is set to. */
export function variableOf({ Config }: Container, name: string): string | undefined {
  return Config.Env?.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Runs, and says itself that it does its job if it has a healthcheck. */
export function isHealthy({ State }: Container): boolean {
  return State.Status === "running" && (State.Health === undefined || State.Health.Status === "healthy");
}

/** A service's process; its log's last lines are not known here. Undefined for what is no process of ours. */
export function viewContainer(
  { name, kind, datacenter }: ComposeService,
  container: Container | undefined,
): ProcessStatus | undefined {
  if (kind === undefined) return undefined;
  const known = { name, kind, datacenter: datacenter ?? null, pid: null, lastLines: [] };
  if (container === undefined) return { ...known, state: "stopped", end: "no container", sinceMs: 0 };
  const { Status, StartedAt, FinishedAt } = container.State;
  const state = stateOf(container);
  const isUp = state === "running" || state === "paused";
  const wasStarted = Status !== "created";
  return {
    ...known,
    state,
    end: isUp || !wasStarted ? null : endOf(container),
    sinceMs: wasStarted ? Date.parse(isUp ? StartedAt : FinishedAt) : 0,
  };
}

/** Who ended with 0 was told to; everything else that does not run is down. */
function stateOf({ State }: Container): ProcessStatus["state"] {
  switch (State.Status) {
    case "running":
    case "paused":
      return State.Status;
    case "removing":
      return "stopping";
    case "created":
      return "stopped";
    case "exited":
      return State.ExitCode === 0 ? "stopped" : "down";
    case "restarting":
    case "dead":
      return "down";
  }
}

function endOf({ State }: Container): string {
  const why = State.OOMKilled ? "out of memory" : `exit code ${State.ExitCode}`;
  return State.Status === "restarting" ? `${why}, started again and again` : why;
}

function portOf(container: Container, inside: string): number | undefined {
  const port = container.HostConfig.PortBindings?.[inside]?.[0]?.HostPort;
  return port === undefined || port === "" ? undefined : Number(port);
}
