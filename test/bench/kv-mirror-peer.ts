/**
 * One end of the limit for lag: a NATS KV whose mirror lives on another server over a leaf link.
 * `put` puts values at a rate; `watch` prints how old they were when they came out of the
 * mirror. Both run on one machine, so one clock times both ends.
 *
 *   node test/bench/kv-mirror-peer.ts put URL RATE SECONDS BYTES
 *   node test/bench/kv-mirror-peer.ts watch URL SECONDS
 */
import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { MIRROR_STREAM, MIRROR_SUBJECT } from "./jetstream-names.ts";
import { printLags } from "./lags.ts";

const [role, url = "", ...rest] = process.argv.slice(2);
const connection = await connect({ servers: url });
const js = jetstream(connection);
const now = (): number => performance.timeOrigin + performance.now();

if (role === "put") {
  const [rate = 0, seconds = 0, bytes = 8] = rest.map(Number);
  const started = performance.now();
  const underWay = new Set<Promise<unknown>>();
  for (let sent = 0; sent < rate * seconds; ) {
    const due = Math.floor(((performance.now() - started) / 1000) * rate);
    for (; sent < due && underWay.size < 1000; sent++) {
      const value = Buffer.alloc(bytes);
      value.writeDoubleLE(now(), 0);
      const put = js
        .publish(`${MIRROR_SUBJECT}.k${sent % 10_000}`, value)
        .finally(() => underWay.delete(put));
      underWay.add(put);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  console.log("done");
} else {
  const [seconds = 0] = rest.map(Number);
  const consumer = await js.consumers.get(MIRROR_STREAM);
  const arriving = await consumer.consume({ max_messages: 5000 });
  const ages: number[] = [];
  const timer = setTimeout(() => arriving.stop(), seconds * 1000);
  console.log("start");
  for await (const message of arriving) {
    const putAt = Buffer.from(message.data).readDoubleLE(0);
    if (putAt !== 0) ages.push(now() - putAt);
  }
  clearTimeout(timer);
  printLags(ages);
}
await connection.close();
