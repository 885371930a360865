/** Proves that a Ctrl-C, which the terminal sends to a whole process group, does not end a docker command. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { waitUntil } from "./wait.ts";

const MODULE = join(import.meta.dirname, "docker.ts");
const ASK = `
  process.on("SIGINT", () => process.stdout.write("interrupted "));
  const { docker } = await import(${JSON.stringify(MODULE)});
  const said = await docker(["version"]).then(({ stdout }) => stdout, (error) => error.message);
  process.stdout.write(said);`;

test("a docker command under way outlives the terminal's Ctrl-C, and a failed one says why", async () => {
  const folder = mkdtempSync(join(tmpdir(), "meridian-docker-"));
  const [started, goOn, program] = ["started", "go-on", "docker"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  try {
    const wait = `: >${started}; while [ ! -e ${goOn} ]; do sleep 0.05; done`;
    const env = { ...process.env, PATH: [folder, process.env["PATH"]].join(delimiter) };
    const ask = async (ending: string): Promise<string> => {
      for (const path of [started, goOn]) rmSync(path, { force: true });
      writeFileSync(program, `#!/bin/sh\n${wait}\n${ending}\n`);
      chmodSync(program, 0o755);
      // A group of its own, as a shell makes it for what runs in the foreground.
      const args = ["--input-type=module", "-e", ASK];
      const child = spawn(process.execPath, args, {
        env,
        detached: true,
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      const ended = once(child, "close");
      const look = { timeoutMs: 15_000, intervalMs: 20 };
      expect(await waitUntil(() => existsSync(started), look)).toBe(true);
      process.kill(-(child.pid ?? 0), "SIGINT");
      expect(await waitUntil(() => said === "interrupted ", look)).toBe(true);
      writeFileSync(goOn, "");
      await ended;
      return said;
    };
    expect(await ask("echo done")).toBe("interrupted done\n");
    expect(await ask("echo no such thing >&2; exit 1")).toBe(
      "interrupted docker version failed: no such thing",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
