import { ESCAPES, isDigit, isIdentifierPart, isIdentifierStart, isNamePart } from "./characters.ts";
import { JsonError, type Leniency, Token } from "./tokens.ts";

/** The object or array around; `count` is of the values that have begun in it, from -1. */
type Scope = {
  readonly kind: "root" | "array" | "object";
  readonly outer: Scope | undefined;
  readonly depth: number;
  count: number;
  name: string | undefined;
};

const EOF = -1;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Reads JSON token by token, as Jackson's ReaderBasedJsonParser does, by which Spark reads: what it takes beyond JSON, what
 * of a text it looks at, and where it goes on behind an error, which may be caught for a part of a text. (A name is read
 * with the beginning of its value; of a string the content is read when it is asked for, or passed.)
 * https://github.com/FasterXML/jackson-core
 */
export class JsonParser {
  /** Where it stands: END at first, and behind the last. */
  token: Token = Token.END;
  readonly #text: string;
  readonly #leniency: Leniency;
  #at = 0;
  #scope: Scope = { kind: "root", outer: undefined, depth: 0, count: -1, name: undefined };
  /** Of a name, which is read with it. */
  #value: Token = Token.END;
  #isUnread = false;
  #string = "";
  #number = "";

  constructor(text: string, leniency: Leniency) {
    this.#text = text;
    this.#leniency = leniency;
  }

  /** The name in the object around; of an object or array that begins here, its own. */
  get name(): string | undefined {
    const isStart = this.token === Token.START_OBJECT || this.token === Token.START_ARRAY;
    return isStart ? this.#scope.outer?.name : this.#scope.name;
  }

  /** Of a STRING. */
  get string(): string {
    if (this.#isUnread) {
      this.#isUnread = false;
      this.#string = this.#quoted();
    }
    return this.#string;
  }

  /** The digits of an INTEGER or FLOAT; NaN, Infinity, -INF where these are taken. */
  get number(): string {
    return this.#number;
  }

