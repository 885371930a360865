/**
 * Where the time of a profiled process goes: the functions with the most self time in what
 * `node --cpu-prof` wrote. `(program)` is native code and the kernel, among it reading and writing
 * sockets; the store's own threads are not in a profile.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 25;

/** Node's options that profile a process into a folder. */
export function profileArguments(folder: string): string[] {
  return ["--cpu-prof", `--cpu-prof-dir=${folder}`, "--cpu-prof-interval=500"];
}

/** The text of all profiles below `folder`, one a process; empty when there are none. */
export function summarizeProfiles(folder: string): string {
  if (!existsSync(folder)) return "";
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".cpuprofile"))
    .map(
      (file) => `${file}\n${summarize(JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile)}`,
    )
    .join("\n");
}

function summarize(profile: CpuProfile): string {
  const places = new Map(
    profile.nodes.map(({ id, callFrame }) => {
      const file = callFrame.url.split("/").slice(-3).join("/");
      const where = file === "" ? "" : `  ${file}:${callFrame.lineNumber + 1}`;
      return [id, `${callFrame.functionName || "(anonymous)"}${where}`];
    }),
  );
  const selfUs = new Map<string, number>();
  profile.samples.forEach((id, index) => {
    const place = places.get(id) ?? "?";
    if (place !== "(idle)") selfUs.set(place, (selfUs.get(place) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  const total = [...selfUs.values()].reduce((sum, us) => sum + us, 0);
  return [...selfUs]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([place, us]) => `${((us / total) * 100).toFixed(1).padStart(6)} %  ${place}`)
    .join("\n");
}
