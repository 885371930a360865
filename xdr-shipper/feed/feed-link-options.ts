/** What a feed is made of. */
import type { Clock } from "../../common/clock.ts";
import type { FeedConfig } from "../../common/config.ts";
import type { DeclaredConsumer } from "../../common/feeds/feed-orders.ts";
import type { Logger } from "../../common/log.ts";
import type { NatsLink } from "../bus/nats-link.ts";
import type { MemberWatch } from "../tail/member-watch.ts";

export interface FeedLinkOptions {
  readonly feed: FeedConfig;
  readonly consumers: readonly DeclaredConsumer[];
  readonly datacenter: string;
  /** Names of datacenters by source id, this one included. */
  readonly datacenters: ReadonlyMap<number, string>;
  readonly instance: string;
  readonly replicas: number;
  readonly members: Pick<MemberWatch, "listen">;
  readonly link: NatsLink;
  readonly clock: Clock;
  readonly log: Logger;
}
