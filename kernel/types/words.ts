/** The words for what the check finds. */
export const wordsFor = {
  diagnostic: (code: number, message: string) => ({ code, message: plain(message) }),
  columnTested: (operator: string) => ({
    code: 0,
    message: `A Column is always true: "${operator}" would silently drop the condition. ${wayOut[operator] ?? wayOut.if}`,
  }),
};

const wayOut: { readonly [operator: string]: string } = {
  "&&": "Use .and().",
  "||": "Use .or().",
  "!": "Use .not().",
  "??": "Use coalesce().",
  "?:": "Use when().otherwise().",
  if: "Count the rows of a filter, or use when().otherwise() for a column.",
};

/** Without the names of the modules that cells are. */
const plain = (message: string): string =>
  message
    .replaceAll(/import\("[^"]*"\)\./g, "")
    .replace("because it is an import.", "because it is a constant of an earlier cell.");
