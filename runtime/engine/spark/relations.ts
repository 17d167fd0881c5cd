import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Field, type Table, tableToIPC } from "apache-arrow";
import { AnalysisError } from "../../errors.ts";
import { arrowType } from "../../plan/arrow-types.ts";
import { hasInterval, withAllFields } from "../../plan/interval-types.ts";
import type { PlanOf } from "../../plan/nodes.ts";
import type { Schema } from "../../plan/types.ts";
import { spark, sparkType } from "../../sql/spark.ts";
import { type Command, CommandSchema, type Relation, RelationSchema } from "./proto/gen/spark_connect_pb.ts";

type RelationInit = MessageInitShape<typeof RelationSchema>["relType"];
export const relation = (relType: RelationInit): Relation => create(RelationSchema, { relType });

/** A relation that SQL text can name. */
export type Named = { readonly name: string; readonly relation: Relation };

/** SQL text whose FROM may name relations that come with it: they need no views. */
export function sqlRelation(query: string, named: readonly Named[] = []): Relation {
  const root = relation({ case: "sql", value: { query } });
  if (named.length === 0) return root;
  const references = named.map(({ name, relation: input }, index) =>
    create(RelationSchema, {
      relType: { case: "subqueryAlias", value: { input, alias: name } },
      // Sail finds them by that.
      common: { planId: BigInt(index + 1) },
    }),
  );
  return relation({ case: "withRelations", value: { root, references } });
}

/** Files, by paths of the server. */
export function readRelation({ format, paths, options, schema }: PlanOf<"read">): Relation {
  const dataSource = {
    format,
    paths: [...paths],
    options: { ...options },
    ...(schema === undefined ? {} : { schema: ddl(schema) }),
  };
  return relation({ case: "read", value: { readType: { case: "dataSource", value: dataSource } } });
}

/** Data that comes from JavaScript, as one Arrow stream in the plan itself. */
export const inlineRelation = (data: Table, schema: Schema): Relation =>
  relation({ case: "localRelation", value: { data: tableToIPC(data, "stream"), schema: sentDdl(schema) } });

/** Refuses Arrow data whose types Spark does not read. */
export function checkArrow(fields: readonly Field[], schema: Schema): void {
  for (const [i, field] of fields.entries()) {
    const wanted = schema[i]?.type;
    if (wanted === undefined || shape(field.type) !== shape(arrowType(wanted, "UTC"))) {
      throw new AnalysisError(
        "LOCAL_TYPE",
        `Column "${schema[i]?.name ?? field.name}" of the Arrow table has the type ${field.type}, which Spark does not read: ` +
          `give createDataFrame rows or { columns }, or convert the column to ${wanted === undefined ? "another type" : arrowType(wanted, "UTC")}.`,
      );
    }
  }
}

/** An instant is the same in every zone. */
const shape = (type: unknown): string => String(type).replace(/(Timestamp<\w+), [^>]*>/g, "$1>");

/** Columns in Spark's words. */
export const ddl = (schema: Schema): string =>
  schema
    .map(({ name, type, nullable }) => `${spark.quote(name)} ${sparkType(type)}${nullable ? "" : " NOT NULL"}`)
    .join(", ");

/** The columns of rows that are sent: Arrow does not tell which fields an interval has. */
export const sentDdl = (schema: Schema): string =>
  ddl(schema.map((field) => (hasInterval(field.type) ? { ...field, type: withAllFields(field.type) } : field)));

/** What runs at once. */
export const sqlCommand = (query: string): Command =>
  // Servers before Spark 4 read the text, later ones the relation.
  create(CommandSchema, { commandType: { case: "sqlCommand", value: { sql: query, input: sqlRelation(query) } } });

export const viewCommand = (name: string, input: Relation, replace: boolean): Command =>
  create(CommandSchema, {
    commandType: { case: "createDataframeView", value: { input, name, isGlobal: false, replace } },
  });
