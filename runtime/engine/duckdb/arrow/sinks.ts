import { DataType, type Schema } from "apache-arrow";
import type { Bindings } from "../library.ts";
import { BooleanSink } from "./boolean.ts";
import { DecimalSink } from "./decimal.ts";
import { FixedSink } from "./fixed.ts";
import { ListSink, NullSink, StructSink } from "./nested.ts";
import type { Sink } from "./sink.ts";
import { TextSink } from "./text.ts";

export const makeSinks = (bindings: Bindings, schema: Schema): readonly Sink[] =>
  schema.fields.map((field) => makeSink(bindings, field.type));

function makeSink(bindings: Bindings, type: DataType): Sink {
  if (DataType.isBool(type)) return new BooleanSink(bindings);
  if (DataType.isDecimal(type)) return new DecimalSink(bindings, type);
  if (DataType.isUtf8(type) || DataType.isBinary(type)) return new TextSink(bindings, type);
  if (DataType.isNull(type)) return new NullSink(type);
  if (DataType.isList(type)) return new ListSink(bindings, type, makeSink(bindings, type.valueType));
  if (DataType.isMap(type)) return new ListSink(bindings, type, makeSink(bindings, (type.children[0] as any).type));
  if (DataType.isStruct(type)) {
    const children = type.children.map((child) => makeSink(bindings, child.type));
    return new StructSink(bindings, type, children);
  }
  return new FixedSink(bindings, type);
}
