import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

export type HistoryEntry = {
  readonly session: number;
  readonly line: number;
  readonly code: string;
  /** The text of its result, where there was one. */
  readonly output: string | undefined;
};

/** What was typed, in this session and earlier ones, by the kernels of this user. */
export type History = {
  add(line: number, code: string, output: string | undefined): void;
  /** The last `count` entries, oldest first. */
  tail(count: number): HistoryEntry[];
  /** `session` 0 is this one, -1 the one before; `stop` is exclusive. */
  range(session: number, start: number, stop: number | undefined): HistoryEntry[];
  /** The last `count` whose code matches, oldest first; `pattern` has the wildcards * and ?. */
  search(pattern: string, count: number | undefined, unique: boolean): HistoryEntry[];
  close(): void;
};

/** Lines are written together, and not while the next cell is about to come. */
const writtenAfterMs = 100;
/** So long a kernel waits for another that writes; what is to be written waits longer, in memory. */
const busyTimeoutMs = 100;
/** At its end there is no later: on a busy machine another may have been stopped in the midst of writing. */
const lastBusyTimeoutMs = 5000;

/**
 * Opens the history file; where that fails, the history of this session is kept in memory, and `warn` hears why.
 * Several kernels may have the same file open.
 */
export function openHistory(path: string, warn: (line: string) => void): History {
  try {
    // What was typed may hold passwords: others on the machine read nothing of it.
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return historyIn(openDatabase(path), warn);
  } catch (error) {
    const reason = (error as Error).message;
    warn(`the history file "${path}" cannot be used (${reason}); history is kept in memory. Remove or mend the file.`);
    return historyIn(openDatabase(":memory:"), warn);
  }
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 2000 });
  try {
    // A power cut may cost the last lines; the file stays whole.
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = off;
      create table if not exists sessions (session integer primary key autoincrement, started text not null);
      create table if not exists history (
        session integer not null, line integer not null, code text not null, output text, primary key (session, line)
      )`);
    database.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function historyIn(database: DatabaseSync, warn: (line: string) => void): History {
  // Made with the first line: a kernel that runs nothing leaves no session.
  let session: number | undefined;
  let unwritten: { line: number; code: string; output: string | undefined }[] = [];
  let hasWarned = false;
  let timer: NodeJS.Timeout | undefined;

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (unwritten.length === 0) return;
    try {
      database.exec("begin immediate");
      session ??= Number(
        database.prepare("insert into sessions (started) values (?)").run(new Date().toISOString()).lastInsertRowid,
      );
      const insert = database.prepare("insert or replace into history values (?, ?, ?, ?)");
      for (const { line, code, output } of unwritten) insert.run(session, line, code, output ?? null);
      database.exec("commit");
      unwritten = [];
    } catch (error) {
      if (database.isTransaction) database.exec("rollback");
      if (!hasWarned) warn(`history could not be written yet: ${(error as Error).message}`);
      hasWarned = true;
    }
  };

  const read = (where: string, order: string, ...values: SQLInputValue[]): HistoryEntry[] => {
    write();
    const rows = database.prepare(`select session, line, code, output from history ${where} ${order}`).all(...values);
    return rows.map(({ session, line, code, output }) => ({
      session: Number(session),
      line: Number(line),
      code: String(code),
      output: output === null ? undefined : String(output),
    }));
  };
  const newestFirst = "order by session desc, line desc limit ?";

  /** Numbers below 1 count back from this session, whether or not it has a line yet. */
  const sessionNumber = (relative: number): number => {
    if (relative > 0) return relative;
    if (relative === 0) return session ?? -1;
    const before = database
      .prepare("select session from sessions where session < ? order by session desc limit 1 offset ?")
      .get(session ?? Number.MAX_SAFE_INTEGER, -relative - 1);
    return before ? Number(before.session) : -1;
  };

  return {
    add(line, code, output) {
      unwritten.push({ line, code, output });
      timer ??= setTimeout(write, writtenAfterMs).unref();
    },
    tail: (count) => read("", newestFirst, Math.max(0, count)).reverse(),
    range(relative, start, stop) {
      write();
      const where = "where session = ? and line >= ? and line < ?";
      return read(where, "order by line", sessionNumber(relative), start, stop ?? Number.MAX_SAFE_INTEGER);
    },
    search(pattern, count, unique) {
      const nth = "row_number() over (partition by code order by session desc, line desc) as nth";
      const where = `where (session, line) in (
        select session, line from (select session, line, ${nth} from history where code glob ?) where nth = 1 or ?)`;
      return read(where, newestFirst, globOf(pattern), unique ? 0 : 1, count ?? -1).reverse();
    },
    close() {
      if (unwritten.length > 0) database.exec(`pragma busy_timeout = ${lastBusyTimeoutMs}`);
      write();
      database.close();
    },
  };
}

/** SQLite's glob reads brackets as a set of characters, Jupyter does not. */
const globOf = (pattern: string): string => pattern.replaceAll("[", "[[]");
