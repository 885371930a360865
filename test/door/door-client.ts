/** Starts a door process and speaks to it. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { DoorOrder, DoorReport } from "./door-process.ts";

export class DoorProcess {
  readonly #child: ChildProcess;
  readonly port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start(): Promise<DoorProcess> {
    const child = fork(fileURLToPath(new URL("door-process.ts", import.meta.url)), { execArgv: [] });
    const [report] = (await once(child, "message")) as [DoorReport];
    return new DoorProcess(child, report.port);
  }

  /** Gives an order and waits until it is obeyed. */
  async order(order: DoorOrder): Promise<DoorReport> {
    const reply = once(this.#child, "message");
    this.#child.send(order);
    const [report] = (await reply) as [DoorReport];
    return report;
  }

  report(): Promise<DoorReport> {
    return this.order({});
  }

  /** Whether the process still lives. */
  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async stop(): Promise<void> {
    const exit = once(this.#child, "exit");
    this.#child.disconnect();
    await exit;
  }
}
