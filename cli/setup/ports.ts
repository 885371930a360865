/** Checks that the set-up's ports are free before anything is started. */
import { createServer } from "node:net";
import { MeridianError } from "../../common/errors.ts";
import type { PlannedPort } from "./layout.ts";

/** Throws PORT_TAKEN naming what is taken and the option that moves it. */
export async function checkPortsFree(ports: readonly PlannedPort[]): Promise<void> {
  const taken: PlannedPort[] = [];
  for (const planned of ports) {
    if (!(await isFree(planned.port))) taken.push(planned);
  }
  const first = taken[0];
  if (first === undefined) return;
  const more = taken.length > 1 ? ` and ${taken.length - 1} more of the ports needed are` : " is";
  throw new MeridianError(
    "PORT_TAKEN",
    `port ${first.port} (${first.owner})${more} taken by another process; end it, or start elsewhere: ` +
      "npm start -- --base-port PORT (each datacenter takes a block of 1000 ports from there)",
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
