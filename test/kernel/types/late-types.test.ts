import assert from "node:assert/strict";
import { test } from "node:test";
import { openTypes } from "../../../kernel/types/types.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

test("what a cell made of a source whose columns were told too late is typed when it has run", {
  timeout: 180_000,
}, async () => {
  using folder = tempFolder();
  let isTold = false;
  const types = openTypes(
    { folder: folder.path, mode: "error", log: () => {}, patience: 10 },
    {
      describe: async (sources) => (isTold ? sources.map(() => "{ price: Sql.Double | null }") : undefined),
      settledTypes: async () => true,
      hasName: () => false,
    },
  );
  try {
    const made = 'const stocks = read.csv("stocks.csv")\nconst rows = await stocks.collect()';
    const checked = await types.check(made);
    isTold = true;
    types.ran({ run: 1, executionCount: 1, code: made }, checked, "ok", () => true);
    const { problems } = await types.check("rows[0].pric");
    assert.match(problems[0]?.message ?? "", /Property 'pric' does not exist.* Did you mean 'price'\?/);
  } finally {
    types.stop();
  }
});
