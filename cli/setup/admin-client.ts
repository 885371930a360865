/** Asks the admin HTTP listeners of the set-up's processes. What comes back is parsed by a schema. */
import { z } from "zod";
import { type ErrorCode, errorMessage, MeridianError } from "../../common/errors.ts";

const TIMEOUT_MS = 3000;
const CODE_OF_STATUS: Partial<Record<number, ErrorCode>> = {
  400: "BAD_REQUEST",
  404: "NOT_FOUND",
  409: "NOT_PRIMARY",
  503: "BUSY",
};
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export interface AskOptions {
  readonly timeoutMs?: number | undefined;
  readonly method?: "GET" | "POST" | undefined;
  readonly token?: string | undefined;
}

/** GET (or POST) of JSON; LINK_DOWN when nobody answers, else the answer's own refusal. */
export async function askAdmin<Answer>(
  url: string,
  schema: z.ZodType<Answer>,
  options: AskOptions = {},
): Promise<Answer> {
  let status: number;
  let body: unknown;
  try {
    const response = await fetch(url, {
      method: options.method ?? "GET",
      headers: options.token === undefined ? {} : { authorization: `Bearer ${options.token}` },
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
    });
    status = response.status;
    body = await response.json();
  } catch (error) {
    throw new MeridianError("LINK_DOWN", `no answer from ${shownUrl(url)}: ${errorMessage(causeOf(error))}`, {
      cause: error,
    });
  }
  if (status >= 400) {
    const refusal = errorSchema.safeParse(body);
    const message = refusal.success ? refusal.data.error.message : `status ${status}`;
    throw new MeridianError(CODE_OF_STATUS[status] ?? "UNAVAILABLE", message);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new MeridianError(
    "PROTOCOL_VERSION",
    `unexpected answer from ${shownUrl(url)}: ${z.prettifyError(parsed.error)}`,
  );
}

/** Whether a URL answers 200 now; no answer counts as no. */
export async function isOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** fetch says "fetch failed" and keeps the reason in `cause`. */
function causeOf(error: unknown): unknown {
  return error instanceof TypeError && error.cause !== undefined ? error.cause : error;
}

/** Without its query, which may hold a login. */
function shownUrl(url: string): string {
  return url.split("?")[0] ?? "";
}
