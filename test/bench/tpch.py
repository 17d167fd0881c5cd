"""Times TPC-H's queries, given as SQL, in Polars or in local PySpark; prints the best milliseconds of each as JSON."""

import json
import sys
import time

peer, folder, texts, runs = sys.argv[1], sys.argv[2], json.loads(sys.stdin.read()), int(sys.argv[3])
tables = ["customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier"]
files = {name: f"{folder}/{name}.parquet" for name in tables}

if peer == "polars":
    import polars as pl

    context = pl.SQLContext({name: pl.scan_parquet(file) for name, file in files.items()})

    def rows(text):
        return context.execute(text).collect().rows()

else:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    for name, file in files.items():
        spark.read.parquet(file).createOrReplaceTempView(name)

    def rows(text):
        return spark.sql(text).collect()


def best(text):
    def timed():
        start = time.perf_counter()
        rows(text)
        return (time.perf_counter() - start) * 1000

    timed()
    return min(timed() for _ in range(runs))


json.dump([best(text) for text in texts], sys.stdout)