  next(): Token {
    if (this.token === Token.NAME) {
      const value = this.#value;
      this.#value = Token.END;
      this.#begin(value);
      this.token = value;
      return value;
    }
    if (this.#isUnread) {
      this.#isUnread = false;
      this.#quoted();
    }
    let code = this.#significant();
    if (code === EOF) {
      if (this.#scope.kind !== "root") throw this.#unexpected();
      this.token = Token.END;
      return this.token;
    }
    if (code === 0x7d || code === 0x5d) return this.#close(code);
    this.#scope.count += 1;
    if (this.#scope.kind !== "root" && this.#scope.count > 0) {
      if (code !== 0x2c) throw this.#unexpected();
      code = this.#significant();
      if (code === EOF) throw this.#unexpected();
    }
    if (this.#scope.kind !== "object") {
      const value = this.#start(code);
      this.#begin(value);
      this.token = value;
      return value;
    }
    this.#scope.name = code === QUOTE ? this.#quotedName(QUOTE) : this.#oddName(code);
    this.token = Token.NAME;
    if (this.#significant() !== 0x3a) throw this.#unexpected();
    code = this.#significant();
    if (code === EOF) throw this.#unexpected();
    this.#value = this.#start(code);
    return this.token;
  }

  /** To the end of the object or array that begins here; elsewhere nothing. */
  skip(): void {
    if (this.token !== Token.START_OBJECT && this.token !== Token.START_ARRAY) return;
    for (let open = 1; open > 0; ) {
      const token = this.next();
      if (token === Token.START_OBJECT || token === Token.START_ARRAY) open += 1;
      else if (token === Token.END_OBJECT || token === Token.END_ARRAY) open -= 1;
      else if (token === Token.END) return;
    }
  }

  #begin(token: Token): void {
    if (token !== Token.START_OBJECT && token !== Token.START_ARRAY) return;
    const outer = this.#scope;
    const kind = token === Token.START_OBJECT ? "object" : "array";
    this.#scope = { kind, outer, depth: outer.depth + 1, count: -1, name: undefined };
    if (this.#scope.depth > MAX_DEPTH) throw new JsonError("nested too deeply");
  }

  #close(code: number): Token {
    if (this.#scope.kind !== (code === 0x7d ? "object" : "array")) throw this.#unexpected();
    this.#scope = this.#scope.outer as Scope;
    this.token = code === 0x7d ? Token.END_OBJECT : Token.END_ARRAY;
    return this.token;
  }

  /** The token that begins with a character, which has been passed. */
  #start(code: number): Token {
    switch (code) {
      case QUOTE:
        this.#isUnread = true;
        return Token.STRING;
      case 0x5b:
        return Token.START_ARRAY;
      case 0x7b:
        return Token.START_OBJECT;
      case 0x74:
        this.#match("true", 1);
        return Token.TRUE;
      case 0x66:
        this.#match("false", 1);
        return Token.FALSE;
      case 0x6e:
        this.#match("null", 1);
        return Token.NULL;
      case APOSTROPHE:
        if (!this.#leniency.singleQuotes) throw this.#unexpected();
        this.#string = this.#unquoted(this.#at, APOSTROPHE);
        return Token.STRING;
      case 0x4e:
        this.#match("NaN", 1);
        return this.#nonNumeric("NaN");
      case 0x49:
        this.#match("Infinity", 1);
        return this.#nonNumeric("Infinity");
      case 0x2b:
        this.#at += 1;
        return this.#oddNumber(this.#text.charCodeAt(this.#at - 1), "+");
      default:
        if (code === 0x2d || (code >= ZERO && code <= NINE)) return this.#readNumber(code);
        if (isIdentifierStart(code)) this.#passIdentifier();
        throw this.#unexpected();
    }
  }

  /** What is no space, and has been passed; EOF at the end. */
  #significant(): number {
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at++);
      if (code === 0x2f) this.#comment();
      else if (code > SPACE) return code;
      else if (code < SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) throw this.#unexpected();
    }
    return EOF;
  }

  #comment(): void {
    const text = this.#text;
    if (!this.#leniency.comments || this.#at >= text.length) throw this.#unexpected();
    const kind = text[this.#at++];
    if (kind === "/") {
      while (this.#at < text.length) {
        const code = text.charCodeAt(this.#at++);
        if (code === 0x0a || code === 0x0d) return;
        if (code < SPACE && code !== 0x09) throw this.#unexpected();
      }
      return;
    }
    if (kind !== "*") throw this.#unexpected();
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at++);
      if (code === 0x2a && text[this.#at] === "/") {
        this.#at += 1;
        return;
      }
      if (code < SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) throw this.#unexpected();
    }
    throw this.#unexpected();
  }

  /** The rest of a string in double quotes. */
  #quoted(): string {
    const text = this.#text;
    const from = this.#at;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        return text.slice(from, at);
      }
      if (code === BACKSLASH || code < SPACE) return this.#unquoted(from, QUOTE, at);
    }
    this.#at = text.length;
    throw this.#unexpected();
  }

  #quotedName(quote: number): string {
    const text = this.#text;
    for (let at = this.#at; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        const name = text.slice(this.#at, at);
        this.#at = at + 1;
        return name;
      }
      if (code === BACKSLASH || code < SPACE) return this.#unquoted(this.#at, quote, at);
    }
    this.#at = text.length;
    throw this.#unexpected();
  }

  /** With its escapes read; nothing before `at` needs to be looked at. */
  #unquoted(from: number, quote: number, at = from): string {
    const text = this.#text;
    let found = text.slice(from, at);
    this.#at = at;
    let plainFrom = at;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at++);
      if (code === quote) return found + text.slice(plainFrom, this.#at - 1);
      if (code === BACKSLASH) {
        found += text.slice(plainFrom, this.#at - 1) + this.#escaped();
        plainFrom = this.#at;
      } else if (code < SPACE && !this.#leniency.controlCharacters) throw this.#unexpected();
    }
    throw this.#unexpected();
  }

  #escaped(): string {
    const text = this.#text;
    if (this.#at >= text.length) throw this.#unexpected();
    const sign = text[this.#at++] as string;
    const known = ESCAPES[sign];
    if (known !== undefined) return known;
    if (sign !== "u") {
      if (this.#leniency.backslashAnything || (sign === "'" && this.#leniency.singleQuotes)) return sign;
      throw this.#unexpected();
    }
    let value = 0;
    for (let i = 0; i < 4; i++) {
      if (this.#at >= text.length) throw this.#unexpected();
      const digit = Number.parseInt(String.fromCharCode(text.charCodeAt(this.#at++) & 0xff), 16);
      if (Number.isNaN(digit)) throw this.#unexpected();
      value = value * 16 + digit;
    }
    return String.fromCharCode(value);
  }

  #oddName(code: number): string {
    if (code === APOSTROPHE && this.#leniency.singleQuotes) return this.#quotedName(APOSTROPHE);
    if (!this.#leniency.unquotedNames || code === EOF || !isNamePart(code)) throw this.#unexpected();
    const from = this.#at - 1;
    while (this.#at < this.#text.length && isNamePart(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  #match(word: string, from: number): void {
    for (let i = from; i < word.length; i++) {
      if (this.#text[this.#at] !== word[i]) {
        this.#passIdentifier();
        throw this.#unexpected();
      }
      this.#at += 1;
    }
    if (this.#at < this.#text.length && isIdentifierPart(this.#text.charCodeAt(this.#at))) {
      this.#passIdentifier();
      throw this.#unexpected();
    }
  }

  #nonNumeric(name: string): Token {
    if (!this.#leniency.nonNumericNumbers) throw this.#unexpected();
    this.#number = name;
    return Token.FLOAT;
  }

  /** What follows a sign, and is no digit. */
  #oddNumber(code: number, sign: "+" | "-"): Token {
    if (code === 0x49) {
      const next = this.#text[this.#at++];
      const word = next === "N" ? "INF" : next === "n" ? "Infinity" : undefined;
      if (word !== undefined) {
        this.#match(word, 2);
        return this.#nonNumeric(`${sign}${word}`);
      }
    }
    throw this.#unexpected();
  }

  #readNumber(first: number): Token {
    const text = this.#text;
    let at = this.#at;
    let digit = first;
    if (first === 0x2d) {
      if (at >= text.length) throw this.#stopped(at);
      digit = text.charCodeAt(at++);
      if (digit < ZERO || digit > NINE) {
        this.#at = at;
        return this.#oddNumber(digit, "-");
      }
    }
    const sign = first === 0x2d ? "-" : "";
    let digitsFrom = at - 1;
    if (digit === ZERO && isDigit(text, at)) {
      if (!this.#leniency.leadingZeros) throw this.#stopped(at);
      // One digit stays.
      while (isDigit(text, digitsFrom + 1) && text.charCodeAt(digitsFrom) === ZERO) digitsFrom += 1;
      at = digitsFrom + 1;
    }
    while (isDigit(text, at)) at += 1;
    const integerDigits = at - digitsFrom;
    let isFloat = false;
    // A number that begins with 0 is read more slowly, which shows in where its errors leave the parser.
    const afterInteger = digit === ZERO ? undefined : at + 1;
    if (text[at] === ".") {
      isFloat = true;
      at += 1;
      if (!isDigit(text, at)) throw this.#stopped(text.length > at ? (afterInteger ?? at + 1) : text.length);
      while (isDigit(text, at)) at += 1;
    }
    if (text[at] === "e" || text[at] === "E") {
      isFloat = true;
      at += 1;
      if (text[at] === "+" || text[at] === "-") at += 1;
      if (!isDigit(text, at)) throw this.#stopped(text.length > at ? (afterInteger ?? at + 1) : text.length);
      while (isDigit(text, at)) at += 1;
    }
    this.#at = at;
    if (this.#scope.kind === "root" && at < text.length) {
      const code = text.charCodeAt(at);
      if (code !== SPACE && code !== 0x09 && code !== 0x0a && code !== 0x0d) throw this.#stopped(at + 1);
    }
    if (integerDigits > MAX_DIGITS || (isFloat && at - digitsFrom > MAX_DIGITS + 1))
      throw new JsonError("a number too long");
    this.#number = sign + text.slice(digitsFrom, at);
    return isFloat ? Token.FLOAT : Token.INTEGER;
  }

  #stopped(at: number): JsonError {
    this.#at = at;
    return this.#unexpected();
  }

  #passIdentifier(): void {
    while (this.#at < this.#text.length && isIdentifierPart(this.#text.charCodeAt(this.#at))) this.#at += 1;
  }

  #unexpected(): JsonError {
    return new JsonError(`no JSON at position ${this.#at + 1}`);
  }
}

/** Jackson's limits, beyond which a text is an error. */
const MAX_DEPTH = 1000;
const MAX_DIGITS = 1000;
