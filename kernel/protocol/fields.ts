import type { Json } from "./request.ts";

/** The content of a request is not what the protocol asks for; it is refused, never guessed. */
export class MalformedRequest extends Error {
  override name = "MalformedRequest";
}

/** There is no such subshell, or none any more. */
export class UnknownSubshell extends MalformedRequest {
  override name = "UnknownSubshell";

  constructor(id: unknown) {
    super(`there is no subshell ${JSON.stringify(id)}; create_subshell_request gives the ids of new ones`);
  }
}

export function fieldsOf(type: string, content: unknown): Fields {
  return new Fields(type, content as Json);
}

/** Reads the fields of one request; every error names the request, the field and what stood there. */
class Fields {
  readonly #type: string;
  readonly #content: Json;

  constructor(type: string, content: Json) {
    this.#type = type;
    this.#content = content;
  }

  text(name: string, otherwise?: string): string {
    return this.#read(name, "text", (value) => typeof value === "string", otherwise);
  }

  flag(name: string, otherwise?: boolean): boolean {
    return this.#read(name, "true or false", (value) => typeof value === "boolean", otherwise);
  }

  integer(name: string, otherwise?: number): number {
    return this.#read(name, "an integer", Number.isSafeInteger, otherwise);
  }

  /** An object whose values are all text. */
  texts(name: string): { readonly [key: string]: string } {
    const isTexts = (value: unknown) =>
      typeof value === "object" && value !== null && Object.values(value).every((item) => typeof item === "string");
    return this.#read(name, "an object of texts", isTexts, {});
  }

  #read<T>(name: string, wanted: string, fits: (value: unknown) => boolean, otherwise: T | undefined): T {
    const value = this.#content[name];
    // Optional fields are sent as null by some clients.
    if ((value === undefined || value === null) && otherwise !== undefined) return otherwise;
    if (fits(value)) return value as T;
    const found = value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value)).slice(0, 60);
    throw new MalformedRequest(`${this.#type} needs "${name}" to be ${wanted}, found ${found}`);
  }
}
