import type { Asked } from "./completions.ts";
import type { Call, CursorContext } from "./cursor.ts";
import { type Offer, shownItems, signatureOf } from "./items.ts";

/** Methods of frames whose strings name columns. */
const ofFrames = new Set(
  `select drop groupBy orderBy sort dropDuplicates withColumn withColumnRenamed filter where agg withColumns join
  partitionBy selectExpr`.split(/\s+/),
);
/** Those of a frame that is grouped; its columns are found through agg. */
const ofGroups = new Set("sum avg mean min max pivot agg".split(" "));
/** Functions whose first string is a column, of the frame that the call around them is about. */
const ofColumns = new Set(
  `col sum avg min max count countDistinct lag lead round coalesce concat hour year month to_date date_trunc`.split(
    /\s+/,
  ),
);

/** The columns that a string may name; undefined where the string is of another kind. */
export async function columnsAt(code: string, { calls }: CursorContext, asked: Asked): Promise<Offer[] | undefined> {
  const [direct, ...around] = calls;
  if (!direct?.isDirect) return undefined;
  if (isOfFrame(direct)) return columnsOf(receiverOf(direct, code), direct, asked);
  const own = direct.names[0];
  const isFunction = own && ofColumns.has(own.name) && (own.dotAt === undefined || direct.names[1]?.name === "F");
  const frame = isFunction ? around.find(isOfFrame) : undefined;
  return frame && columnsOf(receiverOf(frame, code), frame, asked);
}

/** Those of the frame whose method is called. */
export const columnsOfCall = async (code: string, call: Call, asked: Asked): Promise<Offer[] | undefined> =>
  isOfFrame(call) ? columnsOf(receiverOf(call, code), call, asked) : undefined;

function isOfFrame({ names: [own], argument }: Call): boolean {
  if (own?.dotAt === undefined) return false;
  if (own.name === "join") return argument === 1;
  if (own.name === "withColumn" || own.name === "withColumnRenamed") return argument === 0 || own.name === "withColumn";
  return ofFrames.has(own.name) || ofGroups.has(own.name);
}

/** The text up to the frame's end: of `f.write.partitionBy(` that before `.write`. */
function receiverOf({ names }: Call, code: string): string {
  const write = names.find(({ name }) => name === "write");
  return code.slice(0, write?.dotAt ?? names[0]?.dotAt);
}

/** A callback lists the columns of whatever stands before it. */
async function columnsOf(before: string, { names: [own] }: Call, asked: Asked): Promise<Offer[] | undefined> {
  const methods = ofGroups.has(own?.name ?? "") ? ["agg"] : ["filter"];
  for (const method of methods) {
    const columns = await columnsBehind(`${before}.${method}((quernRow) => quernRow.`, asked);
    if (columns.length > 0) return columns;
  }
  return undefined;
}

/** Of an expression that ends the text, the columns. */
export const columnsOfFrame = (expression: string, asked: Asked): Promise<Offer[]> =>
  columnsBehind(`${expression}.filter((quernRow) => quernRow.`, asked);

async function columnsBehind(text: string, asked: Asked): Promise<Offer[]> {
  const items = shownItems(await asked.items(text, text.length)).sort((a, b) => (a.label < b.label ? -1 : 1));
  const { texts, areColumns } = await asked.details(items);
  if (!areColumns) return [];
  return items.map(({ label }, index) => {
    const signature = signatureOf(label, texts[index]);
    return { text: label, kind: "column", ...(signature !== undefined && { signature }) };
  });
}
