/**
 * One end of the measurement of JetStream alone, a process of its own so that its CPU time is its
 * own. Prints `start` when it begins and `done` at its end, then waits to be stopped.
 *
 *   node test/bench/jetstream-peer.ts publish nats://127.0.0.1:4222 MESSAGES BYTES WINDOW
 *   node test/bench/jetstream-peer.ts consume nats://127.0.0.1:4222 MESSAGES BYTES WINDOW
 */
import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { BENCH_CONSUMER, BENCH_STREAM, BENCH_SUBJECT } from "./jetstream-names.ts";

const [role, url = "", ...numbers] = process.argv.slice(2);
const [messages = 0, bytes = 0, window = 0] = numbers.map(Number);
const connection = await connect({ servers: url });
const js = jetstream(connection);

if (role === "publish") await publish();
else await consume();
console.log("done");
process.on("SIGTERM", () => process.exit(0));
setInterval(() => undefined, 60_000);

/** Publishes with `window` messages not yet acknowledged. */
async function publish(): Promise<void> {
  const payload = new Uint8Array(bytes).map((_, index) => 32 + ((index * 31) % 64));
  console.log("start");
  let sent = 0;
  const lane = async (): Promise<void> => {
    while (sent < messages) {
      sent += 1;
      await js.publish(BENCH_SUBJECT, payload);
    }
  };
  await Promise.all(Array.from({ length: window }, lane));
}

/** Pulls and acknowledges every message. */
async function consume(): Promise<void> {
  const consumer = await js.consumers.get(BENCH_STREAM, BENCH_CONSUMER);
  const arriving = await consumer.consume({ max_messages: window });
  console.log("start");
  let taken = 0;
  for await (const message of arriving) {
    message.ack();
    taken += 1;
    if (taken === messages) break;
  }
  await connection.flush();
}
