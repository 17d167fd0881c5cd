import { functionEntry } from "../../plan/functions.ts";
import { didYouMean } from "../../plan/nearest.ts";

type Refusal = readonly [words: RegExp, say: (name: string, candidates: string, sql: string) => string];

/**
 * What DuckDB says of SQL text that it refuses, without what means nothing to the user: candidates that are nothing like
 * the name, names of tables of ours, long lists of types.
 */
export function refusal(message: string, sql = ""): string {
  for (const [words, say] of REFUSALS) {
    const match = words.exec(message);
    if (match !== null) return say(match[1] ?? "", match[2] ?? "", sql);
  }
  return message;
}

/** Texts are DuckDB's SQL, unless the session says otherwise. */
const inSpark = (name: string): string =>
  functionEntry(name.toLowerCase()) === undefined
    ? ""
    : ` This text is DuckDB's SQL. In Spark's there is one: F.${name.toLowerCase()}, or spark.conf.set("spark.quern.sql.dialect", "spark") before the text.`;

const REFUSALS: readonly Refusal[] = [
  [
    /^(?:Scalar |Aggregate |Table )?Function with name "?(\w+)"? does not exist\.?(?: Did you mean (.*)\?)?$/i,
    (name, candidates) => `There is no function "${name}" in SQL.${inSpark(name) || near(name, candidates)}`,
  ],
  // A name in Spark's quotes is read as an operator behind what stands before it.
  [/^Scalar Function with name (`)+__postfix does not exist/, () => `SQL: \` is no quote. ${DOUBLE_QUOTES}`],
  [
    /^Referenced column "(.*?)" not found in FROM clause\.?(?: Candidate bindings:? (.*))?/,
    (name, candidates, sql) =>
      `There is no column "${name}" here.${near(name, candidates) || (isQuoted(name, sql) ? ` Text stands in single quotes: '${name}'.` : "")}`,
  ],
  [
    /^(?:Values list|Table) "(.*?)" does not have a column named "(.*?)"/,
    (table, name) => `There is no column "${name}" in "${table}".`,
  ],
  [
    /^Referenced table "(.*?)" not found\.?(?: Candidate tables: (.*))?/,
    (name, candidates) => `There is no table or struct "${name}" here.${near(name, candidates)}`,
  ],
  [
    /^Could not find key "(.*?)" in struct\.?(?: Candidate Entries: (.*))?/,
    (name, candidates) => `There is no field "${name}" in the struct.${near(name, candidates)}`,
  ],
  [/^Type with name (\S+) does not exist/, (name) => `There is no type "${name}" in SQL.${didYouMean(name, TYPES)}`],
  [
    /^unrecognized configuration parameter "(.*?)"\.?(?: Did you mean: (.*))?/,
    (name, candidates) => `DuckDB has no setting "${name}".${near(name, candidates)}`,
  ],
  [
    /^Pragma Function with name (\S+) does not exist\.?(?: Did you mean (.*)\?)?/,
    (name, candidates) => `There is no PRAGMA "${name}".${near(name, candidates)}`,
  ],
  [
    /^No function matches the given name and argument types '(.*?)'\. You might/,
    (call) =>
      `No function takes these types: ${call}.${call.startsWith("&&(") ? " Conditions are joined by AND." : " Cast the arguments to others."}`,
  ],
  [
    /^Could not choose a best candidate function for the function call "(.*?)"\. In order/,
    (call) => `More than one function takes these types: ${call}. Cast the arguments to others.`,
  ],
];

/** Spark's quotes of names. */
export const DOUBLE_QUOTES = 'In DuckDB\'s SQL names stand in double quotes, as "my column".';

/** DuckDB's candidates, in quotes and with commas between them, as far as they are near. */
const near = (name: string, candidates: string): string =>
  didYouMean(
    name,
    Array.from(candidates.matchAll(/"((?:[^"]|"")*)"/g), ([, one = ""]) => one),
  );

const isQuoted = (name: string, sql: string): boolean => sql.includes(`"${name}"`);

const TYPES =
  "boolean tinyint smallint int integer bigint hugeint float real double decimal numeric varchar text string char blob date time timestamp timestamptz interval uuid json".split(
    " ",
  );
