// Generates proto/gen/*.js and *.d.ts from proto/*.proto (protobufjs static modules).
// `--check` compares with what is committed and fails on a difference.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const check = process.argv.includes("--check");
const out = check ? mkdtempSync(join(tmpdir(), "meridian-proto-")) : join(here, "gen");
/** Integers of 64 bits with all their digits there; elsewhere all are below 2^53. */
const WIDE = ["change.proto"];
const contracts = readdirSync(here).filter((file) => file.endsWith(".proto"));
try {
  for (const contract of contracts) {
    const target = join(out, contract.replace(/\.proto$/, ".js"));
    execFileSync(
      process.execPath,
      [
        join(here, "../node_modules/protobufjs-cli/bin/pbjs"),
        ...["--target", "static-module", "--wrap", "esm", "--dts"],
        ...(WIDE.includes(contract) ? [] : ["--force-number"]),
        ...["--no-verify", "--no-convert", "--no-delimited", "--no-typeurl", "--no-service"],
        ...["--dependency", "protobufjs/minimal.js", "--root", contract],
        ...["--out", target, join(here, contract)],
      ],
      { stdio: "inherit" },
    );
  }
  if (check) {
    const stale = readdirSync(out).filter(
      (file) => readFileSync(join(out, file), "utf8") !== readOrEmpty(join(here, "gen", file)),
    );
    if (stale.length > 0) {
      console.error(`proto/gen is stale: ${stale.join(", ")}; run "npm run proto"`);
      process.exitCode = 1;
    }
  }
} finally {
  if (check) rmSync(out, { recursive: true });
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}
