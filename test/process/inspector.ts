/**
 * A hand inside a running process: Node's inspector, which a signal opens. With it a test makes a
 * product's invariant fail where it stands, or keeps its event loop busy. The process must have been
 * started with `INSPECTABLE` in its NODE_OPTIONS, so that it takes a free port.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { signal } from "./process-table.ts";
import { until } from "./until.ts";

export const INSPECTABLE = "--inspect-port=0";

const OPEN_MS = 10_000;
const ASSERT_FILE = "common/assert.ts";

const answerSchema = z.object({
  id: z.int().optional(),
  error: z.object({ message: z.string() }).optional(),
  result: z
    .object({
      result: z.object({ value: z.unknown().optional() }).optional(),
      exceptionDetails: z.unknown().optional(),
    })
    .optional(),
});

type Answer = z.infer<typeof answerSchema>;

export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: Error) => void }
  >();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const answer = answerSchema.parse(JSON.parse(String(data)));
      if (answer.id === undefined) return;
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
    });
    socket.addEventListener("close", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("the process closed its inspector"));
      this.#waiting.clear();
    });
  }

  /** Opens the inspector of the process `pid`, whose output is in `logPath`. */
  static async open(pid: number, logPath: string): Promise<Inspector> {
    const addresses = (): string[] => readFileSync(logPath, "utf8").match(/ws:\/\/\S+/g) ?? [];
    const before = addresses().length;
    signal(pid, "SIGUSR1");
    const address = await until("the inspector to open", { timeoutMs: OPEN_MS }, () => addresses()[before]);
    const socket = new WebSocket(address);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error(`no connection to ${address}`)));
    });
    return new Inspector(socket);
  }

  /** The value of a JavaScript expression, in the process. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#ask("Runtime.evaluate", { expression, returnByValue: true });
    if (result?.exceptionDetails !== undefined) throw new Error(JSON.stringify(result.exceptionDetails));
    return result?.result?.value;
  }

  /** Keeps the event loop busy for so long; resolves with how long it was. */
  async block(ms: number): Promise<number> {
    const loop = `while (performance.now() - from < ${ms});`;
    return Number(
      await this.evaluate(
        `(() => { const from = performance.now(); ${loop} return performance.now() - from; })()`,
      ),
    );
  }

  /** From now on the invariant with this message does not hold. */
  async breakInvariant(message: string): Promise<void> {
    const lines = readFileSync(join(import.meta.dirname, "../..", ASSERT_FILE), "utf8").split("\n");
    const lineNumber = lines.findIndex((line) => line.includes("if (!condition)"));
    const condition = `message === ${JSON.stringify(message)} && (condition = false)`;
    await this.#ask("Debugger.enable", {});
    await this.#ask("Debugger.setBreakpointByUrl", { lineNumber, urlRegex: `${ASSERT_FILE}$`, condition });
  }

  close(): void {
    this.#socket.close();
  }

  async #ask(method: string, params: object): Promise<Answer> {
    const id = this.#nextId++;
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer;
  }
}
