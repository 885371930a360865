/**
 * Proves that a replica tells when the next of its uncommitted writes expires: the expiry pass, which
 * sees only what is committed, must come back for it.
 */
import { expect, test } from "vitest";
import { encodeImage } from "../../proto/record.ts";
import { makePartition } from "../../test/simulation/partition-recorder.ts";
import { Proposal, Replica } from "./replica.ts";

const NOTHING = new Uint8Array(0);

function proposal(sequence: number, voidTime: number): Proposal {
  const image = encodeImage({
    generation: 1,
    lut: 1n,
    sourceId: 1,
    voidTime,
    tombstone: false,
    seen: [{ sourceId: 1, lut: 1n }],
    setName: NOTHING,
    userKey: NOTHING,
    binCount: 0,
    bins: NOTHING,
  });
  const entry = Buffer.concat([Buffer.alloc(64), image]);
  const done = (): void => undefined;
  return new Proposal(sequence, `key ${sequence}`, entry, 64, done, done);
}

test("the earliest void time of what is uncommitted, as long as it is", () => {
  const replica = new Replica(makePartition(0).core);
  expect(replica.pendingExpiry).toBe(Number.POSITIVE_INFINITY);
  for (const [index, voidTime] of [0, 70, 50].entries()) replica.push(proposal(index + 1, voidTime));
  expect(replica.pendingExpiry).toBe(50);
  replica.release(2);
  expect(replica.pendingExpiry).toBe(50);
  replica.release(3);
  expect(replica.pendingExpiry).toBe(Number.POSITIVE_INFINITY);
});
