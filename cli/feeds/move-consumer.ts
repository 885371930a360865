/** Moves a declared consumer's position, over the datacenter's NATS. */
import { connect } from "@nats-io/transport-node";
import { setTimeout as sleep } from "node:timers/promises";
import { MeridianError } from "../../common/errors.ts";
import { natsConnectionOptions } from "../../common/nats/connect.ts";
import { type From, moveNow, moveTo } from "../changes/beginning.ts";
import { Desk } from "../changes/desk.ts";
import { requireFeed } from "../changes/feed-list.ts";
import type { SetupDatacenter } from "../setup/setup.ts";

const RETRY_MS = 250;

export interface MovedConsumer {
  readonly feed: string;
  readonly consumer: string;
  readonly to: From;
  /** Although somebody reads as it. */
  readonly force: boolean;
}

/**
 * Resolves once the nodes have the new position on disk. Throws NOT_FOUND for what is not declared, BUSY when
 * somebody reads as the consumer, BAD_REQUEST for what is not there, UNAVAILABLE when shippers do not answer.
 */
export async function moveConsumer(
  datacenter: SetupDatacenter,
  { feed, consumer, to, force }: MovedConsumer,
  timeoutMs: number,
): Promise<void> {
  const move = moveTo(to, force);
  const { url, caText, credentials } = await datacenter.natsLogin();
  const connection = await connect(
    natsConnectionOptions({ url, caText, credentials, name: "meridian feeds" }),
  );
  try {
    const desk = new Desk({ connection, datacenter: datacenter.name, feed, consumer });
    const deadline = performance.now() + timeoutMs;
    while (!(await moveNow(desk, move))) {
      await requireFeed(connection, datacenter.name, feed);
      if (performance.now() > deadline) {
        throw new MeridianError(
          "UNAVAILABLE",
          `not all shippers of ${datacenter.name} answer: move it again`,
        );
      }
      await sleep(RETRY_MS);
    }
  } finally {
    await connection.close();
  }
}
