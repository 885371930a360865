/**
 * Proves over real sockets that a fabric connection delivers frames in order, tells a sender to stop
 * and to go on, drops itself on a corrupt frame or a failing handler, and closes exactly once.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Frame } from "./frame.ts";
import { FrameConnection, type FrameHandlers } from "./frame-connection.ts";
import { MessageType } from "./message-types.ts";

const QUIET: FrameHandlers = { onFrame: () => undefined, onClose: () => undefined };
let server: Server;
let near: Socket;
let far: Socket;

beforeEach(async () => {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection");
  near = connect((server.address() as AddressInfo).port, "127.0.0.1");
  [far] = (await accepted) as [Socket];
});
afterEach(() => {
  near.destroy();
  far.destroy();
  server.close();
});

/** Resolves with what the connection's onClose gets. */
function closing(
  socket: Socket,
  onFrame: (frame: Frame) => void = () => undefined,
): Promise<Error | undefined> {
  return new Promise((resolve) => {
    new FrameConnection(socket, { onFrame, onClose: resolve });
  });
}

describe("frame connection", () => {
  test("frames arrive in order with meta and body, then a clean end", async () => {
    const got: string[] = [];
    const closed = closing(far, (frame) => got.push(`${frame.type} ${frame.meta} ${frame.body}`));
    const sender = new FrameConnection(near, QUIET);
    for (let index = 0; index < 1000; index++) {
      sender.send(MessageType.append, Buffer.from(`m${index}`), Buffer.from("a"), Buffer.from(`b${index}`));
      sender.send(MessageType.beacon, Buffer.from(`n${index}`));
    }
    sender.end();
    expect(await closed).toBeUndefined();
    expect(got.length).toBe(2000);
    expect(got.slice(1998)).toEqual(["22 m999 ab999", "20 n999 "]);
    expect(got.slice(0, 2)).toEqual(["22 m0 ab0", "20 n0 "]);
  });

  test("a slow reader blocks the sender until it drains", async () => {
    far.pause();
    const drained = new Promise<void>((resolve) => {
      const sender = new FrameConnection(near, { ...QUIET, onDrain: resolve });
      for (let sent = 0; !sender.blocked; sent++) {
        expect(sent).toBeLessThan(1000);
        sender.send(MessageType.append, Buffer.alloc(0), Buffer.alloc(1 << 20));
      }
    });
    far.resume();
    await drained;
  });

  test("a corrupt frame drops the connection with its error", async () => {
    const closed = closing(far);
    near.write(Buffer.from("not a frame of ours at all"));
    const error = await closed;
    expect(error).toHaveProperty("code", "PROTOCOL_VERSION");
    await once(near, "close");
  });

  test("a failing handler drops the connection and sees no further frame", async () => {
    let calls = 0;
    const closed = closing(far, () => {
      calls += 1;
      throw new Error("handler failed");
    });
    const sender = new FrameConnection(near, QUIET);
    sender.send(MessageType.beacon, Buffer.alloc(0));
    sender.send(MessageType.beacon, Buffer.alloc(0));
    expect(await closed).toHaveProperty("message", "handler failed");
    expect(calls).toBe(1);
  });

  test("after a close, sending is harmless and handlers may have been replaced", async () => {
    const connection = new FrameConnection(far, QUIET);
    const closed = new Promise<Error | undefined>((resolve) =>
      connection.handle({ onFrame: () => undefined, onClose: resolve }),
    );
    connection.destroy(new Error("why"));
    expect(await closed).toHaveProperty("message", "why");
    expect(connection.closed).toBe(true);
    connection.send(MessageType.beacon, Buffer.alloc(0));
  });
});
