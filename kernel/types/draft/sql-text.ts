import { columnsAt, columnsOfFrame } from "./column-strings.ts";
import type { Asked, Offers } from "./completions.ts";
import type { CursorContext } from "./cursor.ts";
import type { Offer } from "./items.ts";
import { sqlCursor, sqlName, sqlWords } from "./sql-completions.ts";

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
    const columns = context ? ((await columnsAt(code, asColumns(context), asked)) ?? []) : [];
    return { matches: [...columns.filter(begins).map(inSql), ...sqlWords(at.word, { isExpression: true })], ...range };
  }
  if (at.qualifier !== undefined) {
    const table = at.tables.get(at.qualifier) ?? at.qualifier;
    return { matches: (await columnsOfTable(table, asked)).filter(begins).map(inSql), ...range };
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

/** The string of `f.filter("…")` is about f's columns as that of `f.drop("…")` is. */
const asColumns = (context: CursorContext): CursorContext => {
  const [call, ...around] = context.calls;
  if (call?.names[0]?.name !== "expr") return context;
  // A function of columns: the frame is that of the call around it.
  return { ...context, calls: [{ ...call, names: [{ name: "col", dotAt: undefined }] }, ...around] };
};

const asTable = (text: string): Offer => ({ text, kind: "table" });

async function columnsOfTables(tables: ReadonlyMap<string, string>, asked: Asked): Promise<Offer[]> {
  const columns = new Map<string, Offer>();
  for (const table of [...new Set(tables.values())].slice(0, mostTables)) {
    for (const column of await columnsOfTable(table, asked))
      if (!columns.has(column.text)) columns.set(column.text, column);
  }
  return [...columns.values()];
}

async function columnsOfTable(name: string, asked: Asked): Promise<Offer[]> {
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && asked.isFrame(name)) return columnsOfFrame(name, asked);
  const query = name.replaceAll(/\$\{\s*([\p{ID_Continue}$]+)\s*\}/gu, "$1");
  if (/\bselect \* from /.test(query)) return columnsOfFrame(`sql(${JSON.stringify(query)})`, asked);
  return columnsOfFrame(`table(${JSON.stringify(name)})`, asked);
}
