/**
 * How a command logs in at the NATS of a datacenter in containers: on the ports that are published here,
 * with the login and the authority that the datacenter's own processes use. They are read out of one of
 * its containers: whoever may use the engine could anyway, and nobody has to hand secrets around.
 *
 * Must guarantee: nothing of them is in an argument, a log or an error.
 */
import type { ContainerEngine } from "./container-engine.ts";
import { type Container, variableOf } from "./containers.ts";
import type { ControlLogin } from "./control-bucket.ts";

/** `container`: of a process of the datacenter, running or not; `ports`: where its nats-servers are. */
export async function readLogin(
  engine: Pick<ContainerEngine, "read">,
  container: Container,
  ports: readonly number[],
): Promise<ControlLogin> {
  const read = async (variable: string): Promise<string | undefined> => {
    const path = variableOf(container, variable);
    return path === undefined ? undefined : (await engine.read(container.Id, path)).trimEnd();
  };
  const scheme = variableOf(container, "MERIDIAN_NATS")?.startsWith("tls://") ? "tls" : "nats";
  return {
    url: ports.map((port) => `${scheme}://127.0.0.1:${port}`).join(","),
    caText: await read("MERIDIAN_NATS_CA"),
    credentials:
      variableOf(container, "MERIDIAN_NATS_CREDENTIALS") ?? (await read("MERIDIAN_NATS_CREDENTIALS_FILE")),
  };
}
