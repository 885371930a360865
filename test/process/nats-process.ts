/**
 * A real nats-server with JetStream for tests: on a free port, its folder under the system's
 * temporary folder, killed and restarted on the same port, its folder deleted at will.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { untilTrue } from "./until.ts";

export class NatsProcess {
  readonly port: number;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  static async start(): Promise<NatsProcess> {
    const process = new NatsProcess(await freePort(), mkdtempSync(join(tmpdir(), "meridian-nats-")));
    await process.run();
    return process;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Starts the server; resolves when it accepts connections. */
  async run(): Promise<void> {
    const program = process.env["NATS_SERVER"] ?? "nats-server";
    this.#child = spawn(program, ["-a", "127.0.0.1", "-p", String(this.port), "-js", "-sd", this.#folder], {
      stdio: "ignore",
    });
    await untilTrue("nats-server accepts connections", { timeoutMs: 10_000, intervalMs: 20 }, () =>
      accepts(this.port),
    );
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** Everything JetStream has stored is gone. Only while killed. */
  deleteFolder(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async dispose(): Promise<void> {
    await this.kill();
    this.deleteFolder();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
