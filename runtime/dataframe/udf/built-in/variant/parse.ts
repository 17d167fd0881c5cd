import { decimalNode, type FieldNode, type Node, NULL, objectNode } from "../../../variant/node.ts";
import { JsonParser } from "../json/parser.ts";
import { JsonError, type Leniency, Token } from "../json/tokens.ts";
import { expectWhole } from "../json/write.ts";

/** As parse_json reads: JSON and nothing beyond it. Behind the first value the text is not looked at. @throws JsonError */
export function parseVariant(json: string): Node {
  const parser = new JsonParser(json, STRICT);
  parser.next();
  return nodeAt(parser);
}

/** What a parser stands at. */
export function nodeAt(parser: JsonParser): Node {
  switch (parser.token) {
    case Token.START_OBJECT:
      return objectAt(parser);
    case Token.START_ARRAY: {
      const items: Node[] = [];
      while (parser.next() !== Token.END_ARRAY) items.push(nodeAt(parser));
      return { kind: "array", items };
    }
    case Token.STRING:
      expectWhole(parser.string);
      return { kind: "string", value: parser.string };
    case Token.INTEGER: {
      const value = BigInt(parser.number);
      return BigInt.asIntN(64, value) === value ? { kind: "long", value } : fraction(parser.number);
    }
    case Token.FLOAT:
      return fraction(parser.number);
    case Token.TRUE:
    case Token.FALSE:
      return { kind: "boolean", value: parser.token === Token.TRUE };
    case Token.NULL:
      return NULL;
    default:
      throw new JsonError("no value");
  }
}

function objectAt(parser: JsonParser): Node {
  const fields: FieldNode[] = [];
  while (parser.next() !== Token.END_OBJECT) {
    const name = parser.name as string;
    expectWhole(name);
    parser.next();
    fields.push([name, nodeAt(parser)]);
  }
  const node = objectNode(fields);
  if ("twice" in node) throw new JsonError(`the name "${node.twice}" stands twice in an object`);
  return node;
}

/** A number that is written without an exponent is a decimal, if that has digits enough. */
function fraction(digits: string): Node {
  if (/^-?\d+(\.\d+)?$/.test(digits)) {
    const [whole = "", behind = ""] = digits.split(".");
    const value = BigInt(whole + behind);
    const precision = (value < 0n ? -value : value).toString().length;
    if (precision <= 38 && behind.length <= 38) return decimalNode(value, behind.length);
  }
  return { kind: "double", value: Number(digits) };
}

const STRICT: Leniency = {
  singleQuotes: false,
  controlCharacters: false,
  nonNumericNumbers: false,
  comments: false,
  unquotedNames: false,
  leadingZeros: false,
  backslashAnything: false,
};
