import type { NameKind } from "../../../runtime/syntax/declarations.ts";
import type { CellFacts } from "./facts.ts";

/** Where the type of a name is found: the module of the cell that declared it last. */
type LiveName = Declarer & { readonly kind: NameKind | "type" };
/** The cell as a module, as the user knows it (`cell [3]`), and as the front end does. */
export type Declarer = { readonly module: string; readonly cell: string; readonly cellId?: string };

/** Of a cell that was not checked, the text may say another type than its variables have. */
export type Outcome = "ok" | "failed" | "unchecked";

type Assignments = Pick<CellFacts, "assigned" | "assignedWithin">;

/** So many modules are imported by a cell that does not need them. */
const mostRecent = 300;

/** A module's text without these: what it needs is imported by what imports it. */
export function neededOnly(text: string): string {
  const end = text.indexOf("\n");
  return text.slice(0, end).replaceAll(/import "\.\/[^"]*"; ?/g, "") + text.slice(end);
}

/** The type of a frame whose columns are not known. */
export const anyFrame = 'import("quern").DataFrame<any>';

/** The names of a session as the type check knows them: what the cells that ran have declared last. */
export type LiveNames = {
  /** After a cell has run: `isLive` says whether one of its values was declared. */
  declare(by: Declarer, facts: CellFacts, outcome: Outcome, isLive: (name: string) => boolean): void;
  /** The cell runs again, and was edited: of what it declared and does no more, `isGivenBack` says what it is asked for. */
  giveBack(cellId: string, facts: CellFacts, isGivenBack: (name: string) => boolean): void;
  /** The cell has ended in an error, perhaps before it declared them. */
  miss(cell: string, facts: CellFacts): void;
  /** The last cell that would have declared a name that is not there. */
  missedBy(name: string): string | undefined;
  /** The cell adds to the types of all others (`declare global`). */
  augment(by: Declarer): void;
  /** The whole types of variables that hold frames (`DataFrame<{ … }>`); null where one holds none any more. */
  learn(frames: { readonly [name: string]: string | null }, extra: readonly string[]): void;
  /** No variable has them any more. */
  remove(names: readonly string[]): void;
  /** What is no variable is gone, too: types, and what was added to those of all cells. */
  removeTypes(): void;
  /** The types of these variables are not told yet: what the text says of them may be wrong. */
  doubt(names: ReadonlySet<string>): void;
  /**
   * Declarations of these names, in one line, with the modules that were used before: for a document that imports the same
   * as before the language server has far less to do. Of those that the cell assigns, such that another frame can be assigned.
   */
  header(names: Iterable<string>, cell: Assignments, imports?: "recent" | "needed"): string;
  has(name: string): boolean;
  /** Or may be one. */
  isFrame(name: string): boolean;
  /** The module that its type comes from, where it is not told by the session. */
  moduleOf(name: string): string | undefined;
  /** The cell that declared it last: `cell [3]`. */
  cellOf(name: string): string | undefined;
  all(): Iterable<string>;
  clear(): void;
};

