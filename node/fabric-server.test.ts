/**
 * Proves of the fabric's greeting: who speaks another version (L2), belongs to another cluster or is
 * configured in a way that would break a promise (L5) is refused by name; a peer whose other settings
 * differ is taken, and the log says what differs, once.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import pino from "pino";
import { parseDatacenterConfig } from "../common/config.ts";
import { sharedSettings } from "../common/shared-settings.ts";
import type { Frame } from "../proto/frame.ts";
import { FrameConnection } from "../proto/frame-connection.ts";
import { meridian } from "../proto/gen/fabric.js";
import { MessageType } from "../proto/message-types.ts";
import { freePort } from "../test/process/nats-process.ts";
import { FabricServer } from "./fabric-server.ts";

const SELF = "A1";
const RAW = {
  name: "dc",
  "src-id": 1,
  nats: "nats://127.0.0.1:1",
  namespaces: [{ name: "test" }, { name: "gen" }],
  nodes: [{ name: "a1", data: "unused", "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
  remotes: [{ name: "dc-b", "src-id": 2, nats: "nats://127.0.0.1:2" }],
};
const settings = settingsOf({});
const HELLO = {
  protocol: 1,
  datacenter: "dc",
  role: "node",
  sender: "A2",
  clusterId: "cluster",
  boot: 1,
  recipient: SELF,
  settings,
};

let port = 0;
let server: FabricServer;
let lines: string[] = [];

function settingsOf(changes: Record<string, unknown>): Record<string, string> {
  return { ...sharedSettings(parseDatacenterConfig({ ...RAW, ...changes }, "test")) };
}

beforeEach(async () => {
  lines = [];
  port = await freePort();
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  server = await FabricServer.start({
    address: "127.0.0.1",
    port,
    datacenter: "dc",
    self: SELF,
    clusterId: () => "cluster",
    settings,
    log: pino(stream),
    onPeer: (_peer, connection) => connection.send(MessageType.beacon, new Uint8Array(0)),
    onShipper: () => undefined,
    onBadInput: () => undefined,
  });
});
afterEach(() => server.stop());

/** Sends a Hello: the refusal that answers it, or "taken". */
async function greet(hello: meridian.fabric.Hello.$Shape): Promise<unknown> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const frame = await new Promise<Frame>((resolve, reject) => {
    const connection = new FrameConnection(socket, {
      onFrame: resolve,
      onClose: (error) => reject(error ?? new Error("closed without an answer")),
    });
    connection.send(MessageType.hello, meridian.fabric.Hello.encode(hello).finish());
  });
  socket.destroy();
  if (frame.type !== MessageType.refusal) return "taken";
  const { code, message } = meridian.fabric.Refusal.decode(frame.meta);
  return { code, message };
}

test("another protocol, role, cluster or recipient is refused", async () => {
  expect(await greet(HELLO)).toBe("taken");
  expect(await greet({ ...HELLO, protocol: 2 })).toEqual({
    code: "PROTOCOL_VERSION",
    message: "protocol 2, not 1",
  });
  expect(await greet({ ...HELLO, role: "gossip" })).toEqual({
    code: "PROTOCOL_VERSION",
    message: "unknown role gossip",
  });
  expect(await greet({ ...HELLO, clusterId: "other" })).toMatchObject({ code: "CLUSTER_MISMATCH" });
  expect(await greet({ ...HELLO, recipient: "A3" })).toMatchObject({ code: "NOT_FOUND" });
});

test.each([
  ["src-id", { "src-id": 7 }, "src-id is 7 at A2 and 1 at this node"],
  ["lease-ms", { timing: { "lease-ms": 5000 } }, "timing.lease-ms is 5000 at A2 and 700 at this node"],
  [
    "conflict-resolution-policy",
    { namespaces: [{ name: "test", "conflict-resolution-policy": "generation" }] },
    "namespaces.test.conflict-resolution-policy is generation at A2 and last-update-time at this node",
  ],
])("another %s keeps two nodes apart", async (_name, changes, message) => {
  expect(await greet({ ...HELLO, settings: settingsOf(changes) })).toEqual({
    code: "CLUSTER_MISMATCH",
    message,
  });
});

test("another replication factor or an added namespace does not; what differs is logged once", async () => {
  const changed = settingsOf({
    namespaces: [{ name: "test", "replication-factor": 3 }, { name: "gen" }, { name: "added" }],
  });
  const told = (): string[] => lines.filter((line) => line.includes("another configuration"));
  expect(await greet({ ...HELLO, settings: changed })).toBe("taken");
  expect(await greet({ ...HELLO, settings: changed })).toBe("taken");
  expect(told()).toHaveLength(1);
  expect(JSON.parse(told()[0] ?? "")).toMatchObject({
    peer: "A2",
    differences: [{ name: "namespaces.test.replication-factor", own: "2", other: "3" }],
  });
  expect(await greet(HELLO)).toBe("taken");
  expect(await greet({ ...HELLO, settings: changed })).toBe("taken");
  expect(told()).toHaveLength(2);
});

test("a peer of a release that says nothing of its settings is taken", async () => {
  expect(await greet({ ...HELLO, settings: {} })).toBe("taken");
});
