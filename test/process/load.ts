/**
 * The usual load on one datacenter: registers, with readers, and token sets, through the official
 * client, with everything that both can check. Small enough to leave the processor to the nodes.
 */
import { type Client, connectClient, type Key } from "./official-client.ts";
import { Registers } from "./registers.ts";
import { TokenSets } from "./token-sets.ts";
import { untilTrue } from "./until.ts";

export interface LoadOptions {
  readonly set: string;
  readonly keys?: number | undefined;
  readonly readers?: number | undefined;
  readonly pauseMs?: number | undefined;
  readonly tokenKeys?: number | undefined;
  readonly timeoutMs?: number | undefined;
}

export class Load {
  readonly registers: Registers;
  readonly tokens: TokenSets;
  readonly client: Client;
  #running = true;

  private constructor(client: Client, options: LoadOptions) {
    const pauseMs = options.pauseMs ?? 15;
    this.client = client;
    const { set } = options;
    this.registers = new Registers({
      clients: [client],
      set: `${set}-registers`,
      keys: options.keys ?? 48,
      readers: options.readers ?? 6,
      pauseMs,
    });
    this.tokens = new TokenSets({
      clients: [client],
      set: `${set}-tokens`,
      keys: options.tokenKeys ?? 8,
      pauseMs: 3 * pauseMs,
    });
  }

  /** Connects, and starts. */
  static async start(hosts: string, options: LoadOptions): Promise<Load> {
    const client = await connectClient(hosts, { connectTimeoutMs: 1000, timeoutMs: options.timeoutMs });
    const load = new Load(client, options);
    load.registers.start();
    load.tokens.start();
    return load;
  }

  /** Resolves when `count` more writes of registers were acknowledged. */
  async more(count: number, timeoutMs = 60_000): Promise<void> {
    const { counts } = this.registers;
    const from = counts.applied;
    await untilTrue(`${count} more writes`, { timeoutMs }, () => counts.applied >= from + count);
  }

  /**
   * Resolves when a write of every key (of those that `counts`) that began after this call was
   * acknowledged: after how long.
   */
  async flows(what: string, timeoutMs: number, counts: (key: Key) => boolean = () => true): Promise<number> {
    const fromMs = performance.now();
    this.registers.mark(fromMs);
    const registers = this.registers.registers.filter(({ key }) => counts(key));
    const open = (): string[] =>
      registers.filter(({ recoveredMs }) => recoveredMs === undefined).map(({ key }) => key.key);
    try {
      await untilTrue(
        `writes to all keys: ${what}`,
        { timeoutMs, intervalMs: 10 },
        () => open().length === 0,
      );
    } catch (error) {
      const failures = [...this.registers.failures].slice(-4).join("; ");
      throw new Error(`no writes to ${open().join(", ")}: ${what}; ${failures}`, { cause: error });
    }
    return Math.max(...registers.map(({ recoveredMs }) => (recoveredMs ?? Number.NaN) - fromMs));
  }

  /** Operations that did not succeed so far. */
  get failed(): number {
    const { inDoubt, refused, failedReads } = this.registers.counts;
    return inDoubt + refused + failedReads;
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    await Promise.all([this.registers.stop(), this.tokens.stop()]);
  }

  /** Stops, reads everything once more, and returns all violations found. */
  async check(): Promise<string[]> {
    await this.stop();
    return [...(await this.registers.check(this.client)), ...(await this.tokens.check(this.client))];
  }

  get figures(): Record<string, number> {
    const { applied, inDoubt, refused, reads, failedReads, late } = this.registers.counts;
    return {
      "writes applied": applied,
      "in doubt": inDoubt,
      "took effect late": late,
      refused,
      reads,
      "reads failed": failedReads,
      "tokens acknowledged": this.tokens.acknowledged.size,
    };
  }
}
