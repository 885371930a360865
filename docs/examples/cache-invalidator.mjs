/**
 * Tells a cache which keys are stale, over HTTP: a DELETE for each record that changed, whatever
 * datacenter wrote it.
 *
 *   NATS=nats://127.0.0.1:3900 node docs/examples/cache-invalidator.mjs dc-a orders cache http://127.0.0.1:8080/cache
 *
 * A change counts as consumed once the cache has answered; while it does not, the feed waits.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { changes } from "meridian/changes";

const [, , datacenter, feed, consumer, cache] = process.argv;

const ended = new AbortController();
process.once("SIGTERM", () => ended.abort());
process.once("SIGINT", () => ended.abort());
const { signal } = ended;

/** Asks until the cache has taken it. */
async function invalidate(path) {
  while (!signal.aborted) {
    try {
      const response = await fetch(`${cache}${path}`, { method: "DELETE", signal });
      if (response.ok) return true;
      console.error(`the cache answers ${response.status} to ${path}`);
    } catch (error) {
      if (!signal.aborted) console.error(`the cache does not answer: ${error.message}`);
    }
    await sleep(500);
  }
  return false;
}

for await (const change of changes({ nats: process.env.NATS, datacenter, feed, consumer, signal })) {
  // After a gap nothing is known of a whole partition: then everything is stale.
  const path = change.kind === "gap" ? "" : `/${change.set}/${encodeURIComponent(String(change.userKey))}`;
  if (!(await invalidate(path))) break;
}
