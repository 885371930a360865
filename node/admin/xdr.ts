/** `/xdr`: the settings of shipping that this node follows, and (POST) changes of them. */
import { z } from "zod";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { AdminSource } from "./admin-source.ts";

const changesSchema = z
  .array(
    z.strictObject({
      dc: z.string(),
      namespace: z.string(),
      name: z.string(),
      action: z.enum(["set", "unset", "add", "remove"]),
      value: z.string(),
    }),
  )
  .min(1);

export function xdrRoute({ xdr, name }: AdminSource): unknown {
  return { node: name, ...xdr.report() };
}

/** `?changes=[…]`; answers with what holds then. */
export async function changeXdrRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const changes = changesSchema.safeParse(jsonOf(query.get("changes") ?? ""));
  if (!changes.success) {
    throw new MeridianError("BAD_REQUEST", `changes: ${z.prettifyError(changes.error)}`);
  }
  try {
    await source.xdr.change(changes.data);
  } catch (error) {
    if (!(error instanceof MeridianError) || error.code !== "CONFIG_INVALID") throw error;
    throw new MeridianError("BAD_REQUEST", error.message, { cause: error });
  }
  return xdrRoute(source);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MeridianError("BAD_REQUEST", `changes: ${errorMessage(error)}`, { cause: error });
  }
}
