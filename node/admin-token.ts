/** The token of a node's admin actions: who may read its data folder may change what it holds. */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADMIN_TOKEN_FILE } from "../common/config.ts";

const TOKEN_BYTES = 24;

/** Makes a token and keeps it in the node's data folder, which is made if there is none. */
export function keepAdminToken(folder: string): string {
  const token = randomBytes(TOKEN_BYTES).toString("hex");
  const path = join(folder, ADMIN_TOKEN_FILE);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, token, { mode: 0o600 });
  // The mode counts for a new file only.
  chmodSync(path, 0o600);
  return token;
}
