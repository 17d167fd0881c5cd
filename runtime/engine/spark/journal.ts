import { QuernError } from "../../errors.ts";
import { wasLost } from "./lost.ts";

type Entry = { readonly name: string; readonly make: () => Promise<void> };

export type Replayed = { readonly made: readonly string[]; readonly gone: readonly string[] };

/** What is in a server's session beside its settings, to have it in the next when that is lost: in order, each by its name. */
export class Journal {
  readonly #entries = new Map<string, Entry>();

  /** A view, which `make` makes again. */
  addView(view: string, make: () => Promise<void>): void {
    this.#set({ name: viewName(view), make });
  }

  /** A command that was run; `run` runs it again. Those that change no session are passed over. */
  addCommand(sql: string, run: (sql: string) => Promise<void>): void {
    const text = sql.replace(/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, "");
    const dropped = DROP.exec(text)?.[1];
    if (dropped !== undefined) this.#entries.delete(viewName(unquoted(dropped)).toLowerCase());
    for (const { shape, name } of KINDS) {
      const match = shape.exec(text);
      if (match === null) continue;
      this.#set({ name: name(unquoted(match[1] ?? "")), make: () => run(sql) });
      return;
    }
  }

  /** Makes all of it again; what cannot be made is left out. Answers what is there, and what is gone with the reason. */
  async replay(): Promise<Replayed> {
    const made: string[] = [];
    const gone: string[] = [];
    for (const [key, { name, make }] of [...this.#entries]) {
      try {
        await make();
        made.push(name);
      } catch (error) {
        if (!(error instanceof QuernError) || wasLost(error) || error.code === "UNREACHABLE") throw error;
        // Global views outlive sessions.
        if (error.code === "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS") continue;
        this.#entries.delete(key);
        gone.push(`${name} (${error.message})`);
      }
    }
    return { made, gone };
  }

  #set(entry: Entry): void {
    const key = entry.name.toLowerCase();
    // Behind what came since: it may be made of that.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }
}

/** What a user is told of a session that was lost. */
export function renewalText(address: string, { made, gone }: Replayed): string {
  const again = made.length === 0 ? "its settings are" : `its settings and ${made.join(", ")} are`;
  const lost = gone.length === 0 ? "" : ` Gone: ${gone.join("; ")}.`;
  return `The Spark server at ${address} was restarted, or had ended this session: a new one has begun, and ${again} there again.${lost}`;
}

const viewName = (view: string): string => `view ${view}`;

const NAME = String.raw`((?:\`[^\`]+\`|[\w.])+)`;
const shaped = (text: string): RegExp => new RegExp(`^${text.replaceAll(" ", String.raw`\s+`)}`, "i");

const DROP = shaped(`DROP (?:TEMPORARY )?VIEW (?:IF EXISTS )?${NAME}`);
const KINDS: readonly { readonly shape: RegExp; readonly name: (found: string) => string }[] = [
  {
    shape: shaped(`CREATE (?:OR REPLACE )?(?:GLOBAL )?TEMP(?:ORARY)? VIEW (?:IF NOT EXISTS )?${NAME}`),
    name: viewName,
  },
  {
    shape: shaped(`CREATE (?:OR REPLACE )?TEMPORARY FUNCTION (?:IF NOT EXISTS )?${NAME}`),
    name: (name) => `function ${name}`,
  },
  {
    shape: shaped(`DECLARE (?:OR REPLACE )?(?:VARIABLE )?${NAME}`),
    name: (name) => `variable ${name}`,
  },
  { shape: shaped(`SET VAR(?:IABLE)? ${NAME}`), name: (name) => `value of ${name}` },
  { shape: shaped("USE"), name: () => "current database" },
  { shape: shaped("SET TIME ZONE"), name: () => "time zone" },
  { shape: shaped(String.raw`SET ([\w.]+)\s*=`), name: (name) => `setting ${name}` },
];

const unquoted = (name: string): string => name.replaceAll("`", "");
