/**
 * Makes `close()` of the official client (6.7.1) safe. It frees the handle for cluster events while
 * the client's tender thread still works: a node that joins or leaves before the thread's turn ends
 * is reported to freed memory, and the process crashes (SIGSEGV, SIGFPE) or hangs, whatever server
 * it talks to. With this the tender thread has no handle and reports nothing: the events nodeAdded,
 * nodeRemoved and disconnected do not come, all else is as ever. Commands must have ended, as before.
 */
import assert from "node:assert";
import type { Client } from "aerospike";

/** Of the client's native part: what deals with the handle. */
interface Native {
  /** Makes the handle; `connect` hands it to the tender thread. */
  setupEventCb(callback: () => void): void;
  /** Frees the handle, and needs one. */
  close(): void;
}

/** To be called before `connect`. */
export function makeCloseSafe(client: Client): Client {
  const native: unknown = Reflect.get(client, "as_client");
  assert(isNative(native), "this official client is built differently: look whether it closes safely");
  const setupEventCb = native.setupEventCb.bind(native);
  const close = native.close.bind(native);
  native.setupEventCb = () => undefined;
  native.close = () => {
    setupEventCb(() => undefined);
    close();
  };
  return client;
}

function isNative(value: unknown): value is Native {
  if (typeof value !== "object" || value === null) return false;
  return ["setupEventCb", "close"].every((name) => typeof Reflect.get(value, name) === "function");
}
