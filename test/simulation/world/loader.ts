/**
 * Loads the product into a simulated world: a few constants made small, the modules that speak to
 * NATS replaced by models, and, for a positive control, one line of the real code broken. All of it
 * happens while modules are loaded, in this process only; the product has no hook for it, so none
 * can be left on.
 */
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

export interface Patch {
  /** Path in the repository. */
  readonly file: string;
  /** Text that must be there, exactly once. */
  readonly find: string;
  readonly put: string;
}

const root = new URL("../../../", import.meta.url).href;

/** What the world makes small, so that few records and seconds reach every branch. */
const SCALE: readonly Patch[] = [
  { file: "common/limits.ts", find: "PARTITION_COUNT = 4096", put: "PARTITION_COUNT = 4" },
  { file: "common/limits.ts", find: "SHIP_LANES = 4", put: "SHIP_LANES = 2" },
  { file: "node/replica/copy-out.ts", find: "CATCH_UP_BYTES = 256 * 1024", put: "CATCH_UP_BYTES = 600" },
  {
    file: "node/replica/copy-out.ts",
    find: "SNAPSHOT_CHUNK_BYTES = 256 * 1024",
    put: "SNAPSHOT_CHUNK_BYTES = 300",
  },
  // Paces at which processes look again by themselves: less often, for more worlds a minute.
  { file: "node/replica/node-effects.ts", find: "PROMISE_POLL_MS = 10", put: "PROMISE_POLL_MS = 50" },
  { file: "node/replica/node-effects.ts", find: "RETRY_JOIN_MS = 200", put: "RETRY_JOIN_MS = 300" },
  { file: "node/controller/control-core.ts", find: "leaseMs / 7", put: "leaseMs / 4" },
  { file: "xdr-shipper/ship/ship-link.ts", find: "TICK_MS = 50", put: "TICK_MS = 125" },
  { file: "xdr-shipper/apply/apply-link.ts", find: "RETRY_TICK_MS = 50", put: "RETRY_TICK_MS = 125" },
  { file: "xdr-shipper/apply/reporter.ts", find: "const REPORT_MS = 50", put: "const REPORT_MS = 125" },
  // Figures of this process's own memory and event loop, by timers of the real Node.
  { file: "node/node.ts", find: "collectDefaultMetrics({ register: this.#registry });", put: "" },
  { file: "node/xdr/scan-server.ts", find: "CHUNK_BYTES = 128 * 1024", put: "CHUNK_BYTES = 300" },
  {
    file: "xdr-shipper/apply/node-queue.ts",
    find: "REQUEST_BYTES = 256 * 1024",
    put: "REQUEST_BYTES = 1024",
  },
];

/** Modules that are replaced, by the end of what is imported. */
const REPLACED: readonly (readonly [RegExp, string])[] = [
  [/^@nats-io\/transport-node$/, "test/simulation/world/nats-client.ts"],
  [/^@nats-io\/kv$/, "test/simulation/world/jetstream-models.ts"],
  [/\/level-storage\.ts$/, "test/simulation/world/node-models.ts"],
  [/\/free-space\.ts$/, "test/simulation/world/node-models.ts"],
  [/\/admin-http\.ts$/, "test/simulation/world/node-models.ts"],
  [/\/jetstream-kv\.ts$/, "test/simulation/world/jetstream-models.ts"],
  [/\/jetstream-publisher\.ts$/, "test/simulation/world/jetstream-models.ts"],
  [/\/jetstream-consumer\.ts$/, "test/simulation/world/jetstream-models.ts"],
  [/\/feed-link\.ts$/, "test/simulation/world/node-models.ts"],
];

/** The node's replicas, with the world looking on. */
const OBSERVED = /\/replica-set\.ts$/;
const OBSERVER = "test/simulation/world/observed-replica-set.ts";

/** From now on modules are loaded into the world. `broken`: the lines of a mutant. */
export function loadIntoWorld(broken: readonly Patch[]): void {
  const patches = [...SCALE, ...broken];
  registerHooks({
    resolve: (specifier, context, next) => {
      const replaced = REPLACED.find(([pattern]) => pattern.test(specifier));
      if (OBSERVED.test(specifier) && context.parentURL === `${root}node/node.ts`) {
        return next(root + OBSERVER, context);
      }
      return replaced === undefined ? next(specifier, context) : next(root + replaced[1], context);
    },
    load: (url, context, next) => {
      const loaded = next(url, context);
      const wanted = patches.filter((patch) => url === root + patch.file);
      if (wanted.length === 0) return loaded;
      let text = sourceText(loaded.source, url);
      for (const patch of wanted) text = replaceOnce(text, patch);
      return { ...loaded, source: text };
    },
  });
}

function sourceText(source: unknown, url: string): string {
  if (typeof source === "string") return source;
  if (source instanceof Uint8Array) return Buffer.from(source).toString("utf8");
  throw new Error(`${fileURLToPath(url)} has no source`);
}

/** A patch that does not fit any more must not pass silently as an unbroken product. */
function replaceOnce(text: string, { file, find, put }: Patch): string {
  const parts = text.split(find);
  if (parts.length !== 2) {
    throw new Error(`the simulation's patch of ${file} fits ${parts.length - 1} times: ${find}`);
  }
  return parts.join(put);
}
