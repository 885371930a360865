/** What a process of the simulation calls once the loader is in place. */
import { replaceBuiltins } from "./builtins.ts";
import { assertMicrotasksRun, type Host } from "./host.ts";
import { world } from "./present.ts";
import { World, type WorldOutcome, type WorldSettings } from "./world.ts";

let current: World | undefined;

/** Call once, before the first world, from a turn of the event loop of its own. */
export function takeOver(): void {
  assertMicrotasksRun();
  replaceBuiltins();
  const host = (): Host | undefined => world().scheduler.current;
  process.on("unhandledRejection", (error) => current?.crashed(host(), error));
  process.on("uncaughtException", (error) => current?.crashed(host(), error));
}

export function runWorld(seed: number, settings: WorldSettings = {}): WorldOutcome {
  current = new World(seed, settings);
  return current.run();
}
