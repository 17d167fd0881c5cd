import { hideSecrets, hideSecretsOf } from "./secrets.ts";

/** Where in the user's code something was made; only its stack is read, and only when an error is shown. */
export type Origin = { readonly stack?: string | undefined };

/** A line of the user's SQL text, or a part of it, and where in it the mistake stands. */
export type Excerpt = { readonly text: string; readonly at: number };

/** The line of a text that an offset is in. */
export function excerptAt(sql: string, offset: number): Excerpt {
  const begin = offset === 0 ? 0 : sql.lastIndexOf("\n", offset - 1) + 1;
  return { text: sql.slice(begin).split("\n", 1)[0] ?? "", at: offset - begin };
}

type Details = {
  cause?: unknown;
  origin?: Origin | undefined;
  sql?: string | undefined;
  excerpt?: Excerpt | undefined;
};

/**
 * An error of Quern's own: what failed, the value, what would work. `code` is stable, the message is not. Errors go to
 * logs and saved outputs: message and SQL are without passwords and keys.
 */
export class QuernError extends Error {
  readonly code: string;
  /** The step of the user's code that is at fault, where it is not the line that ran it. */
  readonly origin: Origin | undefined;
  /** The SQL that failed. */
  readonly sql: string | undefined;
  /** Where in it. */
  readonly excerpt: Excerpt | undefined;

  constructor(code: string, message: string, details: Details = {}) {
    const { cause, sql } = details;
    super(
      sql === undefined ? hideSecrets(message) : hideSecretsOf(sql, message),
      cause === undefined ? undefined : { cause },
    );
    this.name = new.target.name;
    this.code = code;
    // Not enumerable, so that an inspected error stays readable.
    Object.defineProperty(this, "origin", { value: details.origin, enumerable: false });
    Object.defineProperty(this, "sql", { value: sql && hideSecrets(sql), enumerable: false });
    Object.defineProperty(this, "excerpt", { value: details.excerpt, enumerable: false });
  }
}

/** The plan cannot be: an unknown column, clashing names, a wrong type. Found before anything is computed. */
export class AnalysisError extends QuernError {}

/** The engine refused or failed. */
export class EngineError extends QuernError {}

/** The user pressed stop. */
export class InterruptedError extends QuernError {
  constructor(message = "Interrupted", details: Details = {}) {
    super("INTERRUPTED", message, details);
  }
}

/** The error as one of a step of the user's code, unless it is one already. */
export function withOrigin(error: unknown, origin: Origin | undefined): unknown {
  if (!(error instanceof QuernError) || error instanceof InterruptedError) return error;
  if (error.origin !== undefined || origin === undefined) return error;
  const Kind = error.constructor as typeof QuernError;
  const { code, message, cause, sql, excerpt } = error;
  return new Kind(code, message, { cause, sql, excerpt, origin });
}
