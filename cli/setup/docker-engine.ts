/** The container engine that the docker command reaches. */
import { type ContainerEngine, firstFileOf } from "./container-engine.ts";
import { type Container, parseContainers } from "./containers.ts";
import { docker, dockerBytes } from "./docker.ts";
import { lastLines } from "./log-tail.ts";

export class DockerEngine implements ContainerEngine {
  async inspect(ids: readonly string[]): Promise<ReadonlyMap<string, Container>> {
    if (ids.length === 0) return new Map();
    const { stdout } = await docker(["inspect", "--type", "container", ...ids]);
    return new Map(parseContainers(stdout).map((one) => [one.Id, one]));
  }

  async kill(ids: readonly string[]): Promise<void> {
    await docker(["kill", ...ids]);
    await docker(["wait", ...ids]);
  }

  async stop(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await docker(["stop", ...ids]);
  }

  async start(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await docker(["start", ...ids]);
  }

  async pause(id: string): Promise<void> {
    await docker(["pause", id]);
  }

  async resume(id: string): Promise<void> {
    await docker(["unpause", id]);
  }

  async lastLines(id: string, count: number): Promise<string[]> {
    const { stdout, stderr } = await docker(["logs", "--tail", String(count), id]);
    return lastLines(stdout + stderr, count);
  }

  async read(id: string, path: string): Promise<string> {
    return firstFileOf((await dockerBytes(["cp", `${id}:${path}`, "-"])).stdout);
  }

  async runBeside(id: string, image: string, script: string): Promise<string> {
    const alone = ["--rm", "--network", "none", "--no-healthcheck", "--user", "0:0"];
    const place = ["--volumes-from", id, "--entrypoint", "sh", image];
    return (await docker(["run", ...alone, ...place, "-c", script])).stdout;
  }
}
