/**
 * Who this node is: an id made at random when its disk is first used, and a number raised at every
 * start. A wiped disk is a new node, whatever its name.
 */
import { randomBytes } from "node:crypto";
import type { NodeId } from "../proto/cluster-map.ts";
import type { Storage } from "./store/storage.ts";

const IDENTITY_META_KEY = "identity";

export interface Identity {
  readonly id: NodeId;
  readonly boot: number;
}

/** Reads the disk's identity, or makes one, and raises the boot number durably. */
export async function takeIdentity(storage: Storage): Promise<Identity> {
  const stored = storage.meta(IDENTITY_META_KEY);
  const before = stored === undefined ? undefined : parseIdentity(stored);
  const identity = {
    // The client library takes ids of up to 16 hexadecimal digits, without leading zeros.
    id: before?.id ?? `B${randomBytes(8).toString("hex").toUpperCase().slice(1)}`,
    boot: (before?.boot ?? 0) + 1,
  };
  const value = Buffer.from(JSON.stringify(identity));
  await storage.write({ meta: [{ key: IDENTITY_META_KEY, value }] }, true);
  return identity;
}

function parseIdentity(stored: Buffer): Identity {
  const { id, boot }: { id: string; boot: number } = JSON.parse(stored.toString());
  return { id, boot };
}
