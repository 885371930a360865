/**
 * Two nodes that answer a client's info requests and nothing else. The first belongs to a cluster of
 * one until `join`; then its answer about its peers, which names the second, is held until `answer`.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { FrameReader } from "../../node/door/frame-reader.ts";
import { ProtoType } from "../../node/door/wire.ts";
import { frame } from "./request-builder.ts";

type Answer = (item: string) => string;

export class LatePeers {
  readonly #first: Server;
  readonly #second: Server;
  #joined = false;
  #asked = Promise.withResolvers<void>();
  #answer = Promise.withResolvers<void>();
  #secondAsked = false;

  private constructor() {
    this.#first = serve(
      (item) => this.#answerOfFirst(item),
      (items) => this.#holdPeers(items),
    );
    this.#second = serve(
      (item) => this.#answerOfSecond(item),
      async () => {},
    );
  }

  static async start(): Promise<LatePeers> {
    const nodes = new LatePeers();
    for (const server of [nodes.#first, nodes.#second])
      await once(server.listen(0, "127.0.0.1"), "listening");
    return nodes;
  }

  get port(): number {
    return portOf(this.#first);
  }

  /** Whether a client has found the second node. */
  get secondAsked(): boolean {
    return this.#secondAsked;
  }

  /** Resolves when a client waits for the answer that names the second node. */
  async join(): Promise<void> {
    this.#joined = true;
    await this.#asked.promise;
  }

  answer(): void {
    this.#answer.resolve();
  }

  stop(): void {
    this.answer();
    for (const server of [this.#first, this.#second]) server.close();
  }

  async #holdPeers(items: readonly string[]): Promise<void> {
    if (!this.#joined || !items.some((item) => item.startsWith("peers-clear"))) return;
    this.#asked.resolve();
    await this.#answer.promise;
  }

  #answerOfFirst(item: string): string {
    const port = portOf(this.#second);
    if (item === "peers-generation") return this.#joined ? "2" : "1";
    if (item.startsWith("peers-clear"))
      return this.#joined ? `2,${port},[[B2,,[127.0.0.1:${port}]]]` : "1,,[]";
    return item === "node" ? "B1" : answerOfAny(item);
  }

  #answerOfSecond(item: string): string {
    this.#secondAsked = true;
    const port = portOf(this.#first);
    if (item.startsWith("peers-clear")) return `1,${port},[[B1,,[127.0.0.1:${port}]]]`;
    return item === "node" ? "B2" : answerOfAny(item);
  }
}

function answerOfAny(item: string): string {
  if (item === "build") return "7.0.0.0";
  return item.endsWith("-generation") ? "1" : "";
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Answers info requests; `before` may hold an answer back. */
function serve(answer: Answer, before: (items: readonly string[]) => Promise<void>): Server {
  return createServer((socket) => {
    const reader = new FrameReader(1024);
    // The client goes away as it likes.
    socket.on("error", () => socket.destroy());
    socket.on("data", async (chunk: Buffer) => {
      reader.push(chunk);
      while (reader.next() === "frame") {
        const text = reader.buffer.toString("latin1", reader.bodyStart, reader.bodyEnd);
        const items = text.split("\n").filter((item) => item !== "");
        await before(items);
        const lines = items.map((item) => `${item}\t${answer(item)}\n`).join("");
        socket.write(frame(ProtoType.info, Buffer.from(lines)));
      }
    });
  });
}
