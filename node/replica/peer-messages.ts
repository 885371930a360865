/**
 * Hands what peers send, other than entries and beacons, to the part of the node that deals with it:
 * joins, copies, repairs, handovers. What a message of a type means depends on which side sends it.
 */
import type { Logger } from "../../common/log.ts";
import type { NodeId, Slot } from "../../proto/cluster-map.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/peer.js";
import { MessageType } from "../../proto/message-types.ts";
import type { Partition } from "../partition/partition.ts";
import type { Storage } from "../store/storage.ts";
import type { CopyIn } from "./copy-in.ts";
import type { CopyOut } from "./copy-out.ts";
import type { NodeEffects } from "./node-effects.ts";
import type { Peers } from "./peers.ts";
import type { RecordRepair } from "./record-repair.ts";

const { Handover, Join, JoinAnswer } = meridian.peer;

export interface PeerMessagesOptions {
  readonly storage: Storage;
  readonly log: Logger;
  readonly peers: Peers;
  readonly effects: NodeEffects;
  readonly copyIn: CopyIn;
  readonly copyOut: CopyOut;
  readonly repair: RecordRepair;
  readonly partition: (slot: Slot) => Partition | undefined;
  readonly onFailure: (error: unknown) => void;
}

export class PeerMessages {
  readonly #options: PeerMessagesOptions;

  constructor(options: PeerMessagesOptions) {
    this.#options = options;
  }

  /** A message of a replica to this node as its primary. */
  ofReplica(from: NodeId, frame: Frame): void {
    const { copyOut, repair, log, onFailure } = this.#options;
    switch (frame.type) {
      case MessageType.join:
        this.#joinsAsked(from, Join.decode(frame.meta));
        return;
      case MessageType.snapshotPull:
        copyOut.pulled(from, frame).catch(onFailure);
        return;
      case MessageType.fetchRecords:
        copyOut.fetched(from, frame).catch(onFailure);
        return;
      case MessageType.fetchedRecords:
        repair.answered(frame);
        return;
      default:
        log.warn({ from, type: frame.type }, "unknown message from a replica");
    }
  }

  /** A message of a primary to this node as its replica. */
  ofPrimary(from: NodeId, frame: Frame): void {
    const { copyIn, repair, peers, effects, log } = this.#options;
    switch (frame.type) {
      case MessageType.joinReply: {
        const { slot, epoch, mode, truncateTo, attempt } = JoinAnswer.decode(frame.meta);
        if (mode !== "log" && mode !== "truncate" && mode !== "snapshot" && mode !== "again") return;
        this.#options.partition(slot)?.joinAnswered(from, epoch, { mode, truncateTo, attempt });
        return;
      }
      case MessageType.snapshotChunk:
        copyIn.answered(frame);
        return;
      case MessageType.fetchedRecords:
        if (!repair.answered(frame)) copyIn.answered(frame);
        return;
      case MessageType.fetchRecords:
        repair.answer(from, frame, (meta, bodies) => {
          peers.sendInbound(from, MessageType.fetchedRecords, meta, ...bodies);
        });
        return;
      case MessageType.handover: {
        const { slots, epochs } = Handover.decode(frame.meta);
        effects.handedOver(slots, epochs);
        return;
      }
      default:
        log.warn({ from, type: frame.type }, "unknown message from a primary");
    }
  }

  #joinsAsked(from: NodeId, { rows, mapVersion }: meridian.peer.Join): void {
    for (const row of rows) {
      const slot = row.slot ?? 0;
      const history = (row.historyEpochs ?? []).map((epoch, index) => ({
        epoch,
        firstSequence: row.historyFirsts?.[index] ?? 0,
      }));
      const log = { last: row.last ?? 0, history };
      const request = { epoch: row.epoch ?? 0, attempt: row.attempt ?? 0, mapVersion, log };
      const logFirst = this.#options.storage.firstSequence(slot);
      this.#options.partition(slot)?.joinAsked(from, request, logFirst);
    }
  }
}
