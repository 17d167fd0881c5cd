import type { Reader } from "../expression-reader.ts";
import type { Around, Reading } from "./reading.ts";
import type { Relation } from "./relation.ts";
import { type Queries, subqueryOf } from "./subqueries.ts";

/** Reads expressions over these rows, or the rows around them. */
export const overRows = (reading: Reading, rows: Relation, around: Pick<Around, "outer">, queries: Queries): Reader =>
  reading.reader({
    column: (parts, node) => {
      const column = reading.column(parts, rows, around.outer);
      if (column === undefined) throw reading.missing(parts, rows, node);
      return column;
    },
    subquery: subqueryOf(reading, queries),
  });
