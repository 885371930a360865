/** Whether there is a Docker engine to test with; without one, container tests are left out. */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

/** What tests make of the tree as it is. */
export const TEST_IMAGE = "meridian:test";

/** Why container tests are left out here; undefined when they run. With CI=true they always do. */
export function whyNoContainers(): string | undefined {
  if (process.env["CI"] === "true") return undefined;
  for (const args of [["version"], ["compose", "version"]]) {
    const { status, error, stderr } = spawnSync("docker", args, { encoding: "utf8" });
    if (status === 0) continue;
    const problem = error?.message ?? stderr.trim().split("\n").at(-1);
    const reason = `left out, since \`docker ${args.join(" ")}\` fails here: ${problem}`;
    process.stdout.write(`${reason}\n`);
    return reason;
  }
  return undefined;
}

/** Builds the image; where nothing has changed, out of layers that are there. */
export function buildTestImage(): void {
  const root = join(import.meta.dirname, "../..");
  execFileSync("docker", ["build", "-q", "-f", "deploy/Dockerfile", "-t", TEST_IMAGE, "."], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
