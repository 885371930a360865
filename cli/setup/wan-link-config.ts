/** The WAN link process's own files: its listeners, and the cuts that outlive its restart. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import type { Layout } from "./layout.ts";
import type { WanPair } from "./wan-link.ts";

const configSchema = z.object({
  adminPort: z.number(),
  token: z.string(),
  pairs: z.array(
    z.object({ origin: z.string(), destination: z.string(), port: z.number(), targetPort: z.number() }),
  ),
});

export type WanLinkConfig = z.infer<typeof configSchema>;

/** Writes the configuration; a set-up starts with the whole link up. */
export function writeWanLinkConfig(layout: Layout, token: string): void {
  const { adminPort, configPath, pairs } = layout.wan;
  const config: WanLinkConfig = { adminPort, token, pairs: [...pairs] };
  writeFileSync(configPath, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  rmSync(cutsPath(configPath), { force: true });
}

export function readWanLinkConfig(path: string): WanLinkConfig {
  return parseJsonFile(path, configSchema);
}

/** Names of the pairs that are cut. */
export function readCuts(configPath: string): string[] {
  const path = cutsPath(configPath);
  return existsSync(path) ? parseJsonFile(path, z.array(z.string())) : [];
}

export function writeCuts(configPath: string, cuts: readonly string[]): void {
  const path = cutsPath(configPath);
  writeFileSync(`${path}.new`, JSON.stringify(cuts));
  renameSync(`${path}.new`, path);
}

export function pairName(pair: Pick<WanPair, "origin" | "destination">): string {
  return `${pair.origin} to ${pair.destination}`;
}

function cutsPath(configPath: string): string {
  return `${configPath}.cuts`;
}

function parseJsonFile<Content>(path: string, schema: z.ZodType<Content>): Content {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new MeridianError("CONFIG_INVALID", `${path} cannot be read`, { cause: error });
  }
}
