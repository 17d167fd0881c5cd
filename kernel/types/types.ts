import type { Diagnostic } from "vscode-languageserver-protocol";
import type { LiteralSource } from "../../runtime/session/protocol.ts";
import { mayHaveMagics, readMagics } from "../../runtime/syntax/magics.ts";
import { CellSyntaxError } from "../../runtime/syntax/parse.ts";
import type { CheckMode } from "./check/policy.ts";
import type { Problem } from "./check/problem.ts";
import { problemsOf } from "./check/problems.ts";
import { createDrafts, type Drafts } from "./draft/drafts.ts";
import { type CellModule, cellModule } from "./module/cell-module.ts";
import { type CellFacts, factsOf } from "./module/facts.ts";
import { sourcesToLookUp } from "./module/literal-sources.ts";
import { createLiveNames, neededOnly } from "./module/live-names.ts";
import { qualified } from "./module/qualified.ts";
import { createSchemaLookup } from "./module/schema-lookup.ts";
import { createStaleModules } from "./module/stale-modules.ts";
import type { Insertion } from "./module/virtual-text.ts";
import { type Aliases, readAliases } from "./server/aliases.ts";
import { createImportedFiles } from "./server/imported-files.ts";
import type { Position } from "./server/lines.ts";
import { preloadedTypes } from "./server/preloaded.ts";
import { openWorkspace } from "./server/workspace.ts";

/** What is known of the types of a session's cells. */
export type Types = {
  mode: CheckMode;
  /** How many times longer than usual answers are waited for. */
  readonly patience: number;
  /** What is being typed. */
  readonly drafts: Drafts;
  /** Starts the language server, so that it is warm when the first cell comes. */
  start(): void;
  /** What is wrong with a cell, before it runs. */
  check(code: string, cellId?: string): Promise<Checked>;
  /** The cell has run: what follows sees its declarations. */
  ran(
    run: { readonly run: number; readonly executionCount: number; readonly code: string; readonly cellId?: string },
    cell: Checked,
    outcome: "ok" | "failed",
    isLive: (name: string) => boolean,
  ): void;
  /** The cell was not run. */
  stopped(run: { readonly executionCount: number }, cell: Checked): void;
  /** What the session says of its variables. */
  learn(frames: { readonly [name: string]: string | null }, extra: readonly string[]): void;
  /** The session has them no more. */
  remove(names: readonly string[]): void;
  /** Whether anything has this name. */
  isName(name: string): boolean;
  /** The session has ended, and with it all names. */
  forget(): void;
  stop(): void;
};

export type Checked = {
  readonly problems: readonly Problem[];
  /** It uses names of local files that have changed since the session read them. */
  readonly isStale?: boolean;
  /** Why the cell was not checked. */
  readonly unchecked?: string;
  readonly module?: CellModule;
  /** The text of its module with the types of sources that were not told before it ran; undefined where they are not told now. */
  readonly textWithLateTypes?: () => Promise<string | undefined>;
};

const nothing: Checked = { problems: [] };

/** A cell waits for its check no longer than this, and while the server starts no longer than that. */
const patienceMs = 3000;
const patienceAtStartMs = 10_000;
/** The kernel answers all else while it reads a cell's syntax tree. */
const longestChecked = 500_000;

/** What the session is asked. */
export type TypeQuestions = {
  describe(sources: readonly LiteralSource[]): Promise<readonly (string | null)[] | undefined>;
  /** Whether it has told the types of what the last cell left. */
  settledTypes(): Promise<boolean>;
  /** Whether a cell has declared a variable of this name. */
  hasName(name: string): boolean;
};

export type TypesOptions = {
  /** The folder of the notebook. */
  readonly folder: string;
  readonly mode: CheckMode;
  readonly log: (line: string) => void;
  readonly patience?: number;
};

