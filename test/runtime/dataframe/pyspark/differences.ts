/** Why a class of Quern has no member of PySpark's of a name: the first rule that `Class.name` matches. */
export const missing: readonly (readonly [RegExp, string])[] = [
  [/\.(isStreaming|readStream|writeStream|streams|withWatermark|dropDuplicatesWithinWatermark)$/, "streams"],
  [/\.(transformWithState|applyInPandasWithState)/, "streams"],
  [/\.(rdd|sparkContext|foreachPartition)$/, "RDDs, and their partitions"],
  [/[pP]andas|^GroupedData\.apply$|\.cogroup$/, "pandas"],
  [/\.(mapInArrow|applyInArrow)$/, "iterators of Python's; mapInBatches takes a function of a batch"],
  [/^Column\.(when|otherwise)$/, "members of what when() gives"],
  [/^Column\.name$/, "a field of a struct may have that name; alias is the same"],
  [/^DataFrame\.(asTable|executionInfo)$/, "table arguments of Python's functions, and its own measurements"],
  [
    /^DataFrame\.(createGlobalTempView|createOrReplaceGlobalTempView)$|^Catalog\.dropGlobalTempView$/,
    "views of all sessions",
  ],
  [/^DataFrame\.(groupby|registerTempTable)$/, "older names: groupBy, createOrReplaceTempView"],
  [/^DataFrame\.(mergeInto|writeTo)$/, "tables of catalogs, as Iceberg has them"],
  [/^DataFrame\.(metadataColumn|withMetadata)$/, "metadata of columns"],
  [/^DataFrame\.nearestByJoin$/, "see lateralJoin and asofJoin"],
  [/^DataFrame\.repartitionById$/, "SQL does not say it"],
  [/^DataFrame\.sparkSession$/, "the session is spark"],
  [/^Catalog\.(createTable|createExternalTable)$/, "write.saveAsTable makes tables"],
  [/^Catalog\.(functionExists|getFunction|listFunctions|registerFunction)$/, "functions are F's, and udf()"],
  [/^Catalog\.(listCatalogs|setCurrentCatalog|getDatabase)$/, "one catalog, whose databases are names"],
  [
    /^Catalog\.(getCreateTableString|getTableProperties|listPartitions|recoverPartitions|analyzeTable|refreshByPath)$/,
    "what is stored of a table: SQL text asks for it",
  ],
  [/^DataFrame(Reader|Writer)\.(jdbc|xml)$/, 'format("jdbc"), format("xml") with options'],
  [/^DataFrameReader\.changes$/, "streams of changes"],
  [/^SparkSession\./, "the session of a process: tags, artifacts and builders are the client's"],
];

/** Parameters of PySpark's that a member of Quern takes in another way. */
export const others: { readonly [member: string]: string } = {
  "DataFrame.toJSON": "use_unicode is of Python's strings",
  "DataFrame.localCheckpoint": "storageLevel: a checkpoint is in memory that spills, or on disk",
  "DataFrame.withColumns": "one object, as PySpark takes one dict",
  "Column.alias": "several names are for expressions that give several columns",
  "SparkSession.createDataFrame": "all rows are looked at for their types, and verified",
  "DataFrameReader.options": "one object",
  "DataFrameWriter.options": "one object",
};
