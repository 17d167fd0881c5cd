"""What udf-client.ts measures, with PySpark's functions in Python: the arguments are rows and threads."""

import json
import sys
import time

import pyarrow.compute as pc
from pyspark.sql import SparkSession
from pyspark.sql.functions import arrow_udf, col, sum, udf

rows, threads = int(sys.argv[1]), int(sys.argv[2])
spark = (
    SparkSession.builder.master(f"local[{threads}]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "4g")
    .config("spark.sql.shuffle.partitions", threads)
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")


def plain(x):
    return x * 2 + 1


def loop(x):
    for i in range(20):
        x = (x * 31 + i) % 1000003
    return x


def whole(x):
    return pc.add(pc.multiply(x, 2.0), 1.0)


def timed(of, count):
    start = time.perf_counter()
    spark.range(count).select(of(col("id").cast("double")).alias("y")).agg(sum("y")).collect()
    return (time.perf_counter() - start) * 1000


kinds = {
    "python": lambda f: udf(f, "double", useArrow=False),
    "arrow": lambda f: udf(f, "double", useArrow=True),
}
measured = {}
for kind, make in kinds.items():
    timed(make(plain), 10000)
    measured[f"{kind} plain"] = timed(make(plain), rows)
    measured[f"{kind} loop"] = timed(make(loop), rows)
whole_udf = arrow_udf(whole, "double")
timed(whole_udf, 10000)
measured["whole plain"] = timed(whole_udf, rows)
print(json.dumps(measured))
