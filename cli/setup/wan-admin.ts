/** The admin port of a set-up's WAN link: shows its lanes, cuts, heals and slows them. */
import { z } from "zod";
import { askAdmin } from "./admin-client.ts";

/** A link with much to tear down, on a machine with other things to do. */
const ACTION_TIMEOUT_MS = 10_000;

const pairSchema = z.object({
  origin: z.string(),
  destination: z.string(),
  state: z.enum(["up", "cut"]),
  connections: z.number(),
  bytesToDestination: z.number(),
  bytesToOrigin: z.number(),
});
const pairsSchema = z.object({ pairs: z.array(pairSchema) });

export type WanPairView = z.infer<typeof pairSchema>;

/** Whether connections hang, or are torn down and refused. */
export type CutMode = "blackhole" | "reset";

export interface WanShape {
  readonly delayMs: number;
  readonly jitterMs: number;
  /** 0 for no limit. */
  readonly kbitPerSecond: number;
}

export class WanAdmin {
  readonly #url: string;
  readonly #token: string;

  /** `url`: of its admin listener; `token`: what the link asks of those who change it. */
  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async links(): Promise<WanPairView[]> {
    return (await askAdmin(`${this.#url}/status`, pairsSchema)).pairs;
  }

  cut(a: string, b: string, mode: CutMode): Promise<WanPairView[]> {
    return this.#act("cut", { a, b, mode });
  }

  heal(a: string, b: string): Promise<WanPairView[]> {
    return this.#act("heal", { a, b });
  }

  /** Both ways; all 0 is as fast as the machine. */
  shape(a: string, b: string, { delayMs, jitterMs, kbitPerSecond }: WanShape): Promise<WanPairView[]> {
    const slowness = { "delay-ms": `${delayMs}`, "jitter-ms": `${jitterMs}` };
    return this.#act("shape", { a, b, ...slowness, "kbit-per-second": `${kbitPerSecond}` });
  }

  /** One way; the other way goes on. */
  stall(from: string, to: string): Promise<WanPairView[]> {
    return this.#act("stall", { from, to });
  }

  async #act(action: string, query: Readonly<Record<string, string>>): Promise<WanPairView[]> {
    const url = `${this.#url}/${action}?${new URLSearchParams(query)}`;
    const options = { method: "POST", token: this.#token, timeoutMs: ACTION_TIMEOUT_MS } as const;
    return (await askAdmin(url, pairsSchema, options)).pairs;
  }
}
