import assert from "node:assert/strict";
import { test } from "node:test";
import { tableFromArrays } from "apache-arrow";
import { fingerprint } from "../../../runtime/plan/fingerprint.ts";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import { replaceStored } from "../../../runtime/plan/rewrite/replace-stored.ts";
import { children, childrenFirst, mapChildren } from "../../../runtime/plan/walk.ts";
import { call, col, filter, int, limit, query, range, table } from "../../helpers/valid-sql.ts";

const schema = [{ name: "id", type: { kind: "long" }, nullable: false }] as const;
const big = (input: Plan, least = 1): Plan => filter(input, call("gt", col("id"), int(least)));

test("equal plans have one fingerprint, wherever they were written", () => {
  const here: Plan = { ...big(range(5)), origin: new Error("here") };
  const there: Plan = { ...big(range(5)), origin: new Error("there") };
  assert.equal(fingerprint(here), fingerprint(there));
});

test("any difference in nodes, literals, types or options gives another fingerprint", () => {
  const read = (options: { [name: string]: string }): Plan => ({ kind: "read", format: "csv", paths: ["a"], options });
  const plans: Plan[] = [
    big(range(5)),
    big(range(6)),
    big(range(5), 2),
    filter(range(5), call("gt", col("id"), { kind: "literal", value: 1, type: { kind: "double" } })),
    filter(range(5), call("gt", col("id"), { kind: "literal", value: 1n, type: { kind: "long" } })),
    filter(range(5), call("gt", col("id"), { kind: "literal", value: Number.NaN, type: { kind: "double" } })),
    filter(
      range(5),
      call("gt", col("id"), { kind: "literal", value: Number.POSITIVE_INFINITY, type: { kind: "double" } }),
    ),
    filter(range(5), call("gt", col("id"), { kind: "literal", value: new Uint8Array([1]), type: { kind: "binary" } })),
    limit(range(5), 1),
    limit(range(5), 1, 1),
    read({ sep: "," }),
    read({ sep: ";" }),
    { kind: "set", operator: "UNION ALL", match: "position", left: range(1), right: range(2) },
    { kind: "set", operator: "UNION ALL", match: "position", left: range(2), right: range(1) },
    query("select 1", { origin: range(1) }),
    query("select 1", { origin: range(2) }),
    query("select 1"),
  ];
  assert.equal(new Set(plans.map(fingerprint)).size, plans.length);
  assert.equal(fingerprint(read({ a: "1", b: "2" })), fingerprint(read({ b: "2", a: "1" })), "options have no order");
});

test("data from JavaScript is itself and no other", () => {
  const data = tableFromArrays({ id: [1] });
  const local = (of: typeof data): Plan => ({ kind: "local", data: of, schema });
  assert.equal(fingerprint(local(data)), fingerprint(local(data)));
  assert.notEqual(fingerprint(local(data)), fingerprint(local(tableFromArrays({ id: [1] }))));
});

test("the outermost cached part is replaced, and what is stored counts as what it was", () => {
  const inner = big(range(5));
  const outer = limit(inner, 3);
  const plan: Plan = { kind: "set", operator: "UNION ALL", match: "position", left: outer, right: big(range(5)) };
  const tables = new Map([
    [fingerprint(inner), "t1"],
    [fingerprint(outer), "t2"],
  ]);
  const replaced = replaceStored(plan, (key) => {
    const name = tables.get(key);
    return name === undefined ? undefined : { table: name, schema };
  });
  assert.deepEqual(
    children(replaced).map((child) => child.kind === "stored" && child.table),
    ["t2", "t1"],
  );
  assert.equal(fingerprint(replaced), fingerprint(plan));
  assert.equal(
    replaceStored(plan, () => undefined),
    plan,
    "nothing to replace: the same node",
  );
});

test("every node is visited once, children first, however deep and often shared", () => {
  let plan: Plan = range(1);
  for (let step = 0; step < 20_000; step++) plan = limit(plan, 1);
  const nodes = childrenFirst(plan);
  assert.equal(nodes.length, 20_001);
  assert.equal(nodes[0]?.kind, "range");
  assert.equal(nodes.at(-1), plan);
  assert.equal(typeof fingerprint(plan), "string");
  const shared = big(range(2));
  assert.equal(
    childrenFirst({ kind: "set", operator: "UNION ALL", match: "position", left: shared, right: shared }).length,
    3,
  );
});

test("mapChildren keeps a node whose children stay, and changes the inputs of SQL text by name", () => {
  const text = query("select * from a", { a: table("x"), b: table("y") });
  assert.equal(
    mapChildren(text, (child) => child),
    text,
  );
  const changed = mapChildren(text, (child) => (child.kind === "table" && child.name === "x" ? range(1) : child));
  assert.deepEqual(
    changed.kind === "sql" && Object.entries(changed.inputs).map(([name, { kind }]) => `${name} ${kind}`),
    ["a range", "b table"],
  );
});
