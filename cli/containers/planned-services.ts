/** The processes of a plan, as the set-ups of compose files have theirs. */
import type { ComposeService } from "../setup/compose-file.ts";
import type { Plan } from "./plan.ts";

export function plannedServices({ datacenters, wanLink }: Plan): ComposeService[] {
  const none = { datacenter: undefined, sourceId: undefined, servicePort: undefined };
  const services = datacenters.flatMap(({ name: datacenter, sourceId, nats, nodes, shipper }) => {
    const own = { datacenter, sourceId, servicePort: undefined, natsPort: undefined };
    return [
      { ...own, name: nats.name, kind: "nats" as const, adminPort: undefined, natsPort: nats.port },
      ...nodes.map(({ name, servicePort, adminPort }) => ({
        ...{ ...own, name, kind: "node" as const, servicePort, adminPort },
      })),
      { ...own, name: shipper.name, kind: "shipper" as const, adminPort: shipper.adminPort },
    ];
  });
  if (wanLink === undefined) return services;
  const { name, adminPort } = wanLink;
  return [...services, { ...none, name, kind: "wan", adminPort, natsPort: undefined }];
}
