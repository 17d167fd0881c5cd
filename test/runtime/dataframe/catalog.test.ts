import assert from "node:assert/strict";
import { StorageLevel } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ spark, range, table, test }) => {
  const { catalog } = spark;
  const other = `other_${process.pid}`;
  const names = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name).sort();

  test("tables and temporary views are told apart, with their database", async () => {
    await range(3).write.mode("overwrite").saveAsTable("Counted");
    await range(2).createOrReplaceTempView("zwei");
    const database = await catalog.currentDatabase();
    const tables = new Map((await catalog.listTables()).map((entry) => [entry.name.toLowerCase(), entry]));
    const { name, ...counted } = tables.get("counted") ?? { name: "" };
    assert.match(name, /^counted$/i);
    assert.deepEqual(counted, { database, kind: "table", isTemporary: false });
    assert.deepEqual(tables.get("zwei"), { name: "zwei", database: null, kind: "view", isTemporary: true });
    assert.deepEqual(names(await catalog.listTables(undefined, "zw*|nothing")), ["zwei"]);
    assert.deepEqual(names(await catalog.listViews()), ["zwei"]);
    assert.equal((await catalog.getTable(`${database}.counted`)).kind, "table");
    await assert.rejects(catalog.getTable("countd"), /no table or view "countd".*Did you mean/);
  });

  test("columns of a table are listed with their types", async () => {
    assert.deepEqual(
      (await catalog.listColumns("zwei")).map(({ name, dataType }) => [name, dataType]),
      [["id", "bigint"]],
    );
    await assert.rejects(catalog.listColumns("nowhere"), /nowhere/);
  });

  test("names without a database are looked for in the current one", async () => {
    const database = await catalog.currentDatabase();
    await catalog.createDatabase(other);
    await catalog.createDatabase(other, { ifNotExists: true });
    await catalog.createDatabase(other, true);
    await assert.rejects(catalog.createDatabase(other, false));
    assert.throws(
      () => (catalog as any).createDatabase(other, { ifNotExist: true }),
      /true or \{ ifNotExists: true \}/,
    );
    assert.throws(() => (catalog as any).dropTable("counted", "if exists"), { code: "CATALOG" });
    assert.match(await catalog.currentCatalog(), /^(memory|spark_catalog)$/);
    assert.equal(await catalog.databaseExists(other.toUpperCase()), true);
    assert.deepEqual(await catalog.listDatabases(`${other}|x*`), [other]);
    await catalog.setCurrentDatabase(other);
    try {
      assert.equal(await catalog.currentDatabase(), other);
      await range(5).write.saveAsTable("here");
      assert.equal(await table("here").count(), 5);
      assert.equal(await catalog.tableExists("counted"), false);
      assert.equal(await catalog.tableExists(`${database}.Counted`), true);
      assert.equal(await catalog.tableExists("nowhere.counted"), false);
    } finally {
      await catalog.setCurrentDatabase(database);
    }
    assert.equal(await table(`${other}.here`).count(), 5);
    assert.equal(await catalog.tableExists("here", other), true);
    assert.equal(
      (await catalog.listColumns("here", other)).length,
      (await catalog.listColumns(`${other}.here`)).length,
    );
    await catalog.truncateTable(`${other}.here`);
    assert.equal(await table(`${other}.here`).count(), 0);
    await catalog.dropTable(`${other}.here`);
    await catalog.dropTable(`${other}.here`, true);
    assert.deepEqual(names((await catalog.listTables(other)).filter((entry) => !entry.isTemporary)), []);
    await range(1).write.saveAsTable(`${other}.more`);
    await assert.rejects(catalog.dropDatabase(other));
    await catalog.dropDatabase(other, false, true);
    await catalog.dropDatabase(other, { ifExists: true });
    await catalog.dropDatabase(other, true);
    await assert.rejects(catalog.listTables(other), /no database/);
  });

  test("tables and views are dropped, and kept in the meantime", async () => {
    catalog.cacheTable("counted", StorageLevel.MEMORY_ONLY);
    assert.equal(await catalog.isCached("counted"), true);
    assert.equal(await table("counted").count(), 3);
    catalog.uncacheTable("counted");
    assert.equal(await catalog.isCached("counted"), false);
    await catalog.refreshTable("counted");
    await catalog.dropTable("counted");
    await catalog.dropTable("counted", { ifExists: true });
    await assert.rejects(catalog.dropTable("counted"), /counted/);
    await catalog.dropView("no_view", { ifExists: true });
    assert.equal(await catalog.dropTempView("zwei"), true);
    assert.equal(await catalog.tableExists("zwei"), false);
  });
});
