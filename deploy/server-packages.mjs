/**
 * Run while the image is built. Without arguments: takes out of package.json what the processes in the
 * image do not import, so that npm does not fetch it. With `--strip`: removes from node_modules the
 * binaries of other platforms and what is for developers only.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The official client, the Node of `npm start`, and what shows the command line's tables and bars. */
const COMMAND_LINE_ONLY = [
  "aerospike",
  "node",
  "cli-progress",
  "cli-table3",
  "hdr-histogram-js",
  "log-update",
];

if (process.argv[2] === "--strip") strip();
else leaveOut();

function leaveOut() {
  const description = JSON.parse(readFileSync("package.json", "utf8"));
  for (const name of COMMAND_LINE_ONLY) {
    if (description.dependencies[name] === undefined) throw new Error(`${name} is no dependency any more`);
    delete description.dependencies[name];
  }
  delete description.devDependencies;
  delete description.scripts;
  delete description.bin;
  writeFileSync("package.json", `${JSON.stringify(description, null, 2)}\n`);
}

function strip() {
  const platform = `${process.platform}-${process.arch}`;
  const prebuilds = "node_modules/classic-level/prebuilds";
  const others = readdirSync(prebuilds).filter((name) => !name.split("+").includes(platform));
  if (others.length === readdirSync(prebuilds).length) others.splice(0);
  for (const name of others) rmSync(join(prebuilds, name), { recursive: true });
  rmSync("node_modules/classic-level/deps", { recursive: true, force: true });
  for (const entry of readdirSync("node_modules", { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\.(map|md|d\.[cm]?ts)$/.test(entry.name))
      rmSync(join(entry.parentPath, entry.name));
  }
}
