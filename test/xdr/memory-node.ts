/**
 * One storage node of a datacenter in memory: a real fabric listener and a real XdrServer over the
 * slots that the datacenter's nodes share.
 */
import { Registry } from "prom-client";
import { systemClock } from "../../common/clock.ts";
import { createLogger } from "../../common/log.ts";
import { shipSettingsSchema } from "../../common/xdr/xdr-settings.ts";
import { FabricServer } from "../../node/fabric-server.ts";
import type { RecordRow, SlotSnapshot, Storage } from "../../node/store/storage.ts";
import type { RemoteApply, RemoteRun, RemoteScanChunk } from "../../node/xdr/remote-apply.ts";
import { ClockSkews } from "../../node/xdr/clock-skews.ts";
import { FeedHolds } from "../../node/xdr/feed-holds.ts";
import { XdrServer } from "../../node/xdr/xdr-server.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { freePort } from "../process/nats-process.ts";
import type { Applied, MemoryDatacenter } from "./memory-datacenter.ts";
import { MemoryTail } from "./memory-tail.ts";

/** One node: a fabric listener, an XdrServer, and its view of the datacenter's slots. */
export class MemoryNode implements RemoteApply {
  readonly port: number;
  readonly #datacenter: MemoryDatacenter;
  readonly #index: number;
  readonly #committedListeners = new Set<(slots: readonly Slot[]) => void>();
  readonly #primaryListeners = new Set<(slots: readonly Slot[]) => void>();
  readonly #xdr: XdrServer;
  #fabric: FabricServer | undefined;

