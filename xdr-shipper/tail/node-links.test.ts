/**
 * Proves of the links to nodes: one that answers nothing any more, as after its machine lost its
 * power, is given up after some pings and dialled again; one that answers stays.
 */
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLogger } from "../../common/log.ts";
import { systemClock } from "../../common/clock.ts";
import { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import { NodeLinks } from "./node-links.ts";

const { XdrOpened, XdrPong } = meridian.tail;
/** Of the node's clock. */
const AHEAD_MS = 86_400_000;
const PING_MS = 1000;

let server: Server;
let links: NodeLinks;
/** Whether the node answers pings. */
let alive: boolean;
let pings: number;
let events: string[];
const connections: FrameConnection[] = [];

beforeEach(async () => {
  // Only the pings: sockets and redialling are real.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  alive = true;
  pings = 0;
  const told: string[] = [];
  events = told;
  server = createServer((socket) => {
    const connection = new FrameConnection(socket, {
      onFrame: ({ type }) => {
        if (!alive) return;
        if (type === MessageType.xdrOpen) {
          connection.send(MessageType.xdrOpened, XdrOpened.encode({ logIds: [7] }).finish());
        } else if (type === MessageType.xdrPing) {
          pings++;
          connection.send(MessageType.xdrPong, XdrPong.encode({ wall: Date.now() + AHEAD_MS }).finish());
        }
      },
      onClose: () => undefined,
    });
    connections.push(connection);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const member = { id: "A", name: "a1", rackId: 0, service: "", fabric: `127.0.0.1:${port}`, admin: "" };
  links = new NodeLinks({
    members: {
      listen: (listener) => {
        listener([{ ...member, boot: 1, state: "up", changedAt: 1 }], "c");
        return () => undefined;
      },
    },
    datacenter: "dc-a",
    clock: systemClock(),
    sender: "x",
    namespaces: ["test"],
    events: {
      onOpened: ({ ref }) => told.push(`opened ${ref}`),
      onPrimaries: () => undefined,
      onFrame: () => undefined,
      onClosed: ({ ref }) => told.push(`closed ${ref}`),
    },
    log: createLogger({}, "silent"),
  });
});

afterEach(() => {
  links.close();
  for (const connection of connections.splice(0)) connection.destroy();
  server.close();
  vi.useRealTimers();
});

/** Not by vi.waitFor, which would advance the pings. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test("a node that is silent is dialled again, and is back when it answers", async () => {
  await until(() => events.length === 1);
  alive = false;
  vi.advanceTimersByTime(8 * PING_MS);
  alive = true;
  await until(() => events.length === 3);
  expect(events).toEqual(["opened 1", "closed 1", "opened 2"]);
});

test("a node's answer tells how far its clock is ahead", async () => {
  await until(() => events.length === 1);
  expect(links.clocks()).toBeUndefined();
  vi.advanceTimersByTime(PING_MS);
  await until(() => links.clocks() !== undefined);
  const { least, most, error } = links.clocks() ?? { least: 0, most: 0, error: 0 };
  expect(least).toBe(most);
  expect(Math.abs(least - AHEAD_MS)).toBeLessThanOrEqual(error + 2);
});

test("a node that answers stays, however long nothing else is said", async () => {
  await until(() => events.length === 1);
  for (let ping = 1; ping <= 20; ping++) {
    vi.advanceTimersByTime(PING_MS);
    await until(() => pings === ping);
  }
  expect(events).toEqual(["opened 1"]);
});
