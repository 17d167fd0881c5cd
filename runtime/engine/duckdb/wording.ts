/** What is said for words of DuckDB's: Spark's error condition, and a sentence made of the parts of the match. */
export type Wording = readonly [words: RegExp, condition: string, say: (...parts: string[]) => string];
