/** `meridian conflicts`: lists lost conflicts, shows one, and writes a loser again. */
import type { Command } from "commander";
import { z } from "zod";
import { EXIT, printJson, printLine, withExamples } from "../command-line.ts";
import { MeridianError } from "../../common/errors.ts";
import { namespacesOf } from "../failover/namespaces.ts";
import { actOnNote, listNotes, showNote } from "../notes/ask-notes.ts";
import { parseNoteId } from "../notes/note-id.ts";
import { type ConflictView, conflictSchema } from "../notes/note-schema.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface ListOptions extends SetupChoice {
  readonly dc?: string;
  readonly namespace?: string;
  readonly since?: string;
}

export function addConflicts(program: Command): void {
  const command = program
    .command("conflicts")
    .description("lost conflicts: two versions of which neither had seen the other, and one of them lost");
  addList(command);
  addShow(command);
  addRestore(command);
}

function addList(conflicts: Command): void {
  const command = conflicts
    .command("list")
    .description(
      "list the conflicts that datacenters have met, each with the loser, the rule that decided, and by how much",
    )
    .option("--dc <name>", "only what this datacenter has met (default: all)")
    .option("--namespace <name>", "only this namespace (default: all)")
    .option("--since <time>", "only what was decided since, e.g. 2026-01-31T12:00:00Z");
  withSetupOptions(command);
  withExamples(command, [
    ["conflicts list", "oldest first, with the ids that show and restore take"],
    ["conflicts list --dc dc-b --json", "for programs"],
  ]);
  command.action(async (options: ListOptions) => {
    const setup = await openSetup(options);
    const { datacenters } = setup;
    const asked = options.dc === undefined ? datacenters : [datacenterNamed(setup, options.dc)];
    const namespaces = options.namespace === undefined ? await namespacesOf(asked) : [options.namespace];
    const since = options.since === undefined ? 0 : Date.parse(options.since);
    if (Number.isNaN(since)) throw new MeridianError("BAD_REQUEST", `${options.since} is no time`);
    const found = (await listNotes(asked, { type: "conflict", namespaces }, conflictSchema))
      .filter(({ decidedAt }) => Date.parse(decidedAt) >= since)
      .toSorted((a, b) => a.decidedAt.localeCompare(b.decidedAt));
    if (options.json) printJson(found);
    else {
      for (const conflict of found) printLine(describe(conflict));
      printLine(`${found.length} lost conflicts are kept`);
    }
  });
}

function addShow(conflicts: Command): void {
  const command = conflicts
    .command("show")
    .description("show a conflict with both versions and the loser's bins")
    .argument("<id>", "as `meridian conflicts list` has it, e.g. dc-b/test/1234.57");
  withSetupOptions(command);
  command.action(async (id: string, options: SetupChoice) => {
    const conflict = await showNote(await openSetup(options), parseNoteId(id), conflictSchema);
    if (options.json) printJson({ ...conflict, id });
    else for (const line of detailLines({ ...conflict, id })) printLine(line);
  });
}

function addRestore(conflicts: Command): void {
  const command = conflicts
    .command("restore")
    .description(
      "write the loser's bins again, as a new version that has seen the present one: it wins in every " +
        "datacenter; its log entry says that it is a restore; where bins converge, only those that were lost",
    )
    .argument("<id>", "as `meridian conflicts list` has it, e.g. dc-b/test/1234.57");
  withSetupOptions(command);
  withExamples(command, [["conflicts restore dc-b/test/1234.57", "exit code 0: written"]]);
  command.action(async (id: string, options: SetupChoice) => {
    const schema = z.object({ restored: z.boolean(), generation: z.number() });
    const answer = await actOnNote(await openSetup(options), parseNoteId(id), "/restore", schema);
    process.exitCode = EXIT.ok;
    if (options.json) printJson({ id, ...answer });
    else printLine(`restored: generation ${answer.generation}`);
  });
}

function describe({ id, decidedAt, rule, loser, winner, incomingLost, ...conflict }: ConflictView): string {
  const name = loser.key === undefined ? `digest ${loser.digest}` : `key ${loser.key}`;
  const side = incomingLost ? "the change that arrived" : "the version that was here";
  return (
    `${id} ${decidedAt} set ${loser.set} ${name}: ${side} lost by ${rule}${marginOf(rule, conflict.margin)}, ` +
    `source id ${loser.sourceId} generation ${loser.generation} ` +
    `to source id ${winner.sourceId} generation ${winner.generation}` +
    (conflict.lostBins.length === 0 ? "" : `, bins ${conflict.lostBins.join(", ")}`) +
    (conflict.ambiguous === true ? ", ambiguous: within the clocks' skew" : "")
  );
}

function marginOf(rule: string, margin: number): string {
  if (rule === "last-update-time") return ` (${margin.toFixed(3)} ms)`;
  return rule === "generation" ? ` (${margin})` : "";
}

function skewLine({ skew }: ConflictView): string {
  if (skew === null) return "the clocks of the two datacenters were not measured then";
  return `the winner's clocks were ahead by ${skew.ahead.toFixed(1)} ms, give or take ${skew.error.toFixed(1)} ms`;
}

function detailLines(conflict: ConflictView): string[] {
  const { winner, loser, bins, originId, originSequence } = conflict;
  return [
    describe(conflict),
    `arrived from source id ${originId}, sequence ${originSequence} of its log`,
    skewLine(conflict),
    `winner: generation ${winner.generation}, LUT ${winner.lut}${winner.tombstone ? ", a delete" : ""}`,
    `loser:  generation ${loser.generation}, LUT ${loser.lut}, last update ${loser.lutIso}` +
      (loser.tombstone ? ", a delete" : ""),
    ...Object.entries(bins ?? {}).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`),
  ];
}
