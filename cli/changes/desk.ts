/**
 * The reader's talk with the shippers: where to begin, and what is consumed. Each of a datacenter's
 * shippers answers for the lanes it works on.
 */
import { createInbox, type NatsConnection } from "@nats-io/transport-node";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { SHIP_LANES } from "../../common/limits.ts";
import { feedAskSubject, feedMoveSubject, feedPositionSubject } from "../../proto/subjects.ts";

const ANSWER_MS = 2000;
const pairs = z.array(z.tuple([z.number(), z.number()]));

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const answerSchema = z.object({
  lanes: z.array(z.number()),
  log: z.number(),
  published: pairs,
  positions: pairs,
  stream: z.string(),
  streamLast: z.number(),
  open: z.boolean(),
  standing: z.array(z.number()).default([]),
  move: z.number().default(0),
});
const savedSchema = z.object({ lanes: z.array(z.number()) });

export interface Beginning {
  readonly log: number;
  /** Partition and sequence: what is published, and what the consumer has consumed. */
  readonly published: readonly (readonly [number, number])[];
  readonly positions: readonly (readonly [number, number])[];
  readonly stream: string;
  readonly streamLast: number;
  /** It did not end in order: more than `positions` says may have been handed out. */
  readonly open: boolean;
  /** Partitions whose records are to be read as they stand first: the consumer was moved to the beginning. */
  readonly standing: readonly number[];
  /** How often the position was moved on purpose. */
  readonly move: number;
}

/** Where a declared consumer's position is moved. */
export interface Move {
  readonly to: "beginning" | "oldest" | "now" | "positions";
  readonly log: number;
  readonly positions: readonly (readonly [number, number])[];
  /** Although somebody reads as this consumer, who is refused from then on. */
  readonly force: boolean;
  /** What the stream has may have been handed out before; default true. */
  readonly open?: boolean;
}

export interface Report {
  readonly log: number;
  readonly positions: readonly (readonly [number, number])[];
  readonly torn: readonly number[];
  readonly drained: boolean;
  readonly stream: string;
  readonly streamLast: number;
  readonly open: boolean;
}

export interface DeskOptions {
  readonly connection: NatsConnection;
  readonly datacenter: string;
  readonly feed: string;
  /** `-`: a reader without a position of its own. */
  readonly consumer: string;
}

export class Desk {
  readonly #options: DeskOptions;
  /** Of the position that was told last: reports that know of no later one are void. */
  #move = 0;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Undefined while not all lanes are worked on. Throws what a shipper refuses. */
  async ask(): Promise<Beginning | undefined> {
    const { datacenter, feed, consumer } = this.#options;
    const answers = await this.#request(feedAskSubject(datacenter, feed, consumer), {});
    const parsed = answers.map((answer) => answerSchema.parse(answer));
    const [first] = parsed;
    if (first === undefined || !areAll(parsed)) return undefined;
    this.#move = Math.max(...parsed.map(({ move }) => move));
    return {
      log: first.log,
      published: parsed.flatMap(({ published }) => published),
      positions: parsed.flatMap(({ positions }) => positions),
      stream: first.stream,
      // Of what the shippers know, the least is sure to be consumed.
      streamLast: Math.min(...parsed.map(({ streamLast }) => streamLast)),
      open: parsed.some(({ open }) => open),
      standing: parsed.flatMap(({ standing }) => standing),
      move: this.#move,
    };
  }

  /** The lanes whose positions of this report are kept. */
  async report(report: Report): Promise<readonly number[]> {
    const { datacenter, feed, consumer } = this.#options;
    const answers = await this.#request(feedPositionSubject(datacenter, feed, consumer), {
      ...report,
      move: this.#move,
    });
    return answers.flatMap((answer) => savedSchema.parse(answer).lanes);
  }

  /**
   * Moves the position, once the shippers say where it is; false when not all of it was. Throws BUSY when
   * somebody reads as this consumer or may do so, BAD_REQUEST for positions that are not there.
   */
  async move(move: Move): Promise<boolean> {
    if ((await this.ask()) === undefined) return false;
    const { datacenter, feed, consumer } = this.#options;
    const subject = feedMoveSubject(datacenter, feed, consumer);
    const answers = await this.#request(subject, { ...move, move: this.#move + 1 });
    return areAll(answers.map((answer) => savedSchema.parse(answer)));
  }

  /** Answers until all lanes have one, or none comes any more. */
  async #request(subject: string, body: object): Promise<unknown[]> {
    const { connection } = this.#options;
    const inbox = createInbox();
    const answers: { lanes: readonly number[] }[] = [];
    const subscription = connection.subscribe(inbox);
    const timer = setTimeout(() => subscription.unsubscribe(), ANSWER_MS);
    try {
      connection.publish(subject, JSON.stringify(body), { reply: inbox });
      for await (const message of subscription) {
        if (message.headers?.code === 503) break;
        const answer: unknown = message.json();
        const refused = errorSchema.safeParse(answer);
        if (refused.success) throw refusal(refused.data.error);
        answers.push(savedSchema.loose().parse(answer));
        if (areAll(answers)) break;
      }
    } finally {
      clearTimeout(timer);
      subscription.unsubscribe();
    }
    return answers;
  }
}

function areAll(answers: readonly { readonly lanes: readonly number[] }[]): boolean {
  return new Set(answers.flatMap(({ lanes }) => lanes)).size >= SHIP_LANES;
}

function refusal({ code, message }: { code: string; message: string }): MeridianError {
  if (code === "NOT_FOUND") return new MeridianError("NOT_FOUND", message);
  const isBusy = code === "BUSY" || code === "CONSUMER_READS";
  return new MeridianError(isBusy ? "BUSY" : "BAD_REQUEST", message);
}
