/** The magics of a line and of a cell. What each does stands in runtime/session/magics/table.ts. */
export const magicNames = {
  line: ["cd", "check", "env", "help", "load", "npm", "reset", "time", "who"],
  cell: ["html", "md", "sql", "time"],
} as const;

/** What those take whose first argument is one of a few words. */
export const magicArguments: { readonly [name: string]: readonly string[] } = {
  check: ["strict", "error", "warn", "off"],
  npm: ["install", "list", "uninstall"],
};

/** Those whose argument, or text, is code that is run and measured. */
export const takesCode: ReadonlySet<string> = new Set(["time"]);

/** Whether a cell is a magic's whose text is no code: `%%md`, `%%sql`. */
export function isTextCell(code: string): boolean {
  const name = /^\s*%%([A-Za-z]\w*)/.exec(code)?.[1];
  return name !== undefined && !takesCode.has(name);
}
