import { widestOf } from "../numeric.ts";
import type { Functions, Result } from "./entry.ts";
import { DOUBLE, INT, isBelowOne, never, sameAsFirst, windowed } from "./entry.ts";

/** The value of another row of the partition, or the default as the column's type. */
const neighbour: Result = (args) => {
  const [value, , fallback] = args;
  if (!value) return "needs a column";
  if (!fallback) return { type: value.type, nullable: true };
  if (widestOf([value.type, fallback.type]) === undefined) return "needs a default of the column's type";
  return {
    type: value.type,
    takes: [value.type, undefined, value.type],
    nullable: value.nullable || fallback.nullable,
  };
};

const position = windowed("", never(INT));
const share = windowed("", never(DOUBLE));

export const windows: Functions = {
  row_number: position,
  rank: position,
  dense_rank: position,
  ntile: windowed("int!", ([parts]) =>
    isBelowOne(parts) ? "needs a number of parts, from 1" : { type: INT, nullable: false },
  ),
  percent_rank: share,
  cume_dist: share,
  lag: windowed("any int!? any?", neighbour),
  lead: windowed("any int!? any?", neighbour),
  /** A second argument of true leaves nulls out. */
  first_value: { ...windowed("any boolean!?", sameAsFirst) },
  last_value: { ...windowed("any boolean!?", sameAsFirst) },
};
