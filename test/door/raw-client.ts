/** A socket that sends bytes and collects frames: for what the official client never does. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { FrameReader } from "../../node/door/frame-reader.ts";
import { type Reply, readReplies } from "./request-builder.ts";

export interface RawFrame {
  readonly type: number;
  readonly body: Buffer;
}

export class RawClient {
  readonly socket: Socket;
  readonly frames: RawFrame[] = [];
  closed = false;
  readonly #reader = new FrameReader(256 * 1024 * 1024);
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.#reader.push(chunk);
      while (this.#reader.next() === "frame") {
        const { type, buffer, bodyStart, bodyEnd } = this.#reader;
        this.frames.push({ type, body: buffer.subarray(bodyStart, bodyEnd) });
      }
      this.#wake?.();
    });
    socket.on("error", () => this.#wake?.());
    socket.on("close", () => {
      this.closed = true;
      this.#wake?.();
    });
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new RawClient(socket);
  }

  send(bytes: Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  /** Waits until a condition holds of what has arrived. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.closed && !condition()) throw new Error("connection closed");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async untilClosed(): Promise<void> {
    while (!this.closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next frame. */
  async frame(): Promise<RawFrame> {
    await this.until(() => this.frames.length > 0);
    const frame = this.frames.shift();
    if (frame === undefined) throw new Error("no frame");
    return frame;
  }

  /** Sends a request and waits for its one reply. */
  async ask(request: Uint8Array): Promise<Reply> {
    this.send(request);
    const [reply] = readReplies((await this.frame()).body);
    if (reply === undefined) throw new Error("empty reply");
    return reply;
  }

  /** Sends a batch and gathers its rows; `last` is what ended it. */
  async askBatch(request: Uint8Array): Promise<{ rows: Reply[]; last: Reply; frames: number }> {
    this.send(request);
    const rows: Reply[] = [];
    for (let frames = 1; ; frames++) {
      for (const reply of readReplies((await this.frame()).body)) {
        if ((reply.info3 & 1) !== 0) return { rows, last: reply, frames };
        rows.push(reply);
      }
    }
  }

  async info(...commands: string[]): Promise<Map<string, string>> {
    const text = Buffer.from(commands.map((command) => `${command}\n`).join(""));
    const head = Buffer.from([2, 1, 0, 0, 0, 0, 0, 0]);
    head.writeUInt32BE(text.length, 4);
    this.send(Buffer.concat([head, text]));
    const lines = (await this.frame()).body.toString("latin1").split("\n");
    return new Map(
      lines
        .filter((line) => line !== "")
        .map((line) => [line.split("\t")[0] ?? "", line.slice(line.indexOf("\t") + 1)]),
    );
  }

  close(): void {
    this.socket.destroy();
  }
}
