const eventTypes = ["types of kernel/session", "types of runtime/session/protocol.ts"];

/**
 * Who may import whom: the house that ARCHITECTURE.md draws. A file belongs to the room with the longest matching path.
 * `types of X` allows `import type` alone.
 */
export const rooms: { readonly [room: string]: readonly string[] } = {
  "install.ts": [],

  "kernel/compile-cache.js": ["runtime/own-modules.js"],
  "runtime/own-modules.js": [],
  "kernel/main.ts": ["kernel/compile-cache.js", "kernel/kernel.ts", "kernel/wire", "kernel/history"],
  // The first answer, and then all else.
  "kernel/kernel.ts": [
    "kernel/wire",
    "kernel/dispatch.ts",
    "kernel/limited-log.ts",
    "kernel/services.ts",
    "types of kernel/session",
    "types of kernel/history",
  ],
  "kernel/limited-log.ts": [],
  "kernel/dispatch.ts": ["kernel/handlers", "kernel/protocol", "types of kernel/services.ts"],
  "kernel/services.ts": [
    "types of kernel/wire",
    "types of kernel/kernel.ts",
    "kernel/outbox.ts",
    "kernel/output-limit.ts",
    "kernel/output-rate.ts",
    "kernel/handlers",
    "types of kernel/protocol",
    "kernel/session",
    "kernel/types",
    "types of kernel/history",
  ],
  "kernel/output-limit.ts": [],
  "kernel/output-rate.ts": ["kernel/output-limit.ts"],
  "kernel/outbox.ts": [
    "kernel/output-limit.ts",
    "types of kernel/output-rate.ts",
    "kernel/protocol",
    ...eventTypes,
    "types of kernel/wire",
  ],
  "kernel/handlers": [
    "kernel/protocol",
    "kernel/language",
    ...eventTypes,
    "types of kernel/history",
    "types of kernel/outbox.ts",
  ],
  // With runtime/syntax, which is text in and syntax tree out, the only door from kernel/ into runtime/.
  "kernel/session": ["runtime/session/protocol.ts", "runtime/secrets.ts"],
  "kernel/wire": [],
  "kernel/protocol": [],
  "kernel/language": ["runtime/syntax", ...eventTypes],
  "kernel/history": [],
  // The other front ends: the same session and language, and nothing of Jupyter's wire.
  "kernel/terminal": [...eventTypes],
  "kernel/repl": [
    "kernel/session",
    "kernel/language",
    "kernel/history",
    "kernel/terminal",
    "kernel/notebook",
    "kernel/types",
    ...eventTypes,
  ],
  "kernel/notebook": [
    "kernel/session",
    "kernel/language",
    "kernel/terminal",
    "kernel/types",
    "runtime/syntax",
    "types of runtime/session/protocol.ts",
  ],
  // The language server and what it is told of the cells.
  "kernel/types": [
    "kernel/session",
    "kernel/language",
    "kernel/types/server",
    "kernel/types/module",
    "kernel/types/check",
    "kernel/types/draft",
    "runtime/syntax",
    ...eventTypes,
  ],
  "kernel/types/server": ["runtime/syntax"],
  "kernel/types/module": ["kernel/types/server", "runtime/syntax", ...eventTypes],
  "kernel/types/check": ["kernel/types/server", "kernel/types/module", "runtime/syntax", ...eventTypes],
  "kernel/types/draft": [
    "kernel/types/in-time.ts",
    "kernel/types/server",
    "kernel/types/module",
    "kernel/language",
    "runtime/syntax",
    ...eventTypes,
  ],
  "kernel/cli": [
    "kernel/compile-cache.js",
    "kernel/main.ts",
    "kernel/repl",
    "kernel/notebook",
    "kernel/types/server",
    "install.ts",
  ],

  "runtime/index.ts": [
    "runtime/dataframe",
    "runtime/display",
    "runtime/engine",
    "runtime/errors.ts",
    // What cells call by name, for scripts too: both start nothing, and print or refuse where there is no cell.
    "runtime/session/comm.ts",
    "runtime/session/display-api.ts",
    "runtime/session/payload.ts",
    "runtime/session/prompt.ts",
  ],
  "runtime/globals.ts": ["runtime/index.ts"],
  "runtime/session": [
    "runtime/own-modules.js",
    "runtime/session/protocol.ts",
    "runtime/globals.ts",
    "runtime/index.ts",
    "runtime/dataframe",
    "runtime/display",
    "runtime/engine",
    "runtime/errors.ts",
    "runtime/secrets.ts",
    "runtime/syntax",
    "runtime/turns.ts",
  ],
  "runtime/session/protocol.ts": [],
  // What is read off the text of a cell, in either process.
  "runtime/syntax": ["runtime/secrets.ts"],
  "runtime/display": [
    "runtime/dataframe",
    "runtime/plan",
    "runtime/errors.ts",
    "runtime/secrets.ts",
    "runtime/turns.ts",
  ],
  // Functions of the user's own are read, to know what they use.
  "runtime/dataframe/udf": [
    "runtime/dataframe",
    "runtime/plan",
    "runtime/engine/engine.ts",
    "runtime/syntax",
    "runtime/errors.ts",
    "runtime/turns.ts",
  ],
  "runtime/dataframe": [
    "runtime/plan",
    "runtime/dataframe/udf",
    "runtime/engine/engine.ts",
    "runtime/errors.ts",
    "runtime/secrets.ts",
    "runtime/turns.ts",
  ],
  "runtime/engine": [
    "runtime/engine/engine.ts",
    "runtime/sql",
    "runtime/plan",
    "runtime/errors.ts",
    "runtime/secrets.ts",
    "runtime/turns.ts",
  ],
  "runtime/engine/engine.ts": ["types of runtime/plan"],
  "runtime/sql": ["runtime/plan", "runtime/errors.ts"],
  "runtime/plan": ["runtime/errors.ts", "runtime/secrets.ts"],
  "runtime/turns.ts": ["runtime/errors.ts"],
  "runtime/errors.ts": ["runtime/secrets.ts"],
  "runtime/secrets.ts": [],
};

/** The room of a file, by its path from the top; undefined for what may import anything. */
export function roomOf(file: string): string | undefined {
  const within = Object.keys(rooms).filter((room) => file === room || file.startsWith(`${room}/`));
  return within.sort((a, b) => b.length - a.length)[0];
}

/** Why an import is not allowed, or undefined. Files without a room are the tests: nothing of ours imports them. */
export function objection(from: string, to: string, typeOnly: boolean): string | undefined {
  const here = roomOf(from);
  if (here === undefined || here === roomOf(to)) return undefined;
  const allowed = rooms[here] ?? [];
  const opens = (room: string) => to === room || to.startsWith(`${room}/`);
  if (allowed.some(opens)) return undefined;
  const typesOpen = allowed.some((entry) => entry.startsWith("types of ") && opens(entry.slice("types of ".length)));
  if (typesOpen && typeOnly) return undefined;
  return `${here} may import${typesOpen ? " only types of it" : `: ${allowed.join(", ") || "nothing of ours"}`}`;
}
