import type { SqlType } from "../../../../plan/types.ts";
import { JsonParser } from "./parser.ts";
import { PartialValue, type Read, type Reading, readArray, reader, readMap, structReader } from "./read-value.ts";
import { JsonError, type Leniency, Token } from "./tokens.ts";

/** What a text is for a type: `isBad` where it is none, or parts of it were not. */
export type ReadJson = { readonly value: unknown; readonly isBad: boolean };

/** Reads a struct, array or map. An empty text is null; of a bad one what could be read, a struct of nulls at the least. */
export function jsonReader(type: SqlType, reading: Reading, leniency: Leniency): (json: string) => ReadJson {
  const read = rootReader(type, reading);
  const nothing = () =>
    type.kind === "struct" ? Object.fromEntries(type.fields.map(({ name }) => [name, null])) : null;
  return (json) => {
    try {
      const parser = new JsonParser(json, leniency);
      if (parser.next() === Token.END) return { value: null, isBad: false };
      if (parser.token === Token.NULL && type.kind !== "variant") return { value: nothing(), isBad: true };
      return { value: read(parser), isBad: false };
    } catch (error) {
      if (error instanceof PartialValue) return { value: error.value, isBad: true };
      if (error instanceof JsonError) return { value: nothing(), isBad: true };
      throw error;
    }
  };
}

function rootReader(type: SqlType, reading: Reading): Read {
  switch (type.kind) {
    case "struct": {
      const read = structReader(type, reading);
      return (parser) => (parser.token === Token.START_OBJECT ? read(parser) : refused());
    }
    case "array": {
      const element = reader(type.element, reading);
      const only = type.element.kind === "struct" ? structReader(type.element, reading) : refused;
      return (parser) => {
        if (parser.token === Token.START_ARRAY) return readArray(parser, element);
        return parser.token === Token.START_OBJECT ? oneOf(() => only(parser)) : refused();
      };
    }
    case "map": {
      const value = reader(type.value, reading);
      return (parser) => (parser.token === Token.START_OBJECT ? readMap(parser, value) : refused());
    }
    case "variant":
      return reader(type, reading);
    default:
      return refused;
  }
}

/** An object where an array of them is wanted is an array of one. */
function oneOf(read: () => unknown): unknown[] {
  try {
    return [read()];
  } catch (error) {
    throw error instanceof PartialValue ? new PartialValue([error.value]) : error;
  }
}

function refused(): never {
  throw new JsonError("a value of another type");
}
