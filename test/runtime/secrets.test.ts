import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { read, spark, sql } from "../../runtime/index.ts";
import { hideSecrets, hideSecretsInPlace, hideSecretsOf, shownValue } from "../../runtime/secrets.ts";
import { SessionProcess } from "../helpers/session-process.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

test("passwords, keys and tokens are hidden in every form that paths, SQL and connection strings have", () => {
  const texts = [
    "https://user:hunter2@localhost:1/x.parquet",
    "https://u:hun/ter2@h/x and https://u:hun@ter2@h:80/x",
    "https://hunter2@github.com/a",
    "postgresql://u:hunter2@h:5432/db?sslmode=require",
    "postgresql:/u:hunter2@h/db",
    "redis://:hunter2@h",
    "['https://u:hunter2@h/x', 'https://v:hunter2@h/y']",
    "s3://b/x?X-Amz-Signature=hunter2&X-Amz-Date=1&X-Amz-Credential=hunter2",
    "x.csv?sig=hunter2&se=2 and a?token=hunter2 and a?key=hunter2",
    "host=localhost user=u password=hunter2 dbname=x",
    "host=localhost password='hunter2 x' user=u",
    "AccountName=foo;AccountKey=hunter2==;EndpointSuffix=a",
    "jdbc:sqlserver://h:1433;user=u;password=hunter2",
    "SET s3_secret_access_key='hunter2'",
    `SET GLOBAL "http_proxy_password" = 'hunter2'`,
    "ATTACH 'x.db' AS p (ENCRYPTION_KEY 'hunter2')",
    "ATTACH 'md:?motherduck_token=hunter2'",
    "CREATE SECRET a (TYPE s3, KEY_ID 'hunter2', SECRET 'hunter2')",
    `create or replace persistent secret "a b" (type http, bearer_token 'hunter2', extra_http_headers map{'X': 'hunter2'})`,
    "CREATE SECRET (TYPE s3, SECRET hunter2, KEY_ID $$hunter2$$, SECRET 'hunter2",
    "CREATE SECRET a (TYPE s3, SECRET 'it''s;)hunter2')",
    'read.option("password", "hunter2")',
    "conf.set('s3_secret_access_key', `hunter2`)",
    `{ password: "hunter2", apiKey: 'hunter2' }`,
    "Authorization: Bearer hunter2abc",
    "PRAGMA add_parquet_key('k', 'hunter2')",
  ];
  for (const text of texts) {
    const hidden = hideSecrets(text);
    assert.doesNotMatch(hidden, /hun.?ter2/);
    assert.match(hidden, /\*\*\*/);
    assert.equal(hideSecrets(hidden), hidden);
    const inPlace = hideSecretsInPlace(text);
    assert.doesNotMatch(inPlace, /hun.?ter2/);
    assert.equal(inPlace.length, text.length);
  }
});

test("what is no secret stays: users, hosts, ports, containers, columns and prose", () => {
  for (const text of [
    "https://host:8080/path@v1",
    "http://localhost:1/a@b",
    "abfss://container@account.dfs.core.windows.net/x",
    "select * from t where token = 'the' and key = 'a' and signature = 'b'",
    "CREATE SECRET a (TYPE s3, REGION 'eu', SCOPE 's3://b'); select 'password'",
    'the secret "my_s3" does not exist',
    "Unexpected token = 5",
    'Duplicate key "a: 1"',
    "Basic authentication is needed",
    "(TYPE postgres, SECRET my_secret)",
    "const token = tokens[0]",
    "Error at a:b@c, 12:30@noon",
  ]) {
    assert.equal(hideSecrets(text), text);
  }
  assert.deepEqual(
    ["sep", "header", "partitionKey", "timeZone"].map((name) => shownValue(name, "v")),
    ["v", "v", "v", "v"],
  );
  assert.deepEqual(
    ["token", "key", "fs.s3a.access.key", "fs.azure.sas.x", "S3_SECRET"].map((name) => shownValue(name, "v")),
    Array(5).fill("***"),
  );
});

test("a message that repeats a secret of its SQL has it hidden, wherever it stands", () => {
  assert.equal(hideSecretsOf("CREATE SECRET a (SECRET 'hunter2 x')", 'near "hunter2 x"'), 'near "***"');
});

test("long text that looks like secrets is read in time", () => {
  for (const text of ["://a:x", "'", "key=", "?", "create secret (", "password='", "://u:p@", "Bearer "]) {
    hideSecrets(text.repeat(20_000));
  }
});

