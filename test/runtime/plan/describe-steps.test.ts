import assert from "node:assert/strict";
import { test } from "node:test";
import { describeSteps } from "../../../runtime/plan/describe-steps.ts";
import type { PlanOperator } from "../../../runtime/plan/explain.ts";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import {
  aggregate,
  asc,
  call,
  col,
  desc,
  filter,
  int,
  limit,
  sort,
  table,
  text,
  withColumns,
} from "../../helpers/valid-sql.ts";

const lines = (operator: PlanOperator, depth = 0): string[] => [
  `${"  ".repeat(depth)}${operator.name}${operator.details.map(({ label, value }) => ` | ${label}: ${value}`).join("")}`,
  ...operator.children.flatMap((child) => lines(child, depth + 1)),
];

test("a plan reads as the steps that the user wrote", () => {
  const joined: Plan = {
    kind: "join",
    left: withColumns(
      filter(
        { kind: "read", format: "csv", paths: ["a b.csv"], options: { sep: ";" } },
        call("gt", col("delay"), int(0)),
      ),
      {
        hour: call("hour", col("date")),
      },
    ),
    right: {
      kind: "stored",
      table: "cache_1",
      schema: [{ name: "code", type: { kind: "string" }, nullable: true }],
      input: table("airports"),
    },
    how: "left",
    using: ["code"],
  };
  const grouped = aggregate(joined, { hour: col("hour") }, { flights: call("count"), text: call("max", text("x")) });
  assert.deepEqual(
    lines(describeSteps(limit(sort(grouped, desc(col("flights")), { ...asc(col("hour")), nulls: "last" }), 10))),
    [
      "Limit | rows: 10",
      "  Sort | keys: flights DESC, hour ASC NULLS LAST",
      "    Aggregate | group by: hour | aggregates: flights = count(1), text = max(x)",
      "      Left join | using: code",
      "        With columns | columns: hour = hour(date)",
      "          Filter | condition: delay > 0",
      '            Read csv | paths: a b.csv | options: sep=";"',
      "        Cached | table: cache_1 | columns: code",
    ],
  );
});
