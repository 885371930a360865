/** The node's real replicas, which the world is told of when a node makes them. */
import { ReplicaSet as RealReplicaSet } from "../../../node/replica/replica-set.ts";
import type { ReplicaSetOptions } from "../../../node/replica/replica-set-options.ts";
import type { ApplyOutcome, RemoteRun, RemoteScanChunk } from "../../../node/xdr/remote-apply.ts";
import { world } from "./present.ts";

export class ReplicaSet extends RealReplicaSet {
  constructor(options: ReplicaSetOptions) {
    super(options);
    const { current } = world().scheduler;
    if (current === undefined) throw new Error("replicas are made by a host");
    world().onReplicas(current, this);
  }

  override applyRun(run: RemoteRun, done: (outcome: ApplyOutcome) => void): void {
    super.applyRun(run, (outcome) => {
      const { count } = world();
      if (outcome.kind === "gap") count("gap refused");
      if (outcome.kind === "applied") {
        const { duplicate, parked, conflictWon, conflictLost } = outcome.counts;
        if (duplicate > 0) count("duplicate dropped");
        if (parked > 0) count("parked");
        if (conflictWon > 0) count("conflict won");
        if (conflictLost > 0) count("conflict lost");
      }
      done(outcome);
    });
  }

  override noteShipped(destinationId: number, slot: number, sequence: number): void {
    const { trace, scheduler } = world();
    trace?.(scheduler.current?.name ?? "", `slot ${slot} is applied up to ${sequence} at ${destinationId}`);
    super.noteShipped(destinationId, slot, sequence);
  }

  override applyScanChunk(chunk: RemoteScanChunk, done: (outcome: ApplyOutcome) => void): void {
    if (chunk.last) world().count("recovery by scan");
    super.applyScanChunk(chunk, done);
  }
}
