import type { CompletionItem } from "vscode-languageserver-protocol";
import type { MimeBundle } from "../../../runtime/session/protocol.ts";
import { inTime } from "../in-time.ts";
import type { LiveNames } from "../module/live-names.ts";
import { linesOf } from "../server/lines.ts";
import type { LanguageServer } from "../server/server.ts";
import type { Workspace } from "../server/workspace.ts";
import { type Asked, isInText, type Offers, offersAt } from "./completions.ts";
import { createDetails, withinMs } from "./details.ts";
import { createRecentNames, type DraftModule, draftModule, type GivenTypes } from "./draft-module.ts";
import { columnHover, hoverAt } from "./hovers.ts";
import type { Offer } from "./items.ts";
import { createLists } from "./lists.ts";
import { tablesNamedIn } from "./table-names.ts";

/** What the types say of a text that is being typed; each answer is undefined where they say nothing in time. */
export type Drafts = {
  /** Has the server look at a draft, so that the first answer is quick. */
  warm(): Promise<void>;
  complete(code: string, cursorUtf16: number, names: readonly Offer[]): Promise<Offers | undefined>;
  inspect(code: string, cursorUtf16: number): Promise<MimeBundle | undefined>;
  /** A cell has run: the tables that it named can be completed. */
  ran(code: string): void;
  /** The session has ended. */
  forget(): void;
};

/** JupyterLab takes no answer after a second; the live values are asked after this. */
const patienceMs = 600;
/** While the server starts, others answer. */
const patienceAtStartMs = 60;

export type DraftOptions = {
  readonly folder: string;
  readonly patience: number;
  readonly given: GivenTypes;
  /** When the types that the last cell left are told. */
  settled(): Promise<unknown>;
};

export function createDrafts(
  workspace: Pick<Workspace, "server" | "put" | "draft" | "revision">,
  live: LiveNames,
  { folder, patience, given, settled }: DraftOptions,
): Drafts {
  let isWarm = false;
  /** One draft is looked at after the other: they are one document. */
  let last: Promise<unknown> = Promise.resolve();
  const details = createDetails();
  const tables = new Set<string>();
  const recent = createRecentNames();
  const lists = createLists();

  const open = async (code: string, cursorUtf16: number, word = ""): Promise<[LanguageServer, DraftModule]> => {
    details.stop();
    const server = await workspace.server();
    await settled();
    const draft = await draftModule(code, cursorUtf16, { live, recent, given, word });
    workspace.put(workspace.draft, draft.text);
    return [server, draft];
  };

  /**
   * What could stand at the cursor, and the module's text in front of it. The server is shown the text without the word that
   * is being typed: what could stand there is the same with each of its letters, and asked once.
   */
  const items = async (code: string, cursorUtf16: number) => {
    const before = code.slice(0, cursorUtf16);
    const word = /[\p{ID_Continue}$]*$/u.exec(before)?.[0] ?? "";
    const begin = cursorUtf16 - word.length;
    const [server, draft] = await open(code.slice(0, begin) + code.slice(cursorUtf16), begin, word);
    const found = await lists.of(draft, workspace.revision(), () =>
      server.completions(workspace.draft, linesOf(draft.text).position(draft.cursor)),
    );
    isWarm = true;
    return { found, before: draft.text.slice(0, draft.cursor) };
  };

  /** Of `only` one name where it is given, with all that is told of it in time. */
  const offers = async (code: string, cursorUtf16: number, names: () => readonly Offer[], only?: string) => {
    const until = performance.now() + patience * (only === undefined ? withinMs : patienceMs);
    let before = "";
    const asked: Asked = {
      folder,
      async items(text, cursor): Promise<readonly CompletionItem[]> {
        const given = await items(text, cursor);
        before = given.before;
        return only === undefined ? given.found : given.found.filter(({ label }) => label === only);
      },
      details: async (found, where) =>
        details.of(found, { before, until, isScope: where === "scope" }, await workspace.server()),
      names,
      isFrame: live.isFrame,
      settled,
      tables: () => tables,
    };
    return offersAt(code, cursorUtf16, asked);
  };

  const inspectIn = async (code: string, cursorUtf16: number) => {
    const [server, draft] = await open(code, cursorUtf16);
    const position = (offset: number) => linesOf(draft.text).position(offset);
    return hoverAt(code, cursorUtf16, draft, {
      hover: (offset) => server.hover(workspace.draft, position(offset)),
      signature: (offset) => server.signature(workspace.draft, position(offset)),
    });
  };

  /** Of the column that stands at the cursor in a string or in SQL, the type. */
  const inspectText = async (code: string, cursorUtf16: number): Promise<MimeBundle | undefined> => {
    const [before = ""] = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursorUtf16)) ?? [];
    const [after = ""] = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursorUtf16)) ?? [];
    const names = () => Array.from(live.all(), (text) => ({ text, kind: "variable" }));
    const found = await offers(code, cursorUtf16 + after.length, names, before + after);
    const column = found?.matches.find(({ kind }) => kind === "column");
    return column && columnHover(column);
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T | undefined> => {
    const working = last.then(work);
    last = working.catch(() => {});
    return inTime(patience * (isWarm ? patienceMs : patienceAtStartMs), working);
  };

  return {
    async warm() {
      const code = 'range(1).filter((row) => row.id.gt(0)).select("id").';
      await items(code, code.length);
    },
    complete(code, cursorUtf16, names) {
      const known = new Map(names.map((name) => [name.text, name]));
      for (const text of live.all()) if (!known.has(text)) known.set(text, { text, kind: "type" });
      return inTurn(() => offers(code, cursorUtf16, () => [...known.values()]));
    },
    ran(code) {
      for (const name of tablesNamedIn(code)) tables.add(name);
    },
    forget: () => tables.clear(),
    inspect: (code, cursorUtf16) =>
      inTurn(async () => {
        if (isInText(code, cursorUtf16)) {
          const column = await inspectText(code, cursorUtf16);
          if (column !== undefined) return column;
        }
        const found = await inspectIn(code, cursorUtf16);
        const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(code) ? code : "";
        // The name of a type is none where a value is expected.
        return (
          found ??
          (live.has(name) ? inspectIn(`let quernCursor: ${name}`, `let quernCursor: ${name}`.length) : undefined)
        );
      }),
  };
}
