import { distance } from "fastest-levenshtein";
import { preloadedTypes, sqlTypes } from "../server/preloaded.ts";
import { columnsOfAgg, inWordsOfFrames } from "./frame-words.ts";
import { notAssignable } from "./policy.ts";

/** What the words for a diagnostic may say beside TypeScript's own. */
export type Surroundings = {
  /** The text that the diagnostic is about. */
  readonly text: string;
  /** All names that cells have declared. */
  readonly names: Iterable<string>;
  /** Where a name of the user's was declared last: `cell [3]`, `this cell`; undefined where it is not his. */
  ownerOf(name: string): string | undefined;
  /** The cell that would have declared a name, had it not ended in an error. */
  missedBy(name: string): string | undefined;
  /** Whether it is the name of a function over columns. */
  isFunction(name: string): boolean;
  /** Whether Quern has it under this name, to be imported. */
  isExported(name: string): boolean;
  /** Whether something is assigned to it. */
  readonly isAssigned?: boolean;
  /** Whether it is a Column. */
  readonly isColumn?: boolean;
  /** The function in whose brackets it stands, and the name that it is a member of. */
  readonly callee?: string | undefined;
  readonly receiver?: string | undefined;
  /** What a hover says about that function. */
  hoverOfCallee(): Promise<string>;
  /** What could stand in the place of the text; asked where TypeScript's message leaves most of it out. */
  alternatives(): Promise<readonly string[]>;
};

const notCallable = new Set([2348, 2349, 2351]);
const notFound = new Set([2304, 2503, 2552]);
/** TypeScript's message, with what Quern knows beside it. */
export async function wordsFor(code: number, told: string, about: Surroundings): Promise<string> {
  const words = (await wordsOf(code, told, about)) + (ofPromise(code, told) ? " Is an await missing?" : "");
  if (code === 2339 && about.receiver !== undefined && ofSession.has(about.receiver))
    return words + shadowed(about.receiver, about);
  const isOfColumn = (code === 2339 || notAssignable.has(code)) && /\b(?:Column|DataFrame)</.test(told);
  return isOfColumn && about.callee !== undefined ? words + shadowed(about.callee, about) : words;
}

/** A promise is used as if it were what it promises. */
const ofPromise = (code: number, message: string): boolean =>
  usedAsValue.has(code) && /^[^\n]*\b[Tt]ypes? '(?:[^']*' and ')?Promise</.test(message);
const usedAsValue = new Set([2339, 2551, 2365, 2367, 2488, 7053]);

async function wordsOf(code: number, told: string, about: Surroundings): Promise<string> {
  const message = inWordsOfFrames(lastOverload(told), about.text);
  if (notCallable.has(code))
    return plain(message) + shadowed(/^[\p{ID_Continue}$]*/u.exec(about.text)?.[0] ?? "", about);
  if (notFound.has(code)) return notFoundWords(plain(message), about);
  if (code === 2693 && preloadedTypes.has(about.text))
    return `${plain(message)} As a value: import { ${about.text} } from "quern".`;
  if (/'boolean' is not assignable to type 'Condition'/.test(message)) return plain(message) + insteadOfOperators;
  if (about.callee === "agg" && / does not exist in type 'Column<any, any>'\.$/.test(message)) return ofAgg(about);
  if (notAssignable.has(code)) return nearestLiteral(message, about);
  if (code === 2632 && about.ownerOf(about.text) === undefined) {
    return message.replace("an import.", `a name of Quern's. Declare yours: let ${about.text} = …`);
  }
  if (about.isColumn) return `A Column is no number.${insteadOfOperators}`;
  if (code === 2554 && lacksNulls(message, about.text))
    return 'The function takes null. Say whether it is called with NULL, udf(…, { nulls: "pass" }), or NULL goes around it, { nulls: "skip" }.';
  if (operated.has(code)) return plain(message) + operatorOfColumn(message);
  // That it is an implicit any is not what matters of a column that there is not.
  if (code === 7053) return nearestColumn(plain(message.split("\n  ").at(-1) ?? message), about);
  if (code === 2353 && ofReaders.has(about.callee ?? "") && message.endsWith(" in type 'readonly string[]'."))
    return `${about.callee} takes paths alone. Options stand before it: option("${about.text}", …).${about.callee}(…).`;
  if (code === 2305 && message.includes('"quern"') && sqlTypes.includes(about.text))
    return `${plain(message)} It is Sql.${about.text}: import type { Sql } from "quern".`;
  if (code !== 2339) return plain(message);
  return (await nearestColumn(plain(message), about)) + ofColumn(message, about);
}

