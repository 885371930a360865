/**
 * Which records a comparison of datacenters is about: those of sets that all of them ship to each other.
 * Where they ship by filter expressions, a record that does not pass is told, and not judged: another
 * datacenter may have an earlier version of it, or none.
 */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { FilterExpression } from "../../common/expression/filter-expression.ts";
import { VOID_TIME_EPOCH_SECONDS } from "../../common/version/version.ts";
import { leftOutBins } from "../../common/xdr/xdr-bins.ts";
import { shipSettingsSchema, shipsSet } from "../../common/xdr/xdr-settings.ts";
import { ImageRecord } from "../../proto/expression-record.ts";
import { partialImage } from "../../proto/partial-image.ts";
import { RecordImage, setNameAt } from "../../proto/record.ts";
import { withoutExpired } from "../../proto/record-bins.ts";
import type { RecordRow } from "../store/storage.ts";

const filterSchema = shipSettingsSchema
  .pick({
    ...{ "ship-only-specified-sets": true, "ship-set": true, "ignore-set": true },
    ...{ "bin-policy": true, "ship-bin": true, "ignore-bin": true },
  })
  .extend({ expressions: z.array(z.string()).default([]) });

export class ComparedRecords {
  readonly #sets: z.output<typeof filterSchema>;
  readonly #expressions: readonly FilterExpression[];

  /** `filter`: settings and expressions as JSON; everything without it. Throws BAD_REQUEST. */
  constructor(filter: string | null) {
    try {
      this.#sets = filterSchema.parse(JSON.parse(filter ?? "{}"));
      this.#expressions = this.#sets.expressions.map((text) => FilterExpression.ofBase64(text));
    } catch (error) {
      throw new MeridianError("BAD_REQUEST", "sets: settings as JSON", { cause: error });
    }
  }

  /** What of a record is compared: what all ship of it, as of the void time `asOf`. */
  image({ image: bytes }: RecordRow, asOf: number): RecordImage {
    const image = withoutExpired(new RecordImage(bytes), asOf);
    return leftOutBins(this.#sets) === undefined ? image : partialImage(image, this.#sets, false);
  }

  hasSetOf({ image }: RecordRow): boolean {
    return shipsSet(this.#sets, setNameAt(image, 0));
  }

  /** Whether it passes all expressions at the void time `asOf`. */
  judges({ digest, image }: RecordRow, asOf: number): boolean {
    if (this.#expressions.length === 0) return true;
    const record = new ImageRecord(new RecordImage(image), digest);
    const nowMs = (asOf + VOID_TIME_EPOCH_SECONDS) * 1000;
    return this.#expressions.every((expression) => expression.passes(record, nowMs));
  }
}
