/**
 * The WAN link's configuration: a JSON or YAML file, the environment (`MERIDIAN_LANES__0__PORT` and so
 * on, as common/config-env.ts has it), or both; and the cuts that outlive a restart.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { readConfigFile } from "../../common/config.ts";
import { type Environment, withEnvironment } from "../../common/config-env.ts";
import { MeridianError } from "../../common/errors.ts";

const port = z.int().min(0).max(65_535);

const laneSchema = z.strictObject({
  origin: z.string(),
  destination: z.string(),
  /** Where `destination`'s shipper connects to; 0 for any. */
  port,
  /** `host:port` of `origin`'s NATS servers; the next one is tried when one cannot be reached. */
  targets: z.array(z.string().regex(/^.+:\d+$/, "host:port")).min(1),
});

const wanLinkSchema = z.strictObject({
  /** Address that lanes and admin listen on. */
  address: z.string().default("127.0.0.1"),
  "admin-port": port,
  /** What actions on the admin port must bring as `Authorization: Bearer`. */
  token: z.string().min(1),
  lanes: z.array(laneSchema).max(64),
  /** File of the cuts, so that a restart finds them; they are forgotten when absent. */
  state: z.string().optional(),
});

export type WanLinkConfig = z.infer<typeof wanLinkSchema>;
export type LaneConfig = z.infer<typeof laneSchema>;

/** Reads and checks; throws CONFIG_INVALID. */
export function loadWanLinkConfig(file: string | undefined, env: Environment): WanLinkConfig {
  const raw = file === undefined ? {} : readConfigFile(file);
  const result = wanLinkSchema.safeParse(withEnvironment(wanLinkSchema, raw, env));
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`);
  throw new MeridianError("CONFIG_INVALID", `${file ?? "environment"}: ${lines.join("; ")}`);
}

/** Names of the pairs that are cut. */
export function readCuts(path: string | undefined): string[] {
  if (path === undefined || !existsSync(path)) return [];
  try {
    return z.array(z.string()).parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new MeridianError("CONFIG_INVALID", `${path} cannot be read`, { cause: error });
  }
}

export function writeCuts(path: string | undefined, cuts: readonly string[]): void {
  if (path === undefined) return;
  writeFileSync(`${path}.new`, JSON.stringify(cuts));
  renameSync(`${path}.new`, path);
}

export function pairName(pair: Pick<LaneConfig, "origin" | "destination">): string {
  return `${pair.origin} to ${pair.destination}`;
}
