/** The answer of `/overview` as the page reads it (xdr-shipper/overview/overview-desk.ts). */
export interface LagFigures {
  records: number | null;
  bytes: number | null;
  seconds: number | null;
  writesAtRisk: number | null;
  atLeast: boolean;
  cause: string;
  stalledMs: number | null;
  applied: number;
}

export interface Ended {
  applied: number;
  superseded: number;
  conflictWon: number;
  conflictLost: number;
  parked: number;
  recovered: number;
  filtered: number;
  forwarded: number;
}

export interface LinkNamespace {
  namespace: string;
  lag: LagFigures | null;
  made: number | null;
  pending: number | null;
  ended: Ended | null;
  unaccounted: number | null;
}

export interface Link {
  from: string;
  to: string;
  connected: boolean | null;
  bytesShipped: number | null;
  namespaces: LinkNamespace[];
}

export interface Datacenter {
  name: string;
  own: boolean;
  heardMs: number | null;
  askedMs: number | null;
  fence: string | null;
  nodes:
    | {
        name: string;
        state: string;
        controller: boolean;
        residentBytes: number | null;
        logBytes: number | null;
      }[]
    | null;
  namespaces:
    | {
        name: string;
        records: number | null;
        clientWrites: number | null;
        unavailable: number | null;
        underReplicated: number | null;
      }[]
    | null;
}

export interface Feed {
  name: string;
  namespace: string;
  set: string | null;
  format: string;
  state: string;
  lagRecords: number;
  lagMs: number | null;
  published: number;
  consumers: Record<string, { connected: boolean; lagRecords: number }>;
}

export interface Overview {
  datacenter: string;
  shipper: { name: string; roles: string[]; instances: string[]; natsConnected: boolean };
  now: string;
  datacenters: Datacenter[];
  links: Link[];
  worst: {
    to: string;
    namespace: string;
    partition: number;
    records: number;
    seconds: number;
    cause: string;
  }[];
  skews: { datacenter: string; skew: { ahead: number; error: number } | null }[];
  skewWarnMs: number;
  feeds: Feed[];
}
