/** The WAN link's file of a local set-up: its lanes and its admin port. */
import { rmSync, writeFileSync } from "node:fs";
import type { WanLinkConfig } from "../../deploy/wan-link/config.ts";
import type { Layout } from "./layout.ts";

/** Writes the configuration; a set-up starts with the whole link up. */
export function writeWanLinkConfig(layout: Layout, token: string): void {
  const { adminPort, configPath, pairs } = layout.wan;
  const state = `${configPath}.cuts`;
  const config: WanLinkConfig = {
    address: "127.0.0.1",
    "admin-port": adminPort,
    token,
    lanes: pairs.map(({ origin, destination, port, targetPort }) => ({
      origin,
      destination,
      port,
      targets: [`127.0.0.1:${targetPort}`],
    })),
    state,
  };
  writeFileSync(configPath, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  rmSync(state, { force: true });
}
