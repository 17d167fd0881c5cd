/** A parameter that cannot be given, or not so: a mistake of the command line or of the notebook. One sentence. */
export class ParameterError extends Error {
  readonly exitCode = 2;

  constructor(message: string) {
    super(message);
    this.name = "ParameterError";
  }
}

/** A text as it stands in messages: quoted, and cut where it is long. */
export const quoted = (text: string): string => JSON.stringify(shortened(text, 60));

export const shortened = (text: string, length = 100): string =>
  text.length > length ? `${text.slice(0, length - 3)}...` : text;
