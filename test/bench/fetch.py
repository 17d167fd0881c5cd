"""Times what DuckDB's own Python package takes to bring the rows of a query into Python; prints milliseconds as JSON."""

import json
import sys
import time

import duckdb

table_text, rows_text, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
connection = duckdb.connect()


def timed(fetch):
    start = time.perf_counter()
    fetch()
    return (time.perf_counter() - start) * 1000


def arrow():
    return connection.sql(table_text).to_arrow_table()


def objects():
    return connection.sql(rows_text).to_arrow_table().to_pylist()


arrow()
json.dump({"arrow": [timed(arrow) for _ in range(runs)], "rows": [timed(objects) for _ in range(runs)]}, sys.stdout)
