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
  const { stdout, stderr } = await dockerBytes(args, env);
  return { stdout: stdout.toString(), stderr: stderr.toString() };
}

/** The same of what is no text. */
export async function dockerBytes(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly stdout: Buffer; readonly stderr: Buffer }> {
  try {
    return await run("docker", args, { env, encoding: "buffer", maxBuffer: OUTPUT_BYTES_MAX });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new MeridianError("UNAVAILABLE", `docker ${args[0]} failed: ${said}`, { cause: error });
  }
}
