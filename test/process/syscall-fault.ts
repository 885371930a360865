/**
 * A fault in the system calls of a process that runs: strace, attached to it, answers calls in the
 * kernel's place, or delays them. It counts what it did, so that a test can tell that the fault
 * really happened.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { untilTrue } from "./until.ts";

const ATTACH_MS = 20_000;

export class SyscallFault {
  readonly #child: ChildProcess;
  readonly #output: string;

  private constructor(child: ChildProcess, output: string) {
    this.#child = child;
    this.#output = output;
  }

  /**
   * From here on calls of `syscalls` in all threads of the process meet `injection` (strace's words:
   * `error=EIO`, `delay_enter=100000`). `output` is a new file, below the test's folder.
   */
  static async attach(
    pid: number,
    syscalls: readonly string[],
    injection: string,
    output: string,
  ): Promise<SyscallFault> {
    const calls = syscalls.join(",");
    const args = ["-f", "-p", String(pid), "-o", output, "-e", `trace=${calls}`];
    const child = spawn("strace", [...args, "-e", `inject=${calls}:${injection}`], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await untilTrue(`strace to attach to ${pid}`, { timeoutMs: ATTACH_MS, intervalMs: 10 }, () => {
      if (child.exitCode !== null) throw new Error(`strace ended: ${said}`);
      return said.includes("attached");
    });
    return new SyscallFault(child, output);
  }

  /** Calls that met the fault. */
  get hits(): number {
    return readFileSync(this.#output, "utf8").match(/\((INJECTED|DELAYED)\)/g)?.length ?? 0;
  }

  /** Detaches; a process that ended meanwhile has done so already. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGINT");
    await ended;
  }
}