export function openTypes({ folder, mode, log, patience = 1 }: TypesOptions, session: TypeQuestions): Types {
  let known: Aliases | undefined;
  const aliases = () => (known ??= readAliases(folder));
  const workspace = openWorkspace(folder, log, { aliases, patience });
  const live = createLiveNames(session.hasName);
  const files = createImportedFiles(folder, aliases);
  const stale = createStaleModules();
  const lookup = createSchemaLookup(folder, session.describe);
  /** Names whose types the session was late to tell. */
  const unsettled = new Set<string>();
  let hasStarted = false;
  let isWarm = false;
  /** Cells are checked one after the other, in one document. */
  let last: Promise<unknown> = Promise.resolve();

  /** What a check still waits for that was given up. */
  let late: Promise<unknown> | undefined;

  const diagnose = async (module: CellModule): Promise<readonly Diagnostic[]> => {
    const changes = files.changes(module.facts.imports);
    workspace.changed(changes);
    const paths = new Set(changes.map(({ path }) => path));
    if (paths.size > 0) stale.changed((imports) => files.restOn(imports, paths));
    workspace.put(workspace.check, module.text);
    const found = await workspace.ask((server) => server.diagnostics(workspace.check));
    isWarm = true;
    return found;
  };

  /** Not longer than a cell may wait; while an earlier question has no answer, not at all. */
  const inTime = async (find: () => Promise<Problem[]>) => {
    if (late !== undefined) return { problem: "the language server still works on an earlier cell" };
    const asked = find();
    const found = await within(patience * (isWarm ? patienceMs : patienceAtStartMs), asked);
    if ("problem" in found) {
      late = asked
        .catch(() => {})
        .finally(() => {
          late = undefined;
        });
    }
    return found;
  };

  const completionsAt = async (position: Position) => {
    const found = await workspace.ask((server) => server.completions(workspace.check, position));
    return found.map(({ label }) => label);
  };

  const hoverAt = async (position: Position) => {
    const found = await workspace.ask((server) => server.hover(workspace.check, position));
    return (found?.contents as { value?: string } | undefined)?.value ?? "";
  };

  const settle = async () => {
    if (await session.settledTypes()) unsettled.clear();
    live.doubt(unsettled);
  };

  /** What is called on frames, on what Quern preloads and on what JavaScript has leaves files and tables as they are. */
  const isHarmless = (name: string): boolean =>
    live.isFrame(name) ||
    (!live.has(name) && !mayChange.has(name) && (workspace.preloaded.has(name) || name in globalThis));
  const sourcesOf = (facts: CellFacts) => sourcesToLookUp(facts, live.has, isHarmless);
  /** The types of literal sources. */
  const givenTypes = (facts: CellFacts, fresh?: "fresh") => typesOf(sourcesOf(facts), fresh);
  const typesOf = async (calls: ReturnType<typeof sourcesOf>, fresh?: "fresh"): Promise<Insertion[]> => {
    const schemas = await lookup.find(
      calls.map(({ source }) => source),
      fresh,
    );
    return calls.flatMap(({ typeAt }, index) => {
      const schema = schemas[index];
      return schema === undefined ? [] : [{ at: typeAt, text: `<${qualified(schema)}>` }];
    });
  };

  const restsOnStale = (name: string): boolean => {
    const module = live.moduleOf(name);
    return module !== undefined && stale.isStale(module);
  };

  const checkNow = async (facts: CellFacts, code: string, fresh?: "fresh"): Promise<Checked> => {
    await settle();
    const calls = sourcesOf(facts);
    const given = await typesOf(calls, fresh);
    const module = cellModule(code, facts, live, given);
    const found = await inTime(async () =>
      problemsOf(
        await diagnose(module),
        { module, code, mode: types.mode, live },
        {
          completionsAt,
          diagnosticsWithoutNull: workspace.diagnosticsWithoutNull,
          hoverAt,
          isFunction: (name) => workspace.functions.has(name),
          isExported: (name) => workspace.exported.has(name),
        },
      ),
    );
    if ("problem" in found) return { problems: [], module, unchecked: found.problem };
    const problems = found.value;
    // What was remembered of a source may not hold any more.
    if (problems.length > 0 && given.length > 0 && !fresh) return checkNow(facts, code, "fresh");
    const textWithLateTypes = async () => {
      const late = await typesOf(calls);
      return late.length > given.length ? module.textWith(late) : undefined;
    };
    const isStale = [...facts.mentioned].some((name) => !facts.values.has(name) && restsOnStale(name));
    return { module, problems, isStale, ...(given.length < calls.length && { textWithLateTypes }) };
  };

  /** What it declares is known by its text, too. */
  const moduleOfUnchecked = (code: string): CellModule | undefined => {
    if (code.length > longestChecked || !mayDeclare.test(code)) return undefined;
    try {
      const { code: typescript } = withoutMagics(code);
      return cellModule(typescript, factsOf(typescript), live);
    } catch {
      return undefined;
    }
  };

  const withoutMagics = (code: string) => (mayHaveMagics(code) ? readMagics(code, isName) : { code, magics: [] });
  const isPreloaded = (name: string): boolean => workspace.preloaded.has(name) || preloadedTypes.has(name);
  const isName = (name: string): boolean => live.has(name) || workspace.preloaded.has(name) || name in globalThis;

  const types: Types = {
    mode,
    patience,
    drafts: createDrafts(workspace, live, { folder, patience, given: givenTypes, settled: settle }),
    start() {
      if (types.mode === "off" || hasStarted) return;
      hasStarted = true;
      workspace
        .ask((server) => server.diagnostics(workspace.check))
        .then(() => {
          isWarm = true;
          return types.drafts.warm();
        })
        .catch(() => {});
    },
    async check(code, cellId) {
      if (types.mode === "off") return nothing;
      if (code.length > longestChecked)
        return { problems: [], unchecked: `it is longer than ${longestChecked} characters` };
      const { code: typescript, magics } = withoutMagics(code);
      let facts: CellFacts;
      try {
        facts = factsOf(typescript, magics);
      } catch (error) {
        // The session tells it, with the place.
        if (error instanceof CellSyntaxError) return nothing;
        // Nested deeper than the stack.
        return { problems: [], unchecked: (error as Error).message };
      }
      const checking = last
        .then(() => {
          if (cellId !== undefined) live.giveBack(cellId, facts, isPreloaded);
          return checkNow(facts, typescript);
        })
        .catch((error: Error): Checked => ({ problems: [], unchecked: error.message }));
      last = checking;
      return checking;
    },
    ran({ run, executionCount, code, cellId }, { module: checked, problems, textWithLateTypes }, outcome, isLive) {
      const module = checked ?? moduleOfUnchecked(code);
      if (module === undefined) return;
      const cell = `cell [${executionCount}]`;
      if (outcome === "failed") live.miss(cell, module.facts);
      lookup.forgetTables();
      const { facts } = module;
      if (facts.resets && outcome === "ok") live.removeTypes();
      for (const name of [...facts.values.keys(), ...facts.assigned]) unsettled.add(name);
      const augments = /\bdeclare\s+(?:global\b|module\s*["'])/.test(code);
      if (facts.values.size === 0 && facts.types.size === 0 && !augments) return;
      const text = neededOnly(module.text);
      const by = {
        module: workspace.keep(run, text),
        cell,
        ...(cellId !== undefined && { cellId }),
      };
      stale.keep(by.module, text, facts.imports);
      // One that ran with what was wrong in it may have given a variable another type than its text says.
      live.declare(by, facts, checked && problems.length === 0 ? outcome : "unchecked", isLive);
      if (augments) live.augment(by);
      if (textWithLateTypes === undefined) return;
      // What follows sees the columns in all that the cell made of the source.
      last = last
        .then(textWithLateTypes)
        .then((text) => text !== undefined && workspace.keep(run, neededOnly(text)))
        .catch(() => {});
    },
    stopped({ executionCount }, { module }) {
      if (module) live.miss(`cell [${executionCount}]`, module.facts);
    },
    learn(frames, extra) {
      const types = Object.entries(frames).map(([name, type]) => [name, type && qualified(type)] as const);
      live.learn(Object.fromEntries(types), extra);
    },
    remove: live.remove,
    isName,
    forget() {
      live.clear();
      stale.clear();
      workspace.clear();
      types.drafts.forget();
    },
    stop: workspace.stop,
  };
  return types;
}

/** Of the names that are there from the start. */
const mayChange = new Set(["process", "globalThis", "eval", "Function", "use", "_", "Out"]);

const mayDeclare = /\b(?:const|let|var|function|class|enum|type|interface|namespace|import|declare)\b/;

async function within<T>(ms: number, work: Promise<T>): Promise<{ readonly value: T } | { readonly problem: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ problem: string }>((resolve) => {
    timer = setTimeout(() => resolve({ problem: `the language server has not answered within ${ms / 1000} s` }), ms);
    // Whoever leaves meanwhile does not wait for it.
    timer.unref();
  });
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } catch (error) {
    return { problem: `the language server failed: ${(error as Error).message}` };
  } finally {
    clearTimeout(timer);
  }
}
