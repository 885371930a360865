/**
 * Proves that a peer which reads nothing (N8) costs its sender a bounded number of bytes: above it the
 * connection is given up, what was under way is let go of, and the peer is dialled again.
 */
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../common/clock.ts";
import { PEER_OUTSTANDING_BYTES_MAX } from "../../common/limits.ts";
import { createLogger } from "../../common/log.ts";
import { makeEntry, OTHER } from "../../test/simulation/partition-recorder.ts";
import { PeerLink } from "./peer-link.ts";

const ENTRY_BYTES = 1024 * 1024;

let server: Server;
let link: PeerLink | undefined;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer((socket) => {
    socket.pause();
    socket.on("error", () => socket.destroy());
    sockets.push(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  link?.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
  await once(server, "close");
});

test("the connection to a peer that reads nothing is given up before it costs too much", async () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  let ups = 0;
  let downs = 0;
  const noted = (): undefined => undefined;
  const fabric = `127.0.0.1:${address.port}`;
  link = new PeerLink(
    {
      id: OTHER,
      name: "b",
      rackId: 0,
      service: fabric,
      fabric,
      admin: fabric,
      boot: 1,
      state: "up",
      changedAt: 0,
    },
    {
      clock: systemClock(0),
      log: createLogger({}, "fatal"),
      onGranted: noted,
      // No beacon within the test: silence is not what ends the connection.
      beaconIntervalMs: 60_000,
      deadAfterMs: 60_000,
      hello: () => new Uint8Array(0),
      mapVersion: () => 1,
      groupOpen: () => false,
      onUp: () => {
        ups++;
      },
      onDown: () => {
        downs++;
      },
      onStateChanged: noted,
      onAcked: noted,
      onMessage: noted,
    },
  );
  await expect.poll(() => ups).toBe(1);
  // One buffer for all of them: what is counted is what a real peer would be owed.
  const entry = Buffer.concat([makeEntry(1, 1), Buffer.alloc(ENTRY_BYTES)]);
  const most = PEER_OUTSTANDING_BYTES_MAX / ENTRY_BYTES;
  let sent = 0;
  while (downs === 0 && sent < 2 * most) {
    link.append(0, 1, ++sent, entry);
    // The socket's turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(downs).toBe(1);
  expect(sent).toBeGreaterThan(most / 2);
  expect(sent).toBeLessThan(most + 16);
  expect(link.outstandingBytes).toBe(0);
  await expect.poll(() => ups, { timeout: 5000 }).toBe(2);
});
