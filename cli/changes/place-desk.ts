/** Asks the shippers, which ask the partitions' primaries, about places in other datacenters' terms. */
import { createInbox, type NatsConnection } from "@nats-io/transport-node";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { SHIP_LANES } from "../../common/limits.ts";
import { feedPlaceSubject } from "../../proto/subjects.ts";
import type { Vector } from "./places.ts";

/** Nodes look through their logs. */
const ANSWER_MS = 30_000;
const RETRY_MS = 250;
/** Partitions asked for at once: a question must fit a message of the bus. */
const AT_ONCE = 512;

const pair = z.tuple([z.number(), z.number()]);
const answerSchema = z.object({
  lanes: z.array(z.number()),
  log: z.number(),
  places: z.array(z.tuple([z.number(), z.number(), z.array(pair)])),
});

export interface Place {
  readonly partition: number;
  /** All of this datacenter's log up to here is dealt with. */
  readonly sequence: number;
  readonly vector: Vector;
}

export interface FoundPlaces {
  readonly log: number;
  readonly places: readonly Place[];
}

export interface PlaceDeskOptions {
  readonly connection: NatsConnection;
  readonly datacenter: string;
  readonly feed: string;
  readonly signal: AbortSignal;
  /** Nobody answers: throws when nobody ever will. */
  readonly onMissing: () => Promise<void>;
}

/**
 * `find`: where a reader with these vectors goes on. `tell`: the vectors of one that has dealt with all up to
 * these sequences. Asks until all is answered; undefined when the reading was ended before.
 */
export async function askPlaces(
  options: PlaceDeskOptions,
  what: "find" | "tell",
  asked: readonly Place[],
): Promise<FoundPlaces | undefined> {
  const { signal, onMissing } = options;
  const places: Place[] = [];
  let log = 0;
  let left = [...asked];
  while (left.length > 0) {
    if (signal.aborted) return undefined;
    const now = left.slice(0, AT_ONCE);
    const found = new Map<number, Place>();
    for (const answer of await request(options, what === "tell", now)) {
      // Another log in between: what was found before is not about it.
      if (log !== 0 && answer.log !== log) return await askPlaces(options, what, asked);
      log = answer.log;
      for (const [partition, sequence, vector] of answer.places) {
        found.set(partition, { partition, sequence, vector: new Map(vector) });
      }
    }
    places.push(...found.values());
    left = left.filter(({ partition }) => !found.has(partition));
    if (found.size === now.length) continue;
    await onMissing();
    await sleep(RETRY_MS);
  }
  return { log, places };
}

/** Answers until all lanes have one, or none comes any more. */
async function request(
  { connection, datacenter, feed }: PlaceDeskOptions,
  vectors: boolean,
  asked: readonly Place[],
): Promise<z.infer<typeof answerSchema>[]> {
  const inbox = createInbox();
  const subscription = connection.subscribe(inbox);
  const timer = setTimeout(() => subscription.unsubscribe(), ANSWER_MS);
  const answers: z.infer<typeof answerSchema>[] = [];
  const places = asked.map(({ partition, sequence, vector }) => [partition, sequence, [...vector]]);
  try {
    const question = JSON.stringify({ vectors, places });
    connection.publish(feedPlaceSubject(datacenter, feed), question, { reply: inbox });
    for await (const message of subscription) {
      if (message.headers?.code === 503) break;
      answers.push(answerSchema.parse(message.json()));
      if (new Set(answers.flatMap(({ lanes }) => lanes)).size >= SHIP_LANES) break;
    }
  } finally {
    clearTimeout(timer);
    subscription.unsubscribe();
  }
  return answers;
}
