/**
 * What shipping asks of a bus. It may lose, repeat, reorder or forget anything: nothing here is a
 * promise, and nothing advances on it. Implemented by `jetstream-*.ts`; test/simulation/bus-model.ts
 * is the faulty model.
 */

/** The origin's end towards one destination. */
export interface BusPublisher {
  /** Whether messages are taken now. */
  readonly open: boolean;
  /** Largest message that is taken; larger ones are cut. */
  readonly messageBytesMax: number;
  /**
   * Sends a message on a lane's subject, in order. `lost` is called at most once, and never before
   * this returns, if it is known not to be stored; not being called means nothing.
   */
  publish(namespace: string, lane: number, message: Uint8Array, lost: () => void): void;
  /** Core message, at most once, no storage. */
  ask(message: Uint8Array): void;
  close(): Promise<void>;
}

export interface BusPublisherEvents {
  /** `forgotten`: everything published before is gone. */
  onState(open: boolean, forgotten: boolean): void;
  /** A position report of the destination. */
  onReport(message: Uint8Array): void;
}

/** A message taken from the bus. */
export interface BusDelivery {
  readonly namespace: string;
  readonly lane: number;
  readonly bytes: Uint8Array;
  /** Dealt with: for the bus's housekeeping only. */
  done(): void;
}

/** The destination's end towards one origin. */
export interface BusConsumer {
  readonly connected: boolean;
  /** The lanes to take from now on. */
  setLanes(lanes: readonly number[]): void;
  /** Stops or goes on taking, so that what is held here stays bounded. */
  setPaused(paused: boolean): void;
  /** Core message, at most once; dropped while not connected. */
  report(message: Uint8Array): void;
  close(): Promise<void>;
}

export interface BusConsumerEvents {
  onDelivery(delivery: BusDelivery): void;
  /** The origin asks for a full report. */
  onAsk(message: Uint8Array): void;
  /** The connection was made (again) or lost. */
  onConnected(connected: boolean): void;
}
