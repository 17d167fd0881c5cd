/** The types that the session tells use these names, which a cell may have for something else. */
const names = /"(?:[^"\\]|\\.)*"|\b(Sql\.|DataFrame<)/g;

export const qualified = (type: string): string =>
  type.replaceAll(names, (text, name?: string) => (name === undefined ? text : `import("quern").${name}`));
