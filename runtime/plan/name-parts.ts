/** `schema.table`; a part in backticks may hold dots, as in Spark. */
export const nameParts = (name: string): string[] =>
  [...name.matchAll(/`((?:[^`]|``)+)`|[^.`]+/g)].map(([part, quoted]) => quoted?.replaceAll("``", "`") ?? part);