/** Of `agg({ amuont: "avg" })`: TypeScript tells the last way to call it. */
async function ofAgg(about: Surroundings): Promise<string> {
  const columns = columnsOfAgg(await about.hoverOfCallee());
  const text = about.text.replaceAll(/^["']|["']$/g, "");
  if (columns !== "" && !columns.split(", ").includes(text))
    return nearestColumn(`Property '${text}' does not exist: the columns are ${columns}.`, { ...about, text });
  return 'agg takes the names of aggregates by columns, agg({ delay: "max" }), or columns by their names, agg((f) => ({ most: max(f.delay) })).';
}

const ofReaders = new Set(["csv", "json", "parquet", "text", "orc", "load"]);

/** What does here what a method that a column has not does elsewhere. */
function ofColumn(message: string, { text, isFunction }: Surroundings): string {
  if (!/ on type 'Column</.test(message)) return "";
  const method = otherMethods.get(text);
  if (method !== undefined) return ` It is .${method}().`;
  const name = otherFunctions.get(text) ?? text;
  return isFunction(name) ? ` It is a function: F.${name}(column).` : "";
}
const otherMethods = new Map(
  Object.entries({
    as: "alias",
    add: "plus",
    subtract: "minus",
    multiply: "times",
    divide: "div",
    includes: "contains",
  }),
);
const otherFunctions = new Map(Object.entries({ toUpperCase: "upper", toLowerCase: "lower" }));

/** The options of a udf may be left out where its function takes no null. */
const lacksNulls = (message: string, text: string): boolean =>
  /^(?:F\.)?udf$/.test(text) && message.startsWith("Expected 3 arguments, but got 2.");

function notFoundWords(message: string, about: Surroundings): string {
  const { text, names, missedBy, isFunction, isExported, isAssigned } = about;
  const [bare = message] = message.split(" Did you mean ");
  const missed = missedBy(text);
  if (missed !== undefined) return `${bare} It is declared in ${missed}, which ended in an error.`;
  if (isAssigned) return `${bare} To declare it: let ${text} = …`;
  if (isExported(text)) return `${bare} Import it: import { ${text} } from "quern".`;
  if (isFunction(text)) return `${bare} Quern's is \`F.${text}\`.`;
  return bare === message ? message + suggestion(text, [...names], "'") : message;
}

/** TypeScript gives the nearest property where it is very near. */
async function nearestColumn(message: string, { text, alternatives }: Surroundings): Promise<string> {
  const [, list] = /: the (?:columns|fields of .*) are (.*)\.$/s.exec(message) ?? [];
  if (list === undefined) return message;
  const wrong = /(["'`])(.*)\1\]$/s.exec(text)?.[2] ?? text;
  const known = Array.from(list.matchAll(/("(?:[^"\\]|\\.)*")|[^,\s]+/g), ([name, quoted]) =>
    quoted ? (JSON.parse(quoted) as string) : name,
  );
  return message + suggestion(wrong, known.includes("…") ? await alternatives() : known, "'");
}

const operated = new Set([2365, 2367]);
const insteadOfOperators =
  " A Column has methods in place of operators: .eq(), .ne(), .gt(), .ge(), .lt(), .le(), .and(), .or(), .isNull(), .isin(), .plus(), .minus(), .times(), .div().";
const operatorOfColumn = (message: string): string => (message.includes("'Column<") ? insteadOfOperators : "");

export const columnTested = (operator: string): string =>
  `A Column is always true: "${operator}" would silently drop the condition. ${wayOut[operator] ?? otherWayOut}`;

export const promiseTested = (operator: string): string =>
  `A Promise is always true: "${operator}" does not see what it promises. Is an await missing?`;

const wayOut: { readonly [operator: string]: string } = {
  "&&": "Use .and().",
  "||": "Use .or().",
  "!": "Use .not().",
  "??": "Use coalesce().",
  "?:": "Use when().otherwise().",
};
const otherWayOut = "Use when().otherwise(), or count the rows of a filter.";

/** Without the names of the modules that cells are. */
const plain = (message: string): string =>
  message
    .replaceAll(/import\("(?:\.\/quern-run-\d+\.mts|quern|packed:[^"]*)"\)\./g, "")
    .replaceAll(/import\("[^"]*\/([^"/]+)"\)/g, 'import("$1")')
    .replace(/ Do you need to (?:change your target library|install type definitions)\?.*$/s, "")
    .replace(/ Did you mean '__quern\w*'\?/, "")
    .replace("because it is an import.", "because an earlier cell declares it with const, function or class.");

/** Overloads are tried in order, and the last is the one with plain names. */
const lastOverload = (message: string): string =>
  /The last overload gave the following error\.\n\s*(.*)/s.exec(message)?.[1]?.replaceAll(/\n\s+/g, "\n  ") ?? message;

/** Where a name of Quern's is the user's now. */
function shadowed(name: string, { ownerOf, isFunction }: Surroundings): string {
  const owner = ownerOf(name);
  const other = ofSession.has(name) ? `spark.${name}` : isFunction(name) ? `F.${name}` : undefined;
  return owner === undefined || other === undefined
    ? ""
    : ` \`${name}\` is yours since ${owner}; Quern's is \`${other}\`.`;
}

/** Preloaded members of spark. */
const ofSession = new Set(["read", "sql", "table", "range", "createDataFrame"]);

/** A misspelt string: TypeScript lists what it could be, and says nothing of what is near. */
async function nearestLiteral(message: string, { text, alternatives }: Surroundings): Promise<string> {
  const [, wrong] = /^["'`](.*)["'`]$/s.exec(text) ?? [];
  if (wrong === undefined || !/ type '"/.test(message)) return plain(message);
  const [, target = ""] = /to (?:parameter of )?type '(.*)'\.$/m.exec(message) ?? [];
  const listed = literalsIn(target);
  const known =
    /\.\.\. \d+ more \.\.\.|^[\w.]+(<|$)|keyof/.test(target) || listed.length === 0 ? await alternatives() : listed;
  return plain(message) + suggestion(wrong, known, '"');
}

/**
 * Of a list of names, and behind "*", TypeScript does not say which name is wrong: the first literal that is not among what
 * could stand there, and where it stands.
 */
export function wrongLiteral(told: string, text: string, rest: string) {
  const isStar = /^["'`]\*["'`]$/.test(text);
  const [, target = ""] = / to (?:parameter of )?type '(.*)'\.$/m.exec(lastOverload(told)) ?? [];
  const known = literalsIn(target);
  if ((!isStar && !text.startsWith("[")) || known.length === 0 || /\.\.\. \d+ more/.test(target)) return undefined;
  const list = isStar ? (/^["'`]\*["'`](?:\s*,\s*(?:"[^"\\]*"|'[^'\\]*'))+/.exec(rest)?.[0] ?? "") : text;
  for (const { 0: literal, index: at } of list.matchAll(/"[^"\\]*"|'[^'\\]*'/g)) {
    const name = literal.slice(1, -1);
    if (name === "*" || known.includes(name)) continue;
    const message = `Argument of type '"${name}"' is not assignable to parameter of type '${target}'.`;
    return { text: literal, at, message };
  }
  return undefined;
}

const literalsIn = (type: string): string[] =>
  Array.from(type.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, name = ""]) => name);

function suggestion(wrong: string, known: readonly string[], quote: string): string {
  if (known.length === 0 || wrong.length < 3) return "";
  // The beginning of one name alone.
  const [begun, ...others] = known.filter((name) => name.toLowerCase().startsWith(wrong.toLowerCase()));
  if (begun !== undefined && others.length === 0) return ` Did you mean ${quote}${begun}${quote}?`;
  const near = known.toSorted((a, b) => changes(wrong, a) - changes(wrong, b))[0] as string;
  // Three changes in a short word make any word of any other.
  const isNear = changes(wrong, near) <= Math.max(1, Math.floor(wrong.length * 0.4));
  return isNear ? ` Did you mean ${quote}${near}${quote}?` : "";
}

/** Letters in another order are one mistake. */
function changes(wrong: string, name: string): number {
  const [a, b] = [wrong.toLowerCase(), name.toLowerCase()];
  return a !== b && [...a].sort().join("") === [...b].sort().join("") ? 1 : distance(a, b);
}
