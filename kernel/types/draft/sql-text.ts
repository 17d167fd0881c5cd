import { columnsAt, columnsOfFrame } from "./column-strings.ts";
import type { Asked, Offers } from "./completions.ts";
import type { CursorContext } from "./cursor.ts";
import type { Offer } from "./items.ts";
import { type SqlCursor, sqlCursor, sqlName, sqlWords } from "./sql-completions.ts";

/** SQL around the cursor; `code` is the cell, where the SQL is a string in it. */
export type SqlText = {
  readonly before: string;
  readonly after: string;
  readonly code: string;
  readonly context?: CursorContext;
  readonly sql?: "query" | "expression";
};

/** A text reads few tables. */
const mostTables = 6;

/** Tables, columns of those that the text reads, and SQL's own words. */
export async function completeSql(text: SqlText, cursorUtf16: number, asked: Asked): Promise<Offers> {
  const { before, after, code, context, sql = "query" } = text;
  const at = sqlCursor(before, after);
  const range = { startUtf16: cursorUtf16 - at.word.length, endUtf16: cursorUtf16 };
  if (at.isQuoted) return { matches: [], ...range };
  const begins = ({ text: name }: Offer) => name.toLowerCase().startsWith(at.word.toLowerCase());
  const inSql = (offer: Offer): Offer => ({ ...offer, text: sqlName(offer.text) });
  // Which variables are frames, the session tells behind each cell.
  await asked.settled();
  if (at.isQuotedName) {
    const found = at.wantsTable ? [...asked.tables()].map(asTable) : await columnsOfTables(at.tables, asked);
    const end = after.startsWith('"') || after.startsWith('\\"') ? "" : '"';
    const quoted = found.filter(begins).map((offer) => ({ ...offer, text: offer.text.replaceAll('"', '""') + end }));
    return { matches: quoted, ...range };
  }

  if (sql === "expression") {
    const columns = context ? await columnsOfReceiver(at.qualifiers, code, asColumns(context), asked) : [];
    const others = at.qualifiers.length > 0 ? [] : sqlWords(at.word, { isExpression: true });
    return { matches: [...columns.filter(begins).map(inSql), ...others], ...range };
  }
  if (at.qualifiers.length > 0) {
    return { matches: (await columnsQualified(at, asked)).filter(begins).map(inSql), ...range };
  }
  const isTemplate = context?.where === "template";
  const tables = [...asked.tables()].map(asTable);
  const frames: Offer[] = asked
    .names()
    .filter(({ text: name }) => asked.isFrame(name))
    .map(({ text: name }) => ({ text: name, kind: "variable" }));
  const shownFrames = frames
    .filter(begins)
    .map((frame) => (isTemplate ? { ...frame, text: `\${${frame.text}}` } : frame));
  const named = [...tables.filter(begins), ...shownFrames];
  if (at.wantsTable) return { matches: named, ...range };
  const aliases = [...at.tables.keys()].filter((name) => name !== "").map(asTable);
  const matches = [
    ...(await columnsOfTables(at.tables, asked)).filter(begins).map(inSql),
    ...aliases.filter(
      (alias) => begins(alias) && !named.some(({ text: name }) => name === alias.text || name === `\${${alias.text}}`),
    ),
    ...(at.word === "" ? [] : named),
    ...sqlWords(at.word, { isExpression: false }),
  ];
  return { matches, ...range };
}

/** Of a frame, behind the names with dots in front of the cursor: structs, and an alias of the frame. */
async function columnsOfReceiver(
  qualifiers: readonly string[],
  code: string,
  context: CursorContext,
  asked: Asked,
): Promise<Offer[]> {
  const columns = (await columnsAt(code, { ...context, text: [...qualifiers, ""].join(".") }, asked)) ?? [];
  const [first, ...fields] = qualifiers;
  if (first === undefined) return columns;
  if (!columns.some(({ text }) => text === first)) return columnsOfReceiver(fields, code, context, asked);
  const path = `${qualifiers.join(".")}.`;
  return columns
    .filter(({ text }) => text.startsWith(path))
    .map((field) => ({ ...field, text: field.text.slice(path.length) }));
}

/** Of the tables of a query: `t.delay`, `t.address.city` or `address.city`. */
async function columnsQualified({ tables, qualifiers }: SqlCursor, asked: Asked): Promise<Offer[]> {
  const [first = "", ...fields] = qualifiers;
  const ofTable = await columnsOfTable(tables.get(first) ?? first, asked, fields);
  return ofTable.length > 0 || tables.has(first) ? ofTable : columnsOfTables(tables, asked, qualifiers);
}

/** The string of `f.filter("…")` is about f's columns as that of `f.drop("…")` is. */
const asColumns = (context: CursorContext): CursorContext => {
  const [call, ...around] = context.calls;
  if (call?.names[0]?.name !== "expr") return context;
  // A function of columns: the frame is that of the call around it.
  return { ...context, calls: [{ ...call, names: [{ name: "col", dotAt: undefined }] }, ...around] };
};

const asTable = (text: string): Offer => ({ text, kind: "table" });

async function columnsOfTables(
  tables: ReadonlyMap<string, string>,
  asked: Asked,
  path: readonly string[] = [],
): Promise<Offer[]> {
  const columns = new Map<string, Offer>();
  for (const table of [...new Set(tables.values())].slice(0, mostTables)) {
    for (const column of await columnsOfTable(table, asked, path))
      if (!columns.has(column.text)) columns.set(column.text, column);
  }
  return [...columns.values()];
}

/** Or the fields of a struct in it. */
async function columnsOfTable(name: string, asked: Asked, path: readonly string[] = []): Promise<Offer[]> {
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && asked.isFrame(name))
    return columnsOfFrame(name, asked, path);
  const query = name.replaceAll(/\$\{\s*([\p{ID_Continue}$]+)\s*\}/gu, "$1");
  if (/\bselect \* from /.test(query)) return columnsOfFrame(`sql(${JSON.stringify(query)})`, asked, path);
  return columnsOfFrame(`table(${JSON.stringify(name)})`, asked, path);
}