  private constructor(datacenter: MemoryDatacenter, index: number, port: number) {
    this.#datacenter = datacenter;
    this.#index = index;
    this.port = port;
    const { namespaces, sourceId } = datacenter.options;
    this.#xdr = new XdrServer({
      held: () => datacenter.held,
      settings: {
        ship: () => namespaces.map(() => shipSettingsSchema.parse({})),
        onChange: () => () => undefined,
      },
      remoteApply: this,
      storage: { ...snapshotsOf(datacenter), ...logsOf(datacenter) },
      openTail: (options) => new MemoryTail((slot) => datacenter.data(slot), options),
      namespaces: () => namespaces.map((name) => ({ name, logId: datacenter.options.logId })),
      localSourceId: sourceId,
      clock: systemClock(),
      skews: new ClockSkews(sourceId, 0, () => 0),
      holds: datacenter.options.holds ?? new FeedHolds({ name: "", feeds: [], namespaces: [], remotes: [] }),
      log: createLogger({}, "error"),
      metrics: new Registry(),
    });
  }

  static async start(datacenter: MemoryDatacenter, index: number): Promise<MemoryNode> {
    const node = new MemoryNode(datacenter, index, await freePort());
    node.#fabric = await FabricServer.start({
      address: "127.0.0.1",
      port: node.port,
      datacenter: datacenter.options.name,
      self: `node-${index}`,
      clusterId: () => `cluster-${datacenter.options.name}`,
      settings: {},
      log: createLogger({}, "error"),
      onPeer: (_peer, connection) => connection.destroy(),
      onShipper: (connection, hello) => node.#xdr.accept(connection, hello),
      onBadInput: () => undefined,
    });
    return node;
  }

  async close(): Promise<void> {
    await this.#xdr.close();
    await this.#fabric?.stop();
  }

  committed(slots: readonly Slot[]): void {
    const own = slots.filter((slot) => this.isPrimary(slot));
    for (const listener of this.#committedListeners) listener(own);
  }
  /** Drops all connections, as a restarted node does. */
  async reset(): Promise<void> {
    await this.#xdr.close();
  }
  primaryChanged(slots: readonly Slot[]): void {
    for (const listener of this.#primaryListeners) listener(slots);
  }

  applyRun(run: RemoteRun, done: Parameters<RemoteApply["applyRun"]>[1]): void {
    if (!this.isPrimary(run.slot)) done({ kind: "refused", reason: "not-primary" });
    else this.#answer(this.#datacenter.applyRun(run), done);
  }
  applyScanChunk(chunk: RemoteScanChunk, done: Parameters<RemoteApply["applyRun"]>[1]): void {
    if (!this.isPrimary(chunk.slot)) done({ kind: "refused", reason: "not-primary" });
    else this.#answer(this.#datacenter.applyScanChunk(chunk), done);
  }
  appliedPositions(slot: Slot) {
    return [...this.#datacenter.data(slot).applied].map(([originId, { logId, sequence }]) => ({
      originId,
      originLogId: logId,
      sequence,
    }));
  }
  isPrimary(slot: Slot): boolean {
    return this.#datacenter.isPrimary(slot, this.#index);
  }
  lastSequence(slot: Slot): number {
    return this.committedSequence(slot);
  }
  changes(slot: Slot): number {
    return this.#datacenter.data(slot).changes;
  }
  mark(slot: Slot): { sequence: number; changes: number } {
    return this.#datacenter.mark(slot);
  }
  committedSequence(slot: Slot): number {
    return this.#datacenter.data(slot).committed;
  }
  onCommitted(listener: (slots: readonly Slot[]) => void): () => void {
    this.#committedListeners.add(listener);
    return () => this.#committedListeners.delete(listener);
  }
  onPrimaryChanged(listener: (slots: readonly Slot[]) => void): () => void {
    this.#primaryListeners.add(listener);
    return () => this.#primaryListeners.delete(listener);
  }
  noteShipped(destinationId: number, slot: Slot, sequence: number): void {
    this.#datacenter.shipped.set(`${destinationId}.${slot}`, sequence);
  }

  #answer({ gap, position, logId, counts }: Applied, done: Parameters<RemoteApply["applyRun"]>[1]): void {
    if (gap) {
      done({ kind: "gap", position, originLogId: logId });
      return;
    }
    const totals = this.#datacenter.counts;
    totals.applied += counts.applied;
    totals.superseded += counts.superseded;
    totals.conflictWon += counts.conflictWon;
    totals.conflictLost += counts.conflictLost;
    totals.duplicate += counts.duplicate;
    // Answered once "durable": never inside the call.
    setImmediate(() => done({ kind: "applied", position, counts }));
  }
}

/** The one part of Storage that XDR uses. */
function snapshotsOf(datacenter: MemoryDatacenter): Pick<Storage, "snapshot" | "meta" | "write"> {
  return {
    meta: () => undefined,
    write: () => Promise.resolve(),
    snapshot: (slot: Slot): Promise<SlotSnapshot> => {
      const data = datacenter.data(slot);
      const rows: RecordRow[] = [...data.records].map(([digest, image]) => ({
        digest: Buffer.from(digest, "hex"),
        image,
      }));
      const sequence = data.first + data.entries.length - 1;
      const state = { sequence, epochHistory: [], applied: [], changes: 0, conflicts: 0 };
      return Promise.resolve({
        state,
        next: (bytesMax: number) => {
          const taken: RecordRow[] = [];
          for (let bytes = 0; bytes < bytesMax && rows.length > 0; ) {
            const [row] = rows.splice(0, 1);
            if (row === undefined) break;
            bytes += row.image.length;
            taken.push(row);
          }
          return Promise.resolve(taken);
        },
        notes: () => Promise.resolve([]),
        close: () => Promise.resolve(),
      });
    },
  };
}

function logsOf(datacenter: MemoryDatacenter): Pick<Storage, "firstSequence" | "readLog"> {
  return {
    firstSequence: (slot) => datacenter.data(slot).first,
    readLog: (slot, sequence) => {
      const { first, entries } = datacenter.data(slot);
      return Promise.resolve(entries.slice(sequence - first));
    },
  };
}
