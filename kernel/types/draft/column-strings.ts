import type { Asked } from "./completions.ts";
import type { Call, CursorContext } from "./cursor.ts";
import { isField, type Offer, shownItems, signatureOf } from "./items.ts";

/** Methods of frames whose strings name columns. */
const ofFrames = new Set(
  `select drop groupBy orderBy sort dropDuplicates withColumn withColumnRenamed filter where agg withColumns join
  partitionBy selectExpr`.split(/\s+/),
);
/** Those of a frame that is grouped; its columns are found through agg. */
const ofGroups = new Set("sum avg mean min max pivot agg".split(" "));
/** Preloaded functions whose strings are columns, of the frame that the call around them is about. */
const ofColumns = new Set(
  `col sum avg min max count countDistinct lag lead round coalesce concat hour year month to_date date_trunc`.split(
    /\s+/,
  ),
);
/** Those whose first text is no column. */
const behindText = new Set(
  `lit expr date_trunc date_part datepart extract concat_ws format_string printf udf java_method reflect`.split(/\s+/),
);
/** A window that stands by itself may be for any of the frames. */
const mostFrames = 6;

/** The columns that a string may name; undefined where the string is of another kind. */
export async function columnsAt(code: string, context: CursorContext, asked: Asked): Promise<Offer[] | undefined> {
  const [direct, ...around] = context.calls;
  if (!direct?.isDirect) return undefined;
  const isWindow = direct.names.at(-1)?.name === "Window" && ofFrames.has(direct.names[0]?.name ?? "");
  const isOther = isWindow || isFunctionOfColumns(direct);
  const frame = isOther ? around.find(isOfFrame) : isOfFrame(direct) ? direct : undefined;
  if (!frame) return isWindow ? columnsOfAll(asked) : undefined;
  const columns = await columnsOf(receiverOf(frame, code), frame, asked, context.text);
  return columns && !isOther && frame.names[0]?.name === "join" ? joinedBy(columns, frame, code, asked) : columns;
}

/** Those that both sides have; all where the other side's are not known. */
async function joinedBy(columns: readonly Offer[], { argumentAt }: Call, code: string, asked: Asked): Promise<Offer[]> {
  const others = await columnsBehind(`${code.slice(0, argumentAt)}(quernLeft, quernRow) => quernRow.`, asked);
  return columns.filter(({ text }) => others.length === 0 || others.some((other) => other.text === text));
}

function isFunctionOfColumns({ names: [own, of, ...more], argument }: Call): boolean {
  if (own === undefined || more.length > 0 || (argument === 0 && behindText.has(own.name))) return false;
  return of === undefined ? ofColumns.has(own.name) : of.name === "F" && (argument === 0 || ofColumns.has(own.name));
}

/** Of the session's frames. */
async function columnsOfAll(asked: Asked): Promise<Offer[]> {
  const frames = asked.names().filter(({ text }) => asked.isFrame(text));
  const columns = new Map<string, Offer>();
  for (const { text: frame } of frames.slice(0, mostFrames)) {
    for (const column of await columnsOfFrame(frame, asked)) columns.set(column.text, column);
  }
  return [...columns.values()];
}

/** Those of the frame whose method is called. */
export const columnsOfCall = async (code: string, call: Call, asked: Asked): Promise<Offer[] | undefined> =>
  isOfFrame(call) ? columnsOf(receiverOf(call, code), call, asked) : undefined;

function isOfFrame({ names, argument }: Call): boolean {
  const [own] = names;
  const root = names.at(-1)?.name;
  if (own?.dotAt === undefined || root === "F" || root === "Window") return false;
  if (own.name === "join") return argument === 1;
  if (own.name === "withColumn" || own.name === "withColumnRenamed") return argument === 0 || own.name === "withColumn";
  return ofFrames.has(own.name) || ofGroups.has(own.name);
}

/** The text up to the frame's end: of `f.write.partitionBy(` that before `.write`. */
function receiverOf({ names }: Call, code: string): string {
  const write = names.find(({ name }) => name === "write");
  return code.slice(0, write?.dotAt ?? names[0]?.dotAt);
}

/** A callback lists the columns of whatever stands before it, and the fields of those that `typed` leads into. */
async function columnsOf(
  before: string,
  { names: [own] }: Call,
  asked: Asked,
  typed = "",
): Promise<Offer[] | undefined> {
  const method = ofGroups.has(own?.name ?? "") ? "agg" : "filter";
  const row = `${before}.${method}((quernRow) => quernRow`;
  const columns = await columnsBehind(`${row}.`, asked);
  const path = typed.split(".").slice(0, -1);
  const fields = path.length === 0 ? [] : await fieldsOf(row, path, asked);
  return columns.length + fields.length === 0 ? undefined : [...columns, ...fields];
}

async function fieldsOf(row: string, path: readonly string[], asked: Asked): Promise<Offer[]> {
  const text = `${row}${path.map((name) => `[${JSON.stringify(name)}]`).join("")}.`;
  const items = shownItems(await asked.items(text, text.length)).filter(isField);
  return items.map(({ label }) => ({ text: [...path, label].join("."), kind: "column" }));
}

/** Of an expression that ends the text, the columns, or the fields of the struct that the path leads to. */
export async function columnsOfFrame(expression: string, asked: Asked, path: readonly string[] = []): Promise<Offer[]> {
  const row = `${expression}.filter((quernRow) => quernRow`;
  if (path.length === 0) return columnsBehind(`${row}.`, asked);
  const fields = await fieldsOf(row, path, asked);
  return fields.map((field) => ({ ...field, text: field.text.slice(path.join(".").length + 1) }));
}

async function columnsBehind(text: string, asked: Asked): Promise<Offer[]> {
  const items = shownItems(await asked.items(text, text.length)).sort((a, b) => (a.label < b.label ? -1 : 1));
  const { texts, areColumns } = await asked.details(items);
  if (!areColumns) return [];
  return items.map(({ label }, index) => {
    const signature = signatureOf(label, texts[index]);
    return { text: label, kind: "column", ...(signature !== undefined && { signature }) };
  });
}
