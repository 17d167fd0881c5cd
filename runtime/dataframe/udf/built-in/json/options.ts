import type { TextOptions } from "../text-options.ts";
import type { Leniency } from "./tokens.ts";

export const leniencyOf = (options: TextOptions): Leniency => ({
  singleQuotes: options.isTrue("allowSingleQuotes", true),
  controlCharacters: options.isTrue("allowUnquotedControlChars", false),
  nonNumericNumbers: options.isTrue("allowNonNumericNumbers", true),
  comments: options.isTrue("allowComments", false),
  unquotedNames: options.isTrue("allowUnquotedFieldNames", false),
  leadingZeros: options.isTrue("allowNumericLeadingZeros", false),
  backslashAnything: options.isTrue("allowBackslashEscapingAnyCharacter", false),
});
