/** Deletes a JetStream stream, and tells "there is none" from a failure. */
import { JetStreamApiCodes, JetStreamApiError, type JetStreamManager } from "@nats-io/jetstream";

/** Whether there was one. Throws any other refusal of the bus, and its silence. */
export async function deleteStream(manager: JetStreamManager, stream: string): Promise<boolean> {
  try {
    await manager.streams.delete(stream);
    return true;
  } catch (error) {
    if (isApiError(error, JetStreamApiCodes.StreamNotFound)) return false;
    throw error;
  }
}

/** Whether JetStream refused with this code. */
export function isApiError(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}