const leaks: readonly (() => unknown)[] = [
  () => read.parquet("https://user:hunter2@localhost:1/x.parquet").count(),
  () => read.csv("https://localhost:1/x.csv?token=hunter2&a=1").count(),
  () => read.option("s3_secret_access_key", "hunter2").parquet("s3://b/x.parquet").count(),
  () => read.parquet("/nowhere/x?X-Amz-Signature=hunter2").count(),
  () => sql("SELECT CAST('postgresql://u:hunter2@h/db?sig=hunter2' AS INT)").collect(),
  () => sql("SELECT * FROM postgres_scan('host=localhost user=u password=hunter2', 'a', 'b')").collect(),
  () => sql("SELECT * FROM read_parquet('s3://b/a?s3_secret_access_key=hunter2')").collect(),
  () => sql("SELECT nothing, 'https://u:hunter2@h'").collect(),
  () => sql("SELECT 1 'https://u:hunter2@h' FROM WHERE").collect(),
  () => sql("SELECT 1 AS a").write.parquet("s3://k:hunter2@b/out"),
  () => sql("SELECT 1 AS a").write.option("token", "hunter2").parquet("/nowhere/out"),
];

test("DuckDB's errors, with their SQL and causes, are without the secrets of what failed", async () => {
  for (const action of leaks) {
    const error = await Promise.resolve()
      .then(action)
      .then(
        () => assert.fail(`${action} did not fail`),
        (thrown) => thrown as Error & { sql?: string },
      );
    assert.doesNotMatch(`${inspect(error)}\n${error.sql}\n${inspect(error.cause)}`, /hunter2/, String(action));
  }
});

test("settings and options hide secrets where they are shown, and keep them", async () => {
  await spark.conf.set("http_proxy_password", "hunter2");
  await spark.conf.set("spark.hadoop.fs.s3a.secret.key", "hunter2");
  assert.equal(spark.conf.get("http_proxy_password"), "hunter2");
  assert.equal(spark.conf.getAll().get("spark.hadoop.fs.s3a.secret.key"), "hunter2");
  for (const shown of [
    spark.conf,
    spark.conf.getAll(),
    { all: spark.conf.getAll() },
    read.option("password", "hunter2"),
  ]) {
    assert.match(inspect(shown), /\*\*\*/);
    assert.doesNotMatch(inspect(shown), /hunter2/);
  }
});

test("plans hide secrets and run with them", async () => {
  const frame = sql("SELECT 'https://u:hunter2@h/x?sig=hunter2' AS url").filter(
    "url LIKE '%hunter2%' AND url <> 'ftp://u:hunter2@h'",
  );
  for (const mode of ["simple", "extended", "formatted"] as const) {
    const plan = await frame.explain(mode);
    assert.doesNotMatch(JSON.stringify(plan.tree).replaceAll("%hunter2%", ""), /hunter2/);
  }
  assert.deepEqual(await frame.collect(), [{ url: "https://u:hunter2@h/x?sig=hunter2" }]);
});

test("the line that asked for a cache is listed without its secrets, and so is a chart's data that cannot be read", async () => {
  using folder = tempFolder();
  await using session = new SessionProcess({ cwd: folder.path });
  const cached = await session.run(
    "await sql(\"SELECT 'https://u:hunter2@h' AS a\").persist().count(); console.log(spark.storage)",
  );
  assert.match(cached.stdout, /\*\*\*/);
  assert.doesNotMatch(cached.stdout, /hunter2/);
  const chart = await session.run(
    'vega({ data: { url: "https://u:hunter2@localhost:1/x.json?token=hunter2" }, mark: "bar", encoding: { x: { field: "a" } } }).save("x.png")',
  );
  assert.doesNotMatch(chart.traceback + chart.stderr, /hunter2/);
});

test("a cell's error shows no secret: not in the message, the code, what follows it or the progress", async () => {
  using folder = tempFolder();
  await using session = new SessionProcess({ cwd: folder.path });
  const cells = [
    "await sql(\"CREATE SECRET a (TYPE s3, KEY_ID 'hunter2', SECRET 'hunter2', bogus bogus bogus)\").collect()",
    "sql(`CREATE SECRET a (\n TYPE s3,\n SECRET 'hunter2' oops, x 1)`)",
    "sql(\"ATTACH 'postgresql://u:hunter2@localhost:1/db' AS p (TYPE postgres)\")",
    "sql(\"ATTACH '/nowhere/x.db' AS q (ENCRYPTION_KEY 'hunter2')\")",
    "sql(\"SET s3_secret_access_key='hunter2'\")",
    'await fetch("https://user:hunter2@localhost:1/x")',
    'throw Object.assign(new Error("no https://u:hunter2@h"), { url: "https://u:hunter2@h/?token=hunter2", cause: "ftp://u:hunter2@h" })',
    'const a = "https://u:hunter2@h" b',
    'Promise.reject("https://u:hunter2@h")',
  ];
  for (const code of cells) {
    const { events, error } = await session.run(code);
    assert.ok(error, `no error of ${code}`);
    assert.doesNotMatch(JSON.stringify(events), /hunter2/, code);
  }
  const { result } = await session.run('const password = "hunter2"; password');
  assert.equal(result, "'hunter2'");
});
