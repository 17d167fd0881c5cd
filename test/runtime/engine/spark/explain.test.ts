import assert from "node:assert/strict";
import test from "node:test";
import { physicalPlan } from "../../../../runtime/engine/spark/explain.ts";

const text = `== Physical Plan ==
AdaptiveSparkPlan (6)
+- * Project (5)
   +- * BroadcastHashJoin Inner BuildRight (4)
      :- * Filter (2)
      :  +- * Range (1)
      +- BroadcastExchange (3)


(1) Range [codegen id : 1]
Output [1]: [id#0L]
Arguments: Range (0, 10, step=1)

(2) Filter [codegen id : 1]
Input [1]: [id#0L]
Condition : (id#0L > 3)

(4) BroadcastHashJoin [codegen id : 2]
Left keys [1]: [id#0L]
Join type: Inner
Join condition: None
`;

test("the text of Spark's plan becomes a tree with what each operator says", () => {
  const root = physicalPlan(text);
  const join = root.children[0]?.children[0];
  assert.equal(root.name, "AdaptiveSparkPlan");
  assert.equal(join?.name, "BroadcastHashJoin Inner BuildRight");
  assert.deepEqual(join?.details, [
    { label: "left keys", value: "[id]" },
    { label: "join type", value: "Inner" },
  ]);
  assert.deepEqual(
    join?.children.map(({ name, children }) => [name, children.length]),
    [
      ["Filter", 1],
      ["BroadcastExchange", 0],
    ],
  );
  assert.deepEqual(join?.children[0]?.details[1], { label: "condition", value: "(id > 3)" });
});

test("what Spark's cache serves is marked, with how it is filled below it", () => {
  const root = physicalPlan(`== Physical Plan ==
Filter (4)
+- InMemoryTableScan (1) (columnarIn=false, columnarOut=true)
      +- InMemoryRelation (2)
            +- * Range (3)


(1) InMemoryTableScan
Output [1]: [id#3086L]
`);
  const [scan] = root.children;
  assert.equal(scan?.name, "InMemoryTableScan");
  assert.ok(scan?.cached);
  assert.deepEqual(
    scan?.children.map(({ name, children }) => [name, children[0]?.name]),
    [["InMemoryRelation", "Range"]],
  );
});
