/** Frames of known schemas; the names stand in all tables of this folder. */
export const prelude = `import type { Column, DataFrame, Row, Sql } from "quern";
declare const f: DataFrame<{ date: Sql.Timestamp | null; delay: Sql.Short | null; distance: Sql.Int; origin: Sql.String; "my col": Sql.Double; address: Sql.Struct<{ city: Sql.String | null; cast: Sql.Int }> | null; tags: Sql.Array<Sql.String> | null }>;
declare const s: DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int }>;
declare const g: DataFrame<{ origin: Sql.String; city: Sql.String | null; delay: Sql.Long }>;
declare const p: DataFrame<{ price: Sql.Decimal; rate: Sql.Float; items: Sql.Array<Sql.Struct<{ id: Sql.Long; name: Sql.String | null }>>; counts: Sql.Map<Sql.String, Sql.Long>; ok: Sql.Boolean | null }>;
declare const u: DataFrame;
declare const name: string;`;
