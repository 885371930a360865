/** `/feeds`: the change feeds that this node holds its log for, and (POST) changes of them. */
import { z } from "zod";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { AdminSource } from "./admin-source.ts";

const consumerChange = { feed: z.string(), consumer: z.string() };
const changesSchema = z
  .array(
    z.discriminatedUnion("action", [
      z.strictObject({ action: z.literal("add"), feed: z.record(z.string(), z.unknown()) }),
      z.strictObject({ action: z.literal("remove"), feed: z.string() }),
      z.strictObject({ action: z.literal("add-consumer"), ...consumerChange }),
      z.strictObject({ action: z.literal("remove-consumer"), ...consumerChange }),
    ]),
  )
  .min(1);

export function feedsRoute({ feeds, name }: AdminSource): unknown {
  return { node: name, ...feeds.report() };
}

/** `?changes=[…]`; answers with what is declared then. */
export async function changeFeedsRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const changes = changesSchema.safeParse(jsonOf(query.get("changes") ?? ""));
  if (!changes.success) {
    throw new MeridianError("BAD_REQUEST", `changes: ${z.prettifyError(changes.error)}`);
  }
  try {
    await source.feeds.change(changes.data);
  } catch (error) {
    if (!(error instanceof MeridianError) || error.code !== "CONFIG_INVALID") throw error;
    throw new MeridianError("BAD_REQUEST", error.message, { cause: error });
  }
  return feedsRoute(source);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MeridianError("BAD_REQUEST", `changes: ${errorMessage(error)}`, { cause: error });
  }
}
