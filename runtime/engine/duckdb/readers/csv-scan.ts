import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { lazy } from "../../../turns.ts";
import type { DataFile } from "./files.ts";

const zlib = lazy(() => import("node:zlib"));

export type Quoted = {
  /** There are line breaks inside quotes. */
  readonly lineBreaks: boolean;
  /** There are fields `""`, which are empty strings and not null. */
  readonly empty: boolean;
};

export type QuoteRules = {
  readonly separator: string;
  readonly quote: string;
  readonly escape: string;
  readonly encoding?: string | undefined;
};

/** What stands in quotes in files that are there, known by their sizes and times. */
export async function scanQuoted(files: readonly DataFile[], rules: QuoteRules, compression?: string): Promise<Quoted> {
  let found: Quoted = { lineBreaks: false, empty: false };
  for (const file of files) {
    const inFile = await scanFile(file, rules, compression);
    found = { lineBreaks: found.lineBreaks || inFile.lineBreaks, empty: found.empty || inFile.empty };
    if (found.lineBreaks && found.empty) break;
  }
  return found;
}

/** Bytes are compared: each has to be one, and the same in UTF-8 and Latin-1. */
export const isScannable = ({ encoding, ...rules }: QuoteRules): boolean =>
  [rules.quote, rules.escape].every((text) => text.length <= 1 && text <= "\x7f") && !encoding?.startsWith("utf-16");

async function scanFile(file: DataFile, rules: QuoteRules, compression: string | undefined): Promise<Quoted> {
  if (rules.quote === "") return { lineBreaks: false, empty: false };
  const known = cache.get(file.path);
  const stamp = JSON.stringify([file.bytes, file.changedMs, rules, compression]);
  if (known?.stamp === stamp) return known.quoted;
  const quoted = await scan(file.path, rules, compression);
  if (cache.size > CACHED) cache.delete(cache.keys().next().value as string);
  cache.set(file.path, { stamp, quoted });
  return quoted;
}

async function scan(path: string, rules: QuoteRules, compression: string | undefined): Promise<Quoted> {
  const scanner = new Scanner(rules);
  try {
    for await (const chunk of bytesOf(path, compression)) if (scanner.take(chunk)) break;
  } catch {
    // A damaged file is told of by the reader.
  }
  return scanner.found();
}

async function* bytesOf(path: string, compression: string | undefined): AsyncGenerator<Buffer> {
  const format = compression ?? (/\.gz$/i.test(path) ? "gzip" : /\.zst$/i.test(path) ? "zstd" : "none");
  if (format === "none") {
    const file = await open(path, "r");
    try {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      for (let bytes = 1; bytes > 0; ) {
        bytes = (await file.read(buffer, 0, buffer.length)).bytesRead;
        yield buffer.subarray(0, bytes);
      }
    } finally {
      await file.close();
    }
    return;
  }
  const { createGunzip, createZstdDecompress } = await zlib();
  const plain = format === "gzip" ? createGunzip() : createZstdDecompress();
  const source = createReadStream(path);
  source.on("error", (error) => plain.destroy(error));
  try {
    yield* source.pipe(plain);
  } finally {
    source.destroy();
  }
}

/** Where it is, from one chunk to the next. */
class Scanner {
  readonly #quote: number;
  readonly #escape: number;
  readonly #separator: number;
  #state: State = OUTSIDE;
  #before: number = LF;
  /** Bytes of the quoted field so far. */
  #length = 0;
  #lineBreaks = false;
  #empty = false;

  constructor(rules: QuoteRules) {
    this.#quote = rules.quote.charCodeAt(0);
    // An escape that is the quote itself is a quote that comes twice.
    this.#escape = rules.escape === "" || rules.escape === rules.quote ? -1 : rules.escape.charCodeAt(0);
    this.#separator = Buffer.from(rules.separator).at(-1) ?? 0;
  }

  found(): Quoted {
    return { lineBreaks: this.#lineBreaks, empty: this.#empty || (this.#state === CLOSED && this.#length === 0) };
  }

  /** Answers whether everything has been found. */
  take(chunk: Buffer): boolean {
    const [quote, escaping, end] = [this.#quote, this.#escape, chunk.length];
    let [state, length, i] = [this.#state, this.#length, 0];
    while (i < end) {
      if (state === OUTSIDE) {
        // Calls cost more than a few bytes.
        const near = Math.min(i + NEAR, end);
        while (i < near && chunk[i] !== quote) i++;
        if (i === near) i = chunk.indexOf(quote, i);
        if (i < 0) break;
        if (this.#startsField(i === 0 ? this.#before : (chunk[i - 1] as number))) {
          state = QUOTED;
          length = 0;
        }
        i++;
      } else if (state === QUOTED) {
        const start = i;
        let byte = 0;
        // The loop that takes the time.
        for (; i < end; i++) {
          byte = chunk[i] as number;
          if (byte === quote || byte === escaping) break;
          if (byte === LF || byte === CR) this.#lineBreaks = true;
        }
        length += i - start;
        if (i < end) state = byte === quote ? CLOSED : ESCAPED;
        i++;
      } else if (state === CLOSED && !(chunk[i] === quote && escaping < 0)) {
        if (length === 0) this.#empty = true;
        state = OUTSIDE;
      } else {
        // Whatever is escaped is a part of the field.
        if (chunk[i] === LF || chunk[i] === CR) this.#lineBreaks = true;
        state = QUOTED;
        length++;
        i++;
      }
    }
    this.#state = state;
    this.#length = length;
    this.#before = chunk[end - 1] ?? LF;
    return this.#lineBreaks && this.#empty;
  }

  /** A quote elsewhere is a character like others. */
  readonly #startsField = (before: number): boolean =>
    before === this.#separator || before === LF || before === CR || before === SPACE || before === BOM_END;
}

type State = 0 | 1 | 2 | 3;
const OUTSIDE = 0;
const QUOTED = 1;
const ESCAPED = 2;
const CLOSED = 3;
const NEAR = 64;
const [LF, CR, SPACE, BOM_END] = [10, 13, 32, 0xbf] as const;

const CHUNK_BYTES = 4 * 2 ** 20;
const CACHED = 2000;
const cache = new Map<string, { readonly stamp: string; readonly quoted: Quoted }>();
