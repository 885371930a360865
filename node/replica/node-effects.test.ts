/** Proves that joins which a newer map has made void are sent again with that map, without a timer. */
import { expect, test } from "vitest";
import { makeRow, OTHER, SELF, STEADY } from "../../test/simulation/partition-recorder.ts";
import { meridian } from "../../proto/gen/peer.js";
import { MessageType } from "../../proto/message-types.ts";
import { Partition } from "../partition/partition.ts";
import { NodeEffects, type NodeEffectsOptions } from "./node-effects.ts";
import type { Peers } from "./peers.ts";

type Sent = { readonly to: string; readonly mapVersion: number; readonly attempts: readonly number[] };

test("who waits for an answer joins again when its place has changed; who follows does not", async () => {
  const sent: Sent[] = [];
  const peers: Pick<Peers, "sendInbound"> = {
    sendInbound: (to, type, meta) => {
      expect(type).toBe(MessageType.join);
      const { rows, mapVersion } = meridian.peer.Join.decode(meta);
      sent.push({ to, mapVersion, attempts: rows.map(({ attempt }) => attempt ?? 0) });
      return true;
    },
  };
  let mapVersion = 3;
  const effects = new NodeEffects({ mapVersion: () => mapVersion } as unknown as NodeEffectsOptions);
  effects.start({ peers } as unknown as Parameters<NodeEffects["start"]>[0]);
  const [waits, follows] = [0, 1].map((slot) => new Partition(slot, SELF, { last: 0, history: [] }, effects));
  for (const partition of [waits, follows]) partition?.assign(makeRow(1, OTHER, [OTHER, SELF]), STEADY);
  await turn();
  follows?.joinAnswered(OTHER, 1, { mode: "log", truncateTo: 0, attempt: follows.attempt });
  mapVersion = 4;
  effects.joinAgain();
  await turn();
  effects.stop();
  expect(sent).toEqual([
    { to: OTHER, mapVersion: 3, attempts: [1, 1] },
    { to: OTHER, mapVersion: 4, attempts: [2] },
  ]);
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
