/** The magics of a line and of a cell. What each does stands in runtime/session/magics/table.ts. */
export const magicNames = {
  line: ["cd", "check", "env", "help", "load", "npm", "reset", "time", "who"],
  cell: ["html", "md", "sql", "time"],
} as const;

/** Those whose argument, or text, is code that is run and measured. */
export const takesCode: ReadonlySet<string> = new Set(["time"]);
