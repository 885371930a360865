/**
 * Runs the docker command for what it prints.
 *
 * Must guarantee: a Ctrl-C in the terminal is this process' alone. It is sent to all processes of the
 * terminal's foreground group, and what a drill puts back must not be broken off by it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { MeridianError } from "../../common/errors.ts";

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
  const fail = (said: string, cause?: unknown): never => {
    throw new MeridianError("UNAVAILABLE", `docker ${args[0]} failed: ${said}`, { cause });
  };
  // A group of its own.
  const child = spawn("docker", args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  const [stdout, stderr, [code, signal]] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    ended,
  ]).catch((error: unknown) => fail(String(error), error));
  if (code !== 0) fail(`${stderr.toString().trim()}${code === null ? ` (${signal})` : ""}`);
  return { stdout, stderr };
}
