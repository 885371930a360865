/** `meridian parked`: lists changes that could not be applied, and tries one again. */
import type { Command } from "commander";
import { z } from "zod";
import { EXIT, printJson, printLine, withExamples } from "../command-line.ts";
import { namespacesOf } from "../failover/namespaces.ts";
import { actOnNote, listNotes } from "../notes/ask-notes.ts";
import { parseNoteId } from "../notes/note-id.ts";
import { parkedSchema } from "../notes/note-schema.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

export function addParked(program: Command): void {
  const command = program
    .command("parked")
    .description("changes of other datacenters that cannot be applied: kept until they can");
  addList(command);
  addRetry(command);
}

function addList(parked: Command): void {
  const command = parked.command("list").description("list them, each with the reason");
  withSetupOptions(command);
  withExamples(command, [["parked list", "exit code 0: there are none; 1: there are"]]);
  command.action(async (options: SetupChoice) => {
    const { datacenters } = await openSetup(options);
    const wanted = { type: "parked" as const, namespaces: await namespacesOf(datacenters) };
    const found = await listNotes(datacenters, wanted, parkedSchema);
    process.exitCode = found.length === 0 ? EXIT.ok : EXIT.negative;
    if (options.json) {
      printJson(found);
      return;
    }
    for (const { id, parkedAt, originId, originSequence, digest, bytes, reason } of found) {
      const what = digest === null ? "an entry that cannot be read" : `digest ${digest}`;
      const from = `source id ${originId}, sequence ${originSequence}`;
      printLine(`${id} ${parkedAt} ${what}, ${bytes} bytes, of ${from}: ${reason}`);
    }
    printLine(`${found.length} changes are parked`);
  });
}

function addRetry(parked: Command): void {
  const command = parked
    .command("retry")
    .description("try a parked change again, after what stood in its way was put right")
    .argument("<id>", "as `meridian parked list` has it, e.g. dc-b/test/1234.57");
  withSetupOptions(command);
  withExamples(command, [
    ["parked retry dc-b/test/1234.57", "exit code 0: it has ended otherwise; 3: it stays, and why"],
  ]);
  command.action(async (id: string, options: SetupChoice) => {
    const schema = z.object({ outcome: z.string() });
    const { outcome } = await actOnNote(await openSetup(options), parseNoteId(id), "/retry", schema);
    if (options.json) printJson({ id, outcome });
    else printLine(`no longer parked: ${outcome}`);
  });
}
