/** What stands behind a backslash, and what it means. */
export const ESCAPES: { readonly [sign: string]: string | undefined } = {
  __proto__: null as never,
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  '"': '"',
  "/": "/",
  "\\": "\\",
};

export function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

const IDENTIFIER_PART = /^[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}\p{Cf}\p{Cc}]$/u;
const IDENTIFIER_START = /^[\p{L}\p{Nl}\p{Sc}\p{Pc}]$/u;

/** Java's, to which most control characters belong. */
export const isIdentifierPart = (code: number): boolean =>
  IDENTIFIER_PART.test(String.fromCharCode(code)) && !(code >= 0x09 && code <= 0x0d) && !(code >= 0x1c && code <= 0x1f);
export const isIdentifierStart = (code: number): boolean => IDENTIFIER_START.test(String.fromCharCode(code));
/** Of a name without quotes: also what Jackson takes for JavaScript's names. */
export const isNamePart = (code: number): boolean =>
  code < 0x80 ? /[\w$@#*+-]/.test(String.fromCharCode(code)) : isIdentifierPart(code);
