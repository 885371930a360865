/** Runs the docker command for what it prints. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { MeridianError } from "../../common/errors.ts";

const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
const run = promisify(execFile);

/** What `docker ARGUMENTS` prints. Throws UNAVAILABLE with what it says when it fails. */
export async function docker(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  try {
    return await run("docker", args, { env, encoding: "utf8", maxBuffer: OUTPUT_BYTES_MAX });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new MeridianError("UNAVAILABLE", `docker ${args[0]} failed: ${said}`, { cause: error });
  }
}
