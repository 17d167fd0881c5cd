import type { DuckDBType } from "@duckdb/node-api";
import { MAX_TIME_PRECISION } from "../../plan/numeric.ts";
import type { SqlType } from "../../plan/types.ts";

/** Where a column comes from decides what its widest integers mean, and whether times of day are text that looks like one. */
export type LeafKind = "file" | "json" | "sql" | "table";

/** A column of a leaf: its type in Spark's terms, and whether the engine's own has to be cast to it. */
export type LeafType = { readonly type: SqlType; readonly cast: boolean };

/** The type that a DuckDB type has in plans. Types that Spark does not have are cast, the rarest to text. */
export function leafType(type: DuckDBType, leaf: LeafKind): LeafType {
  switch (type.typeId) {
    case ID.BOOLEAN:
      return as({ kind: "boolean" });
    case ID.TINYINT:
      return as({ kind: "byte" });
    case ID.SMALLINT:
      return as({ kind: "short" });
    case ID.INTEGER:
      return as({ kind: "int" });
    case ID.BIGINT:
      return as({ kind: "long" });
    case ID.FLOAT:
      return as({ kind: "float" });
    case ID.DOUBLE:
      return as({ kind: "double" });
    case ID.VARCHAR:
      return as({ kind: "string" });
    case ID.BLOB:
      return as({ kind: "binary" });
    case ID.DATE:
      return as({ kind: "date" });
    case ID.TIMESTAMP:
      return as({ kind: "timestamp_ntz" });
    case ID.TIMESTAMP_TZ:
      return as({ kind: "timestamp" });
    case ID.TIME:
      // JSON has no times; DuckDB takes text for them.
      if (leaf === "json") return cast({ kind: "string" });
      return as({ kind: "time", precision: MAX_TIME_PRECISION });
    case ID.TIME_NS:
      return cast({ kind: "time", precision: MAX_TIME_PRECISION });
    case ID.DECIMAL: {
      const { width, scale } = type as { width: number; scale: number } & DuckDBType;
      return as({ kind: "decimal", precision: width, scale });
    }
    case ID.UTINYINT:
      return cast({ kind: "short" });
    case ID.USMALLINT:
      return cast({ kind: "int" });
    case ID.UINTEGER:
      return cast({ kind: "long" });
    case ID.UBIGINT:
      return cast({ kind: "decimal", precision: 20, scale: 0 });
    case ID.HUGEINT:
    case ID.UHUGEINT:
      // The sum of integers is a HUGEINT in DuckDB and a LONG in Spark; a file that has them means it.
      return cast(leaf === "file" || leaf === "json" ? { kind: "decimal", precision: 38, scale: 0 } : { kind: "long" });
    case ID.TIMESTAMP_S:
    case ID.TIMESTAMP_MS:
    case ID.TIMESTAMP_NS:
      return cast({ kind: "timestamp_ntz" });
    case ID.LIST: {
      const element = leafType((type as { valueType: DuckDBType } & DuckDBType).valueType, leaf);
      return { type: { kind: "array", element: element.type }, cast: element.cast };
    }
    case ID.ARRAY: {
      const element = leafType((type as { valueType: DuckDBType } & DuckDBType).valueType, leaf);
      return cast({ kind: "array", element: element.type });
    }
    case ID.MAP: {
      const { keyType, valueType } = type as { keyType: DuckDBType; valueType: DuckDBType } & DuckDBType;
      const [key, value] = [leafType(keyType, leaf), leafType(valueType, leaf)];
      return { type: { kind: "map", key: key.type, value: value.type }, cast: key.cast || value.cast };
    }
    case ID.STRUCT: {
      const { entryNames, entryTypes } = type as { entryNames: string[]; entryTypes: DuckDBType[] } & DuckDBType;
      const entries = entryTypes.map((entry) => leafType(entry, leaf));
      return {
        type: {
          kind: "struct",
          fields: entries.map((entry, i) => ({ name: entryNames[i] ?? "", type: entry.type, nullable: true })),
        },
        cast: entries.some((entry) => entry.cast),
      };
    }
    default:
      // TIME WITH TIME ZONE, INTERVAL, UUID, ENUM, BIT, UNION, GEOMETRY, BIGNUM, VARIANT within others …
      return cast({ kind: "string" });
  }
}

/** Whether a result column's DuckDB type is exactly the one that a plan type is stored as. */
export function isStoredAs(engine: DuckDBType, type: SqlType): boolean {
  // DuckDB reports the type of a bare NULL as INTEGER.
  if (type.kind === "void") return true;
  const { type: actual, cast: needed } = leafType(engine, "file");
  return !needed && sameType(actual, type);
}

function sameType(a: SqlType, b: SqlType): boolean {
  if (b.kind === "void") return true;
  if (a.kind !== (STORED_AS[b.kind] ?? b.kind)) return false;
  if (a.kind === "decimal" && b.kind === "decimal") return a.precision === b.precision && a.scale === b.scale;
  if (a.kind === "array" && b.kind === "array") return sameType(a.element, b.element);
  if (a.kind === "map" && b.kind === "map") return sameType(a.key, b.key) && sameType(a.value, b.value);
  if (a.kind === "struct" && b.kind === "struct") {
    return (
      a.fields.length === b.fields.length &&
      a.fields.every((field, i) => {
        const other = b.fields[i];
        return other !== undefined && field.name === other.name && sameType(field.type, other.type);
      })
    );
  }
  return true;
}

/** Types that DuckDB knows as others. */
const STORED_AS: { readonly [kind: string]: SqlType["kind"] } = {
  day_time_interval: "long",
  year_month_interval: "int",
  calendar_interval: "struct",
  variant: "struct",
};

const as = (type: SqlType): LeafType => ({ type, cast: false });
const cast = (type: SqlType): LeafType => ({ type, cast: true });

// The C API's stable numbers (duckdb.h); written out so that this file does not load the native library.
const ID = {
  BOOLEAN: 1,
  TINYINT: 2,
  SMALLINT: 3,
  INTEGER: 4,
  BIGINT: 5,
  UTINYINT: 6,
  USMALLINT: 7,
  UINTEGER: 8,
  UBIGINT: 9,
  FLOAT: 10,
  DOUBLE: 11,
  TIMESTAMP: 12,
  DATE: 13,
  TIME: 14,
  TIME_NS: 39,
  HUGEINT: 16,
  UHUGEINT: 32,
  VARCHAR: 17,
  BLOB: 18,
  DECIMAL: 19,
  TIMESTAMP_S: 20,
  TIMESTAMP_MS: 21,
  TIMESTAMP_NS: 22,
  LIST: 24,
  STRUCT: 25,
  MAP: 26,
  ARRAY: 33,
  TIMESTAMP_TZ: 31,
} as const satisfies { readonly [name: string]: number };
