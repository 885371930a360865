/** Stand in for what a node has of its machine: the storage in a folder, the admin HTTP listener. */
import type { LoggedStorage } from "../../../node/store/block-storage.ts";
import { world } from "./present.ts";

export async function openStorage(folder: string): Promise<LoggedStorage> {
  const disk = world().disks.get(folder);
  if (disk === undefined) throw new Error(`no disk ${folder}`);
  const storage = await disk.openStorage();
  await world().onStorage(folder, storage);
  return storage;
}

/** Nobody asks a simulated node over HTTP. */
export function startAdminServer(): Promise<{ port: number; close(): Promise<void> }> {
  return Promise.resolve({ port: 0, close: () => Promise.resolve() });
}

/** A simulated disk is full at once (disk.ts), never nearly so. */
export class FreeSpace {
  readonly bytes = Number.POSITIVE_INFINITY;
  readonly low = false;

  start(): Promise<void> {
    return Promise.resolve();
  }
  stop(): void {
    // Nothing was started.
  }
}

/** Worlds declare no change feeds: none is ever made. */
export class FeedLink {
  constructor() {
    throw new Error("a simulated world has no change feeds");
  }
}
