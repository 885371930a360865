/** Whether a nats-server takes clients: it tells everybody who connects who it is, before TLS and login. */
import { connect } from "node:net";

const TIMEOUT_MS = 2000;
const GREETING = "INFO ";

/** Of a port of this machine; no answer counts as no. */
export async function greetsNats(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, "127.0.0.1");
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
  socket.once("data", (chunk: Buffer) => {
    resolve(chunk.toString("latin1", 0, GREETING.length) === GREETING);
    socket.destroy();
  });
  // A port that is published is open before anybody listens behind it: closed without a word is a no.
  socket.once("close", () => resolve(false));
  socket.once("error", () => resolve(false));
  return await promise;
}
