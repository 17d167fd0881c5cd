import { nameParts } from "../plan/name-parts.ts";

type Command = {
  readonly what: string;
  readonly name: string;
  readonly ifExists?: boolean;
  readonly ifNotExists?: boolean;
  readonly cascade?: boolean;
};

/** `DROP TABLE IF EXISTS "a"."t"`: what both engines say alike. */
export function catalogStatement(command: Command, quote: (name: string) => string): string {
  const words = [
    command.what.toUpperCase(),
    ...(command.ifExists ? ["IF EXISTS"] : []),
    ...(command.ifNotExists ? ["IF NOT EXISTS"] : []),
    nameParts(command.name).map(quote).join("."),
    ...(command.cascade ? ["CASCADE"] : []),
  ];
  return words.join(" ");
}
