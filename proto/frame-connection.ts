/**
 * A fabric connection: frames over one TCP socket, both ways. Owns the socket; a corrupt frame or a
 * failing handler drops the connection, never the process's memory: `blocked` tells a sender to
 * stop until `onDrain`.
 */
import type { Socket } from "node:net";
import { rethrowBroken } from "../common/assert.ts";
import { encodeFrame, type Frame, FrameParser } from "./frame.ts";
import type { MessageType } from "./message-types.ts";

/** Bytes waiting in the socket above which a polite sender stops. */
const BLOCKED_BYTES = 4 * 1024 * 1024;

export interface FrameHandlers {
  readonly onFrame: (frame: Frame) => void;
  /** Called once, after the last frame; `error` is undefined on a clean end. */
  readonly onClose: (error: Error | undefined) => void;
  readonly onDrain?: () => void;
}

export class FrameConnection {
  readonly #socket: Socket;
  readonly #parser = new FrameParser();
  #handlers: FrameHandlers;
  #error: Error | undefined;
  /** Frames of this turn wait for its end: one system call for all of them. */
  #corked = false;

  constructor(socket: Socket, handlers: FrameHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("drain", () => this.#handlers.onDrain?.());
    socket.on("error", (error) => {
      this.#error ??= error;
    });
    socket.on("close", () => this.#handlers.onClose(this.#error));
  }

  /** Replaces the handlers: a listener does so once it knows who has connected. */
  handle(handlers: FrameHandlers): void {
    this.#handlers = handlers;
  }

  /** Sends one frame; frames leave in order. Dropped silently once the connection is closed. */
  send(type: MessageType, meta: Uint8Array, ...bodies: readonly Uint8Array[]): void {
    if (this.#socket.destroyed) return;
    const buffers = encodeFrame(type, meta, bodies);
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => this.#uncork());
    }
    for (const buffer of buffers) this.#socket.write(buffer);
  }

  #uncork(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#socket.uncork();
  }

  /** Whether the peer reads slower than we write: stop until `onDrain`. */
  get blocked(): boolean {
    return this.#socket.writableLength > BLOCKED_BYTES;
  }
  get closed(): boolean {
    return this.#socket.destroyed;
  }
  get remote(): string {
    return `${this.#socket.remoteAddress ?? "?"}:${this.#socket.remotePort ?? 0}`;
  }

  /** Sends what is queued, then closes. */
  end(): void {
    this.#uncork();
    this.#socket.end();
  }
  /** Closes at once; onClose gets `error`. */
  destroy(error?: Error): void {
    this.#error ??= error;
    this.#uncork();
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#parser.push(chunk)) {
        if (this.#socket.destroyed) return;
        this.#handlers.onFrame(frame);
      }
    } catch (error) {
      rethrowBroken(error);
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
