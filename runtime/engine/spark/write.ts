import { create } from "@bufbuild/protobuf";
import type { WriteMode, WriteSummary, WriteTarget } from "../engine.ts";
import {
  type Command,
  CommandSchema,
  type Relation,
  WriteOperation_SaveTable_TableSaveMethod as SaveMethod,
  WriteOperation_SaveMode as SaveMode,
} from "./proto/gen/spark_connect_pb.ts";

/** Has the server write rows: to its own paths and tables, in any format that it knows. */
export function writeCommand(input: Relation, target: WriteTarget): Command {
  const { format, path, table, mode, partitionBy, options, bucketBy, sortBy = [], clusterBy = [] } = target;
  const saveType =
    table !== undefined
      ? ({ case: "table", value: { tableName: table.name, saveMethod: METHODS[table.how] } } as const)
      : path !== undefined
        ? ({ case: "path", value: path } as const)
        : ({ case: undefined } as const);
  const value = {
    input,
    saveType,
    mode: MODES[mode],
    ...(format === undefined ? {} : { source: format }),
    ...(bucketBy && { bucketBy: { numBuckets: bucketBy.buckets, bucketColumnNames: [...bucketBy.columns] } }),
    options: { ...options },
    partitioningColumns: [...partitionBy],
    sortColumnNames: [...sortBy],
    clusteringColumns: [...clusterBy],
  };
  return create(CommandSchema, { commandType: { case: "writeOperation", value } });
}

/** The server says that it is done, and nothing of what it wrote. */
export const writeSummary = ({ path, table }: WriteTarget): WriteSummary => ({
  ...(path === undefined ? {} : { path }),
  ...(table === undefined ? {} : { table: table.name }),
});

const MODES: { readonly [mode in WriteMode]: SaveMode } = {
  errorifexists: SaveMode.ERROR_IF_EXISTS,
  overwrite: SaveMode.OVERWRITE,
  append: SaveMode.APPEND,
  ignore: SaveMode.IGNORE,
};

const METHODS: { readonly [how in NonNullable<WriteTarget["table"]>["how"]]: SaveMethod } = {
  save: SaveMethod.SAVE_AS_TABLE,
  insert: SaveMethod.INSERT_INTO,
};
