"""What spark-client.ts measures, with PySpark's own Connect client."""

import json
import resource
import sys
import threading
import time

import numpy
import pyarrow
from pyspark.sql.connect.session import SparkSession

address, runs, fetched, sent = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
spark = SparkSession.builder.remote(address).getOrCreate()


def timed(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


for _ in range(5):
    spark.sql("SELECT 1 AS x").collect()
small = [timed(lambda: spark.sql("SELECT 1 AS x").collect()) for _ in range(runs)]
numbers = spark.range(fetched).selectExpr("id", "id / 3 AS part", "CAST(id AS STRING) AS text")


def loop():
    rows = 0
    for _ in numbers.toLocalIterator():
        rows += 1
    assert rows == fetched


base = peak()
ids = numpy.arange(sent)
table = pyarrow.table({"id": ids, "part": ids / 3, "text": pyarrow.array([f"name {i % 1000}" for i in range(sent)])})
upload = timed(lambda: spark.createDataFrame(table).selectExpr("sum(id)").collect())
upload_peak = peak()
table = None


def table_of():
    assert numbers.toArrow().num_rows == fetched


fetch = timed(table_of)
fetch_peak = peak()
rows = timed(loop)
rows_peak = peak()

ended = {}


def long():
    try:
        spark.sql("SELECT sum(a.id * b.id) FROM range(10000000) a, range(10000000) b").collect()
    except Exception:
        ended["at"] = time.perf_counter()


thread = threading.Thread(target=long)
thread.start()
time.sleep(3)
start = time.perf_counter()
spark.interruptAll()
thread.join()
print(
    json.dumps(
        {
            "small": small,
            "fetch": fetch,
            "fetchMb": fetch_peak,
            "rows": rows,
            "rowsMb": rows_peak,
            "upload": upload,
            "uploadMb": upload_peak,
            "stop": (ended["at"] - start) * 1000,
            "baseMb": base,
        }
    )
)
spark.stop()
