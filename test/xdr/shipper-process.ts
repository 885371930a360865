/** A real shipper process for tests: started from a configuration file, killed, asked for its status. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { feedStatus } from "../../xdr-shipper/feed/feed-status.ts";
import type { destinationStatus, originStatus } from "../../xdr-shipper/status.ts";
import { freePort } from "../process/nats-process.ts";

const MAIN = join(import.meta.dirname, "../../xdr-shipper/main.ts");

export interface ShipperStatus {
  readonly lanes: { readonly ship: number[]; readonly apply: number[] };
  readonly instances: readonly string[];
  readonly destinations: Record<string, ReturnType<typeof destinationStatus>>;
  readonly origins: Record<string, ReturnType<typeof originStatus>>;
  readonly feeds: Record<string, ReturnType<typeof feedStatus>>;
}

export class ShipperProcess {
  readonly name: string;
  readonly #folder: string;
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(name: string, folder: string, port: number) {
    this.name = name;
    this.#folder = folder;
    this.#port = port;
  }

  /** Starts a shipper of a datacenter whose configuration lacks only nodes and shippers. */
  static async start(name: string, datacenter: Record<string, unknown>): Promise<ShipperProcess> {
    const folder = await mkdtemp(join(tmpdir(), "meridian-shipper-"));
    const port = await freePort();
    const shipper = new ShipperProcess(name, folder, port);
    const node = { name: "n", data: folder, "service-port": 1, "fabric-port": 2, "admin-port": 3 };
    const config = { ...datacenter, nodes: [node], shippers: [{ name, "admin-port": port }] };
    await writeFile(join(folder, "dc.yaml"), JSON.stringify(config));
    shipper.run();
    return shipper;
  }

  run(): void {
    const output = openSync(join(this.#folder, "log"), "a");
    const args = [MAIN, "--config", join(this.#folder, "dc.yaml"), "--name", this.name];
    this.#child = spawn(process.execPath, args, { stdio: ["ignore", output, output] });
  }

  get logFile(): string {
    return join(this.#folder, "log");
  }

  /** Undefined while it does not answer. */
  async status(): Promise<ShipperStatus | undefined> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.#port}/status`);
      const status: ShipperStatus = JSON.parse(await response.text());
      return status;
    } catch {
      return undefined;
    }
  }

  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.#port}/metrics`)).text();
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return child?.exitCode ?? null;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    return child.exitCode;
  }

  async dispose(): Promise<void> {
    await this.stop("SIGKILL");
    await rm(this.#folder, { recursive: true, force: true });
  }
}
