/**
 * A consumer of a change feed as a process of its own, to be killed: appends what it is handed to a
 * file, a line each, before it asks for the next.
 *
 *   node change-consumer.ts NATS DATACENTER FEED CONSUMER FILE
 */
import { openSync, writeSync } from "node:fs";
import { changes } from "../../cli/changes/changes.ts";

const [, , nats = "", datacenter = "", feed = "", consumer = "", file = ""] = process.argv;
const output = openSync(file, "a");
for await (const change of changes({ nats, datacenter, feed, consumer })) {
  const { partition, sequence } = change.position;
  const line =
    change.kind === "gap"
      ? { gap: true, partition, sequence }
      : {
          key: change.userKey,
          value: change.bins?.["n"],
          generation: change.generation,
          partition,
          sequence,
          again: change.redelivered,
        };
  writeSync(output, `${JSON.stringify(line)}\n`);
}
