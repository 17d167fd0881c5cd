/** What a parser stands at. */
export const Token = {
  END: 0,
  START_OBJECT: 1,
  END_OBJECT: 2,
  START_ARRAY: 3,
  END_ARRAY: 4,
  NAME: 5,
  STRING: 6,
  INTEGER: 7,
  FLOAT: 8,
  TRUE: 9,
  FALSE: 10,
  NULL: 11,
} as const;
export type Token = (typeof Token)[keyof typeof Token];

/** What is taken beyond JSON. */
export type Leniency = {
  readonly singleQuotes: boolean;
  readonly controlCharacters: boolean;
  readonly nonNumericNumbers: boolean;
  readonly comments: boolean;
  readonly unquotedNames: boolean;
  readonly leadingZeros: boolean;
  readonly backslashAnything: boolean;
};

/** As the functions that take no options read. */
export const plainLeniency: Leniency = {
  singleQuotes: true,
  controlCharacters: true,
  nonNumericNumbers: false,
  comments: false,
  unquotedNames: false,
  leadingZeros: false,
  backslashAnything: false,
};

/** Text that is no JSON, or a number that is beyond its type. */
export class JsonError extends Error {}
