/** A consumer of a feed that is killed at random moments and started again, until it is stopped. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { elapse } from "./until.ts";

const lineSchema = z.object({
  gap: z.boolean().optional(),
  key: z.string().optional(),
  value: z.number().optional(),
  generation: z.number().optional(),
  before: z.object({ value: z.number(), generation: z.number() }).nullish(),
  partition: z.number(),
  sequence: z.number(),
  again: z.boolean().optional(),
});

export type Consumed = z.infer<typeof lineSchema>;

export interface KilledConsumerOptions {
  readonly nats: string;
  readonly datacenter: string;
  readonly feed: string;
  readonly consumer: string;
  readonly file: string;
  /** How long it lives, at most, while it is being killed. */
  readonly lifeMs: number;
}

const NEWLINE = 10;

export class KilledConsumer {
  readonly #options: KilledConsumerOptions;
  #child: ChildProcess | undefined;
  #killing = false;
  #loop: Promise<void> | undefined;
  kills = 0;
  /** What was read of its file, and up to where. */
  readonly #consumed: Consumed[] = [];
  #offset = 0;

  constructor(options: KilledConsumerOptions) {
    this.#options = options;
  }

  /** Its first life, in which nobody harms it. */
  start(): void {
    this.#spawn();
  }

  /** From now on it is killed and started again. */
  startKilling(): void {
    this.#killing = true;
    this.#loop = this.#run();
  }

  /** From now on it lives. */
  async spare(): Promise<void> {
    this.#killing = false;
    await this.#loop;
  }

  async stop(): Promise<void> {
    await this.spare();
    await this.#kill();
  }

  /** What it was handed, over all of its lives; a line that a kill cut in half is none. */
  consumed(): readonly Consumed[] {
    const { file } = this.#options;
    if (!existsSync(file)) return this.#consumed;
    const added = readFrom(file, this.#offset);
    const end = added.lastIndexOf(NEWLINE) + 1;
    this.#offset += end;
    const lines = added.toString("utf8", 0, end).split("\n").slice(0, -1);
    for (const line of lines) this.#consumed.push(lineSchema.parse(JSON.parse(line)));
    return this.#consumed;
  }

  async #run(): Promise<void> {
    while (this.#killing) {
      await elapse(this.#options.lifeMs * (0.3 + 0.7 * Math.random()));
      if (!this.#killing) break;
      await this.#kill();
      this.kills++;
      this.#spawn();
    }
  }

  #spawn(): void {
    const { nats, datacenter, feed, consumer, file } = this.#options;
    const script = join(import.meta.dirname, "change-consumer.ts");
    this.#child = spawn(process.execPath, [script, nats, datacenter, feed, consumer, file], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  async #kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
}

function readFrom(file: string, offset: number): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(fstatSync(descriptor).size - offset);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(descriptor);
  }
}
