/**
 * What the data folder says about its set-up: `setup.json`, the options it was made with (they must
 * stay what the data is), and `supervisor.json` while it runs: where its supervisor listens, the
 * token that actions need, and the pids.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { feedsSchema } from "../../common/config.ts";
import { MeridianError } from "../../common/errors.ts";
import type { SetupOptions } from "./layout.ts";

const LAYOUT_VERSION = 1;

const setupSchema = z.object({
  layoutVersion: z.number(),
  datacenters: z.number(),
  nodes: z.number(),
  basePort: z.number(),
  replicationFactor: z.number(),
  conflictPolicy: z.enum(["last-update-time", "generation"]),
  // Absent in folders of releases without them, as feeds.
  conflictResolveWrites: z.boolean().default(false),
  feeds: feedsSchema.default([]),
});

const supervisorSchema = z.object({
  pid: z.number(),
  controlPort: z.number(),
  token: z.string(),
  startedAt: z.string(),
  processes: z.array(z.object({ name: z.string(), pid: z.number() })),
});

export type SupervisorFile = z.infer<typeof supervisorSchema>;

/** The options a data folder was made with; undefined for a new one. */
export function readSetup(dataFolder: string): SetupOptions | undefined {
  const path = join(dataFolder, "setup.json");
  if (!existsSync(path)) {
    const isForeign = existsSync(dataFolder) && readdirSync(dataFolder).length > 0;
    if (!isForeign) return undefined;
    throw new MeridianError(
      "CONFIG_INVALID",
      `${dataFolder} is not empty and holds no Meridian set-up: choose another folder with --data`,
    );
  }
  const setup = parseFile(path, setupSchema);
  if (setup.layoutVersion !== LAYOUT_VERSION) {
    throw new MeridianError(
      "CONFIG_INVALID",
      `${dataFolder} has layout ${setup.layoutVersion}, this version knows ${LAYOUT_VERSION}: ` +
        "choose another folder with --data, or remove it",
    );
  }
  return setup;
}

export function writeSetup(dataFolder: string, options: SetupOptions): void {
  mkdirSync(dataFolder, { recursive: true });
  writeAtomically(join(dataFolder, "setup.json"), { layoutVersion: LAYOUT_VERSION, ...options });
}

/**
 * The options to start with: what the folder has, overridden by what was given. Nodes may be added
 * and ports moved; what the data depends on may not change.
 */
export function mergeOptions(
  dataFolder: string,
  stored: SetupOptions | undefined,
  given: Partial<SetupOptions>,
  defaults: SetupOptions,
): SetupOptions {
  const merged = { ...defaults, ...stored, ...given };
  if (stored === undefined) return merged;
  const refuse = (option: string, has: string | number): never => {
    throw new MeridianError(
      "CONFIG_INVALID",
      `${dataFolder} holds a set-up with ${option} ${has}: ` +
        "leave the option out, or use another --data folder",
    );
  };
  if (merged.datacenters !== stored.datacenters) refuse("--datacenters", stored.datacenters);
  if (merged.nodes < stored.nodes) refuse("--nodes", stored.nodes);
  if (merged.replicationFactor !== stored.replicationFactor) {
    refuse("--replication-factor", stored.replicationFactor);
  }
  if (merged.conflictPolicy !== stored.conflictPolicy) refuse("--conflict-policy", stored.conflictPolicy);
  if (merged.conflictResolveWrites !== stored.conflictResolveWrites) {
    refuse("--conflict-resolve-writes", String(stored.conflictResolveWrites));
  }
  return merged;
}

export function readSupervisor(dataFolder: string): SupervisorFile | undefined {
  const path = supervisorPath(dataFolder);
  return existsSync(path) ? parseFile(path, supervisorSchema) : undefined;
}

export function writeSupervisor(dataFolder: string, content: SupervisorFile): void {
  writeAtomically(supervisorPath(dataFolder), content);
}

export function removeSupervisor(dataFolder: string): void {
  rmSync(supervisorPath(dataFolder), { force: true });
}

function supervisorPath(dataFolder: string): string {
  return join(dataFolder, "supervisor.json");
}

function parseFile<Content>(path: string, schema: z.ZodType<Content>): Content {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new MeridianError(
      "CONFIG_INVALID",
      `${path} cannot be read; remove it or use another --data folder`,
      {
        cause: error,
      },
    );
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new MeridianError("CONFIG_INVALID", `${path}: ${z.prettifyError(parsed.error)}`);
}

/** Readable by its owner only: the token is in it. */
function writeAtomically(path: string, content: unknown): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
