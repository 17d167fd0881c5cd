/** A parameter that cannot be given, or not so: a mistake of the command line or of the notebook. One sentence. */
export class ParameterError extends Error {
  readonly exitCode = 2;

  constructor(message: string) {
    super(message);
    this.name = "ParameterError";
  }
}

/** A text as it stands in messages: quoted, and cut where it is long. */
export function quoted(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(shown);
}
