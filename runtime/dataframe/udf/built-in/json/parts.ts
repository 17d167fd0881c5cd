import { JsonParser } from "./parser.ts";
import { JsonError, plainLeniency, Token } from "./tokens.ts";
import { copied, encodable, expectWhole } from "./write.ts";

/** The number of elements of an array; null for all else. */
export const jsonArrayLength = (json: string): number | null =>
  orNull(json, (parser) => {
    if (parser.next() !== Token.START_ARRAY) return null;
    let length = 0;
    for (; parser.next() !== Token.END_ARRAY; length++) parser.skip();
    return length;
  });

/** The keys of an object, repeated ones too; null for all else. */
export const jsonObjectKeys = (json: string): string[] | null =>
  orNull(json, (parser) => {
    if (parser.next() !== Token.START_OBJECT) return null;
    const keys: string[] = [];
    while (parser.next() !== Token.END_OBJECT) {
      keys.push(encodable(parser.name as string));
      parser.next();
      parser.skip();
    }
    return keys;
  });

/** The values of an object's fields, as text; of a name that stands twice, the last that is not null. */
export function jsonTuple(json: string | null, names: readonly (string | null)[]): (string | null)[] {
  const none = () => names.map(() => null);
  if (json === null) return none();
  const found = orNull(json, (parser) => {
    if (parser.next() !== Token.START_OBJECT) return null;
    const row: (string | null)[] = none();
    while (parser.next() !== Token.END_OBJECT) {
      const { name } = parser;
      const isWanted = names.includes(name as string);
      const token = parser.next();
      if (isWanted && token !== Token.NULL) {
        const value = textOf(parser);
        for (const [index, wanted] of names.entries()) if (wanted === name) row[index] = value;
      } else parser.skip();
    }
    return row;
  });
  return found ?? none();
}

function textOf(parser: JsonParser): string {
  if (parser.token !== Token.STRING) return copied(parser, "escaped");
  expectWhole(parser.string);
  return parser.string;
}

function orNull<T>(json: string, read: (parser: JsonParser) => T | null): T | null {
  try {
    return read(new JsonParser(json, plainLeniency));
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}
