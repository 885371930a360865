/** Whether there is a Docker engine to test with; without one, container tests are left out. */
import { spawnSync } from "node:child_process";

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
