import { expressionText } from "../../plan/expression-text.ts";
import { typeName } from "../../plan/type-names.ts";
import type { Arg, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";

const bareNames = (type: string) => type.replace(/`((?:[^`]|``)*)`/g, (_, name: string) => name.replaceAll("``", "`"));

/** error(NULL) would be no error. */
const written = (message: Arg) => (message.nullable ? `coalesce(${message.text}, 'null')` : message.operand);

export const miscTemplates: Templates = {
  nvl2: ([test, there, missing]) => `CASE WHEN ${test.operand} IS NOT NULL THEN ${there.text} ELSE ${missing.text} END`,
  nullifzero: ([x]) => `nullif(${x.text}, 0)`,
  zeroifnull: ([x]) => `coalesce(${x.text}, 0)`,
  // Without an order DuckDB takes the rows as they come, which keeps what order they have.
  rowIndex: () => "(row_number() OVER () - 1)",
  monotonically_increasing_id: () => "(row_number() OVER () - 1)",
  typeof: ([value]) => quoteText(bareNames(typeName(value.given.type))),
  raise_error: ([message]) => `error('[USER_RAISED_EXCEPTION] ' || ${written(message)})`,
  assert_true: ([condition, message]) =>
    `CASE WHEN ${condition.operand} THEN NULL ELSE error('[USER_RAISED_EXCEPTION] ' || ${message === undefined ? quoteText(`'${expressionText(condition.expression)}' is not true!`) : written(message)}) END`,
  current_user: () => "current_user",
  current_catalog: () => "current_database()",
  current_database: () => "current_schema()",
};
