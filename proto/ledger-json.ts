/** A ledger as processes tell it on their admin ports and to each other, for schemas of such answers. */
import { z } from "zod";

export const ledgerJson = {
  changes: z.number(),
  applied: z.number(),
  superseded: z.number(),
  conflictWon: z.number(),
  conflictLost: z.number(),
  parked: z.number(),
  recovered: z.number(),
  // A release before filters tells none.
  filtered: z.number().default(0),
  // Nor one before forwarding.
  forwarded: z.number().default(0),
  unaccounted: z.number(),
};
