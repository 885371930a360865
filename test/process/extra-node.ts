/** One node more than a deployment's dc-a has, started by its configuration alone, as one adds a machine. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { datacenterConfig } from "../../cli/setup/config-files.ts";
import { type DatacenterLayout, type Layout, planLayout } from "../../cli/setup/layout.ts";
import type { Deployment } from "./deployment.ts";

const root = join(import.meta.dirname, "../..");

/** The set-up as it would be with the extra node. */
export function withExtraNode({ folder, layout: { options } }: Deployment): {
  readonly layout: Layout;
  readonly datacenter: DatacenterLayout;
} {
  const layout = planLayout(folder, { ...options, nodes: options.nodes + 1 });
  const [datacenter] = layout.datacenters;
  if (datacenter === undefined) throw new Error("no datacenter");
  return { layout, datacenter };
}

export class ExtraNode {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static start(deployment: Deployment): ExtraNode {
    const { layout, datacenter } = withExtraNode(deployment);
    const name = datacenter.nodes.at(-1)?.name ?? "";
    const path = join(deployment.folder, "dc-a-with-one-more.yaml");
    writeFileSync(path, stringify(datacenterConfig(layout, datacenter)));
    const log = openSync(join(deployment.layout.logFolder, `${name}.log`), "a");
    const args = [join(root, "node/main.ts"), "--config", path, "--name", name];
    const child = spawn(process.execPath, args, { stdio: ["ignore", log, log] });
    closeSync(log);
    return new ExtraNode(child);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await ended;
  }
}
