/**
 * Proves that the node's XDR side refuses whatever is no message of its protocol: the connection is
 * broken, nothing is applied, and the next shipper is served as before.
 */
import { connect } from "node:net";
import { once } from "node:events";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeFrame } from "../../proto/frame.ts";
import { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian as fabric } from "../../proto/gen/fabric.js";
import { meridian as tail } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import { untilTrue } from "../process/until.ts";
import { MemoryDatacenter } from "./memory-datacenter.ts";

const WAIT = { timeoutMs: 10_000, intervalMs: 5 };
let dc: MemoryDatacenter;
let port = 0;

beforeAll(async () => {
  dc = new MemoryDatacenter({ name: "dc", sourceId: 1, logId: 5, namespaces: ["test"], nodes: 1, nats: "" });
  await dc.listen();
  port = Number(dc.fabricAddress(0).split(":")[1]);
});
afterAll(async () => {
  await dc.close();
});

const hello = () =>
  fabric.fabric.Hello.encode({ protocol: 1, datacenter: "dc", role: "xdr", sender: "fuzz" }).finish();
const xdrOpen = () => tail.tail.XdrOpen.encode({ namespaces: ["test"] }).finish();
const tailOpen = () => tail.tail.TailOpen.encode({ destinationId: 2, destination: "d" }).finish();

/** Sends frames after the greeting; resolves when the node has closed, or has read them all. */
async function send(frames: readonly { type: number; meta: Uint8Array; body: Uint8Array }[]): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined);
  socket.resume();
  const open = [
    [MessageType.hello, hello()],
    [MessageType.xdrOpen, xdrOpen()],
    [MessageType.tailOpen, tailOpen()],
  ] as const;
  for (const [type, meta] of open) socket.write(Buffer.concat(encodeFrame(type, meta, [])));
  for (const { type, meta, body } of frames) socket.write(Buffer.concat(encodeFrame(type, meta, [body])));
  socket.end();
  await once(socket, "close");
}

/** A shipper that keeps to the protocol is answered. */
async function served(): Promise<void> {
  let opened = false;
  const connection = new FrameConnection(connect(port, "127.0.0.1"), {
    onFrame: (frame) => {
      if (frame.type === MessageType.xdrOpened) opened = true;
    },
    onClose: () => undefined,
  });
  connection.send(MessageType.hello, hello());
  connection.send(MessageType.xdrOpen, xdrOpen());
  await untilTrue("the node answers", WAIT, () => opened);
  connection.destroy();
}

test("random bytes in every message of the protocol", async () => {
  const types = [...Array.from({ length: 30 }, (_, index) => 58 + index), 0, 1, 20, 255];
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          type: fc.constantFrom(...types),
          meta: fc.uint8Array({ maxLength: 200 }),
          body: fc.uint8Array({ maxLength: 400 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      send,
    ),
    { numRuns: 150 },
  );
  await served();
  expect(dc.contents().size).toBe(0);
});

test("messages that are well formed and make no sense", async () => {
  const { TailSeek, ScanPull, Shipped } = tail.tail;
  const nothing = Buffer.alloc(0);
  const slots = [0, 4095, 4096, 2 ** 31, 17];
  await send([
    {
      type: MessageType.tailSeek,
      meta: TailSeek.encode({ number: 1, slots, bases: [5] }).finish(),
      body: nothing,
    },
    {
      type: MessageType.tailSeek,
      meta: TailSeek.encode({ number: 9, slots, bases: [-5, Number.NaN, 1e300] }).finish(),
      body: nothing,
    },
    {
      type: MessageType.scanPull,
      meta: ScanPull.encode({ scan: 1, slot: 9_999, chunk: 0 }).finish(),
      body: nothing,
    },
    {
      type: MessageType.scanPull,
      meta: ScanPull.encode({ scan: 2, slot: 5, chunk: 7 }).finish(),
      body: nothing,
    },
    {
      type: MessageType.shipped,
      meta: Shipped.encode({ destinationId: 2, slots, covered: [1e300, Number.NaN], logIds: [5] }).finish(),
      body: nothing,
    },
  ]);
  await served();
});

test("a position past the log's end (a datacenter put back to an old copy, L9) trims nothing", async () => {
  dc.shipped.clear();
  const meta = tail.tail.Shipped.encode({
    destinationId: 2,
    slots: [17, 18],
    bases: [7, 0],
    covered: [9, 0],
    logIds: [5],
  }).finish();
  await send([{ type: MessageType.shipped, meta, body: Buffer.alloc(0) }]);
  await served();
  expect([...dc.shipped]).toEqual([["2.18", 0]]);
});
