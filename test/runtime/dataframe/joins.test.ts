import assert from "node:assert/strict";
import { col } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, test }) => {
  const people = createDataFrame([
    { id: 1, name: "Ada", team: "a" },
    { id: 2, name: "Bo", team: "b" },
    { id: 3, name: "Cy", team: "a" },
  ]);

  test("a join's options may stand in the place of its kind", async () => {
    const pairs = people.join(people, (a, b) => a.team.eq(b.team).and(a.id.lt(b.id)), { suffix: "2" });
    assert.deepEqual(await pairs.select("id", "id2").collect(), [{ id: 1, id2: 3 }]);
    assert.deepEqual(await people.join(people, "id", { suffix: "_r" }).columns(), [
      "id",
      "name",
      "team",
      "name_r",
      "team_r",
    ]);
  });

  test("a condition over names that one side has needs no callback", async () => {
    const keys = people.select((f) => ({ key: f.id }));
    assert.equal(await people.join(keys, col("id").eq(col("key")), "left_anti").count(), 0);
    await assert.rejects(people.join(people, col("id").eq(1), { suffix: "2" }).collect(), /"id" is on both sides/);
  });
});
