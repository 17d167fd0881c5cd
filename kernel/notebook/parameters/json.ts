import { jsonMistake } from "../json-mistake.ts";

/**
 * JSON whose numbers lose nothing: whole numbers that `number` cannot hold come as {@link LongInteger}, which
 * JSON.stringify writes as they were.
 * What is not JSON has the place of its first mistake; line and column count from 1.
 */
export function parseJson(
  text: string,
): { readonly value: unknown } | { readonly line: number; readonly column: number; readonly found: string } {
  try {
    return { value: JSON.parse(text, exactly as (key: string, value: unknown) => unknown) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { offset, line, column } = jsonMistake(text);
    const [found] = /^(?:[\w$.+-]+|.)/su.exec(text.slice(offset, offset + 20)) ?? ["the end"];
    return { line, column, found };
  }
}

function exactly(_key: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value) || !source || !/^-?\d+$/.test(source)) return value;
  return BigInt(source) === (Number.isFinite(value) ? BigInt(value) : undefined) ? value : json.rawJSON(source);
}

/** https://tc39.es/proposal-json-parse-with-source/, which TypeScript's library does not have yet. */
const json = JSON as typeof JSON & {
  rawJSON(text: string): LongInteger;
  isRawJSON(value: unknown): value is LongInteger;
};

export type LongInteger = { readonly rawJSON: string };

/** The value, or the bigint that a {@link LongInteger} is. */
export const plainValue = (value: unknown): unknown => (json.isRawJSON(value) ? BigInt(value.rawJSON) : value);
