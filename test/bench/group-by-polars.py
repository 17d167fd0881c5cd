"""Times a group-by in Polars; prints the milliseconds of each run and the number of groups as JSON."""

import json
import sys
import time

import polars as pl

path, runs = sys.argv[1], int(sys.argv[2])
queries = {
    "hour": lambda: pl.scan_parquet(path).group_by(pl.col("date").dt.hour().alias("hour")),
    "route": lambda: pl.scan_parquet(path).group_by("origin", "destination"),
}


def timed(group):
    start = time.perf_counter()
    rows = group().agg(pl.len().alias("flights"), pl.col("delay").mean()).collect().to_dicts()
    return (time.perf_counter() - start) * 1000, len(rows)


for group in queries.values():
    timed(group)
result = {name: [timed(group) for _ in range(runs)] for name, group in queries.items()}
json.dump({name: {"ms": [ms for ms, _ in samples], "rows": samples[0][1]} for name, samples in result.items()}, sys.stdout)