/** `hasVariable` says whether the session has a variable of this name, of whatever type. */
export function createLiveNames(hasVariable: (name: string) => boolean): LiveNames {
  const names = new Map<string, LiveName | "unknown">();
  const frames = new Map<string, string>();
  const extras = new Set<string>();
  const augmenting = new Set<string>();
  /** Modules that cells used, in an order that stays. */
  const recent = new Set<string>();
  const missed = new Map<string, string>();
  let doubted: ReadonlySet<string> = new Set();

  /** Cells that were not checked have declared some. */
  const isUntyped = (name: string): boolean => extras.has(name) || hasVariable(name);

  const one = (name: string, cell: Assignments, imports: Map<string, string[]>): string => {
    const live = names.get(name);
    const frame = frames.get(name);
    const isVariable = live !== "unknown" && (live?.kind === "let" || live?.kind === "var");
    const isDoubted = doubted.has(name) && (frame !== undefined || isVariable);
    if (isDoubted || live === "unknown") return `declare let ${name}: any;`;
    if (frame !== undefined) {
      if (live !== undefined && !isVariable) return `declare const ${name}: ${frame};`;
      if (cell.assignedWithin.has(name)) return `declare let ${name}: ${anyFrame};`;
      return cell.assigned.has(name) ? `let ${name}; ${name} = null! as ${frame};` : `declare let ${name}: ${frame};`;
    }
    if (live === undefined) return isUntyped(name) ? `declare let ${name}: any;` : "";
    const own = `__quern_${name}`;
    imports.set(live.module, [...(imports.get(live.module) ?? []), isVariable ? `${name} as ${own}` : name]);
    return isVariable ? `declare let ${name}: typeof ${own};` : "";
  };

  const remember = (module: string) => {
    if (recent.has(module)) return;
    recent.add(module);
    if (recent.size > mostRecent) recent.delete(recent.keys().next().value as string);
  };

  return {
    declare(by, facts, outcome, isLive) {
      for (const name of facts.types) {
        names.set(name, { ...by, kind: "type" });
        missed.delete(name);
      }
      for (const [name, kind] of facts.values) {
        if (!isLive(name)) continue;
        missed.delete(name);
        if (outcome === "unchecked" && (kind === "const" || kind === "let" || kind === "var")) {
          names.delete(name);
          continue;
        }
        // Which of two values a cell that failed has left is known only when it runs again.
        const isUncertain = outcome === "failed" && names.has(name);
        names.set(name, isUncertain ? "unknown" : { ...by, kind });
        extras.delete(name);
      }
    },
    giveBack(cellId, { values, types }, isGivenBack) {
      for (const [name, live] of names) {
        const isLeft = live !== "unknown" && live.cellId === cellId && !values.has(name) && !types.has(name);
        if (isLeft && isGivenBack(name)) names.delete(name);
      }
    },
    miss(cell, { values, types }) {
      for (const name of [...values.keys(), ...types]) missed.set(name, cell);
    },
    missedBy: (name) => missed.get(name),
    augment({ module }) {
      augmenting.add(module);
    },
    learn(found, extra) {
      for (const [name, type] of Object.entries(found)) {
        if (type === null) frames.delete(name);
        else frames.set(name, type);
      }
      extras.clear();
      for (const name of extra) extras.add(name);
    },
    remove(gone) {
      for (const name of gone) {
        frames.delete(name);
        names.delete(name);
      }
    },
    removeTypes() {
      for (const [name, live] of names) if (live !== "unknown" && live.kind === "type") names.delete(name);
      augmenting.clear();
      recent.clear();
      missed.clear();
    },
    doubt(unsettled) {
      doubted = unsettled;
    },
    header(wanted, cell, wantedImports = "recent") {
      const imports = new Map<string, string[]>();
      const declarations = [...wanted].map((name) => one(name, cell, imports)).filter((text) => text !== "");
      if (wantedImports === "recent") for (const module of imports.keys()) remember(module);
      const others = wantedImports === "recent" ? recent : imports.keys();
      const lines = [...new Set([...augmenting, ...others])].map((module) => {
        const list = imports.get(module);
        return list ? `import { ${list.join(", ")} } from "${module}";` : `import "${module}";`;
      });
      return [...lines, ...declarations].join(" ");
    },
    has: (name) => names.has(name) || frames.has(name) || isUntyped(name),
    isFrame: (name) => frames.has(name) || doubted.has(name),
    moduleOf(name) {
      const live = names.get(name);
      return live === "unknown" || frames.has(name) ? undefined : live?.module;
    },
    cellOf(name) {
      const live = names.get(name);
      if (live === undefined) return undefined;
      return live === "unknown" ? "an earlier cell" : live.cell;
    },
    all: () => new Set([...names.keys(), ...frames.keys(), ...extras]),
    clear() {
      names.clear();
      frames.clear();
      extras.clear();
      augmenting.clear();
      recent.clear();
      missed.clear();
    },
  };
}
