/**
 * A consumer of a change feed as a process of its own, to be killed: appends what it is handed to a
 * file, a line each, before it asks for the next.
 *
 *   node change-consumer.ts NATS DATACENTER FEED CONSUMER FILE
 */
import { openSync, writeSync } from "node:fs";
import { changes } from "../../cli/changes/changes.ts";
import { MeridianError } from "../../common/errors.ts";
import { elapse } from "./until.ts";

const [, , nats = "", datacenter = "", feed = "", consumer = "", file = ""] = process.argv;
const output = openSync(file, "a");

/** NATS may be away when this starts; later the library waits for it. */
for (;;) {
  try {
    await consume();
  } catch (error) {
    if (!(error instanceof MeridianError && error.code === "NATS_UNREACHABLE")) throw error;
    await elapse(100);
  }
}

async function consume(): Promise<void> {
  for await (const change of changes({ nats, datacenter, feed, consumer })) {
    const { partition, sequence } = change.position;
    const line =
      change.kind === "gap"
        ? { gap: true, partition, sequence }
        : {
            key: change.userKey,
            value: change.bins?.["n"],
            generation: change.generation,
            before: change.before && { value: change.before.bins["n"], generation: change.before.generation },
            partition,
            sequence,
            again: change.redelivered,
          };
    writeSync(output, `${JSON.stringify(line)}\n`);
  }
}
