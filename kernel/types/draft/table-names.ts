const byMethod = /\.(?:create(?:OrReplace)?TempView|saveAsTable|checkpoint)\(\s*(["'`])([^"'`$\\]+)\1/g;
const byCommand =
  /\bcreate\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:table|view)\s+(?:if\s+not\s+exists\s+)?([\p{L}_][\p{L}\p{N}_.]*)/giu;

/** The names that a cell's text gives to tables and views. */
export function tablesNamedIn(code: string): string[] {
  const methods = [...code.matchAll(byMethod)].map(([, , name = ""]) => name);
  return [...methods, ...[...code.matchAll(byCommand)].map(([, name = ""]) => name)];
}
