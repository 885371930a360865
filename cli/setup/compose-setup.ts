/** A set-up of `meridian up`, or of plain `docker compose`, that runs in containers: how commands find it. */
import { MeridianError } from "../../common/errors.ts";
import { Compose } from "./compose.ts";
import type { ComposeFile } from "./compose-file.ts";
import { composeFolder, readMark } from "./compose-mark.ts";
import { ContainerSetup } from "./container-setup.ts";
import { asPublished, projectOf, serviceOf, tokenOf } from "./containers.ts";
import { DockerEngine } from "./docker-engine.ts";
import { WanAdmin } from "./wan-admin.ts";

/** Throws NOT_RUNNING, saying what to do, unless something of the file's set-up runs. */
export async function connectCompose(file: ComposeFile, env = process.env): Promise<ContainerSetup> {
  const engine = new DockerEngine();
  const found = await engine.inspect(await new Compose(file, [], env).containerIds());
  const containers = new Map([...found.values()].map((one) => [serviceOf(one), one]));
  const [first] = containers.values();
  const runs = file.services.some(({ name }) => containers.get(name)?.State.Status === "running");
  if (first === undefined || !runs) {
    throw new MeridianError(
      "NOT_RUNNING",
      `nothing of ${file.name} runs: \`meridian up --compose ${file.name}\` first`,
    );
  }
  const services = file.services.map((service) => asPublished(service, containers.get(service.name)));
  const link = services.find(({ kind, adminPort }) => kind === "wan" && adminPort !== undefined);
  const project = projectOf(first);
  const started = readMark(project);
  const members = services.filter(({ kind }) => kind !== undefined).map(({ name }) => name);
  return new ContainerSetup({
    ...{ engine, services },
    origin: { compose: file.name },
    title: `containers of ${file.name} (project ${project})`,
    folder: composeFolder(project),
    foreign: members.filter((name) => !started.has(containers.get(name)?.Id ?? "")),
    ids: new Map([...containers].map(([name, { Id }]) => [name, Id])),
    wan: link && new WanAdmin(`http://127.0.0.1:${link.adminPort}`, tokenOf(containers.get(link.name)) ?? ""),
    remedy: `\`meridian up --compose ${file.name}\``,
  });
}
