/** `meridian forget`: takes a storage node out of its datacenter for good. */
import { type Command, Option } from "commander";
import { MeridianError } from "../../common/errors.ts";
import type { ClusterMap, Member, NodeId } from "../../proto/cluster-map.ts";
import { EXIT, printJson, printLine, withExamples, withWait } from "../command-line.ts";
import { ControlBucket } from "../setup/control-bucket.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";
import { waitUntil } from "../setup/wait.ts";

interface ForgetOptions extends SetupChoice {
  readonly wait: number;
  readonly undo?: boolean;
  readonly nats?: string;
}

const WAIT_SECONDS_DEFAULT = 120;
const LOOK_MS = 250;
const NODE_ID = /^[0-9A-F]{16}$/;

export function addForget(program: Command): void {
  const command = program
    .command("forget")
    .description(
      "take a node out of its datacenter for good: its copies are made elsewhere first while it runs, " +
        "then it leaves the cluster and never comes back with this disk",
    )
    .argument("<node>", "a node's name (a2), or with --nats its id")
    .addOption(new Option("--undo", "take the word back, as long as the node has not left"))
    .addOption(
      new Option("--nats <url>", "NATS of the datacenter, when it is not one of this set-up").conflicts(
        "compose",
      ),
    );
  withWait(command, "it has left", [0, 86_400], WAIT_SECONDS_DEFAULT);
  withSetupOptions(command);
  withExamples(command, [
    ["forget a2", "drains a2 and waits until it holds nothing; then stop it"],
    ["forget a2 --undo", "keeps it after all"],
    ["forget a2 --compose two-dc", "of the containers of `meridian up --compose two-dc`"],
    ["forget a2 --nats nats://10.0.0.5:4222", "the same in a deployment elsewhere"],
  ]);
  command.action(async (name: string, options: ForgetOptions) => {
    const bucket = await openBucket(name, options);
    try {
      await forget(bucket, name, options);
    } finally {
      await bucket.close();
    }
  });
}

async function forget(bucket: ControlBucket, name: string, options: ForgetOptions): Promise<void> {
  const map = await bucket.map();
  if (map === undefined && NODE_ID.test(name)) {
    await giveUp(bucket, name, options);
    return;
  }
  const member = memberNamed(map, name);
  const say = (line: string): void => {
    if (!options.json) printLine(line);
  };
  if (options.undo) {
    await bucket.recall(member.id);
    if (options.json) printJson({ name: member.name, id: member.id, forgotten: false });
    say(`${member.name} (${member.id}) stays`);
    return;
  }
  const only = onlyCopies(map, member);
  if (only > 0) {
    say(
      `${member.name} has the only copy in sync of ${only} partitions: ` +
        (member.state === "down"
          ? "they stay unavailable unless it comes back"
          : "leave it running until they are copied"),
    );
  }
  await bucket.forget(member.id);
  const left = await waitUntil(
    async () => (await bucket.map())?.members.every((one) => one.id !== member.id) ?? false,
    { timeoutMs: options.wait * 1000, intervalMs: LOOK_MS },
  );
  if (options.json) printJson({ name: member.name, id: member.id, forgotten: true, left });
  say(
    left
      ? `${member.name} (${member.id}) has left the cluster: stop it, and take it out of the configuration`
      : `${member.name} (${member.id}) is forgotten, but still holds something; it leaves when it does not`,
  );
  process.exitCode = left ? EXIT.ok : EXIT.inconclusive;
}

/**
 * The control bucket has lost the cluster map, and the nodes wait for one that will never return before
 * they restore it (its id is in the controller's log): they go on without it.
 */
async function giveUp(bucket: ControlBucket, id: NodeId, options: ForgetOptions): Promise<void> {
  if (options.undo) await bucket.recall(id);
  else await bucket.forget(id);
  const restored = await waitUntil(async () => (await bucket.map()) !== undefined, {
    timeoutMs: options.undo ? 0 : options.wait * 1000,
    intervalMs: LOOK_MS,
  });
  if (options.json) printJson({ id, forgotten: !options.undo, restored });
  else if (options.undo) printLine(`${id} is waited for again`);
  else printLine(`${id} is given up; the cluster map is ${restored ? "restored" : "not restored yet"}`);
  process.exitCode = restored || options.undo ? EXIT.ok : EXIT.inconclusive;
}

/** Of the datacenter whose nodes' names begin like this one: `a4` is, or was, one of those with `a1`. */
async function openBucket(name: string, options: ForgetOptions): Promise<ControlBucket> {
  if (options.nats !== undefined) return await ControlBucket.connect({ url: options.nats });
  const { datacenters } = await openSetup(options);
  const letter = name.replace(/\d+$/, "");
  const datacenter = datacenters.find(({ nodes }) =>
    nodes.some((one) => one.name.replace(/\d+$/, "") === letter),
  );
  if (datacenter !== undefined) return await datacenter.openControl();
  throw new MeridianError("NOT_FOUND", `no datacenter here has a node ${name}`);
}

function memberNamed(map: ClusterMap | undefined, name: string): Member {
  const members = map?.members ?? [];
  const found = members.find((member) => member.id === name || member.name === name);
  if (found !== undefined) return found;
  const names = members.map((member) => member.name).join(", ");
  throw new MeridianError("NOT_FOUND", `the cluster has no member ${name}; there are: ${names}`);
}

/** Partitions, of all namespaces, of which nobody else has a copy in sync. */
function onlyCopies(map: ClusterMap | undefined, { id }: Member): number {
  const rows = map?.namespaces.flatMap((namespace) => namespace.rows) ?? [];
  return rows.filter(({ inSync }) => inSync.length === 1 && inSync[0] === id).length;
}
