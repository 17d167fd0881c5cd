import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HeldRows } from "../../runtime/session/protocol.ts";
import { sizeText } from "./memory.ts";

/** What is said about the rows that a session had stored, once it has ended: one sentence, and what to run. */
export type Survivors = {
  readonly sentence: string;
  readonly lines: readonly string[];
  /** Names that stand for the same frames in the next session. */
  readonly variables: readonly string[];
};

export const noSurvivors: Survivors = { sentence: "", lines: [], variables: [] };

/** Reads the list that the session has left in the kernel's folder. */
export function survivorsIn(folder: string | undefined): Survivors {
  const held = folder === undefined ? [] : readList(join(folder, "storage.json"));
  const onDisk = held.filter(({ kind }) => kind !== "memory");
  const inMemory = held.filter(({ kind }) => kind === "memory");
  const sentences = [
    ...(onDisk.length > 0 ? ["What was on disk is there again"] : []),
    ...(inMemory.length > 0 ? ["what was cached in memory is computed again at its first use"] : []),
  ];
  const sentence = sentences.join("; ");
  return {
    sentence: sentence === "" ? "" : ` ${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`,
    lines: [
      ...(onDisk.length > 0 ? ["There again, from disk:", ...onDisk.map(onDiskLine)] : []),
      ...(inMemory.length > 0
        ? ["To be computed again, at the first use after these lines have run again:", ...inMemory.map(inMemoryLine)]
        : []),
    ],
    variables: onDisk.flatMap(({ variables }) => variables),
  };
}

/** The variables whose rows a session holds in its memory; the label of a frame that no variable stands for. */
export const heldInMemory = (folder: string | undefined): string[] =>
  (folder === undefined ? [] : readList(join(folder, "storage.json")))
    .filter(({ kind }) => kind === "memory")
    .flatMap(({ variables, name }) => (variables.length > 0 ? variables : [name]));

function onDiskLine(held: HeldRows): string {
  const name = held.variables.length > 0 ? held.variables.join(", ") : held.name;
  const access = held.kind === "checkpoint" ? `table(${JSON.stringify(held.name)})` : (held.place ?? "");
  return `  ${name} (${size(held)})${access === "" ? "" : `: ${access}`}`;
}

const inMemoryLine = ({ variables, name, place }: HeldRows): string =>
  `  ${variables.length > 0 ? variables.join(", ") : name}${place === undefined ? "" : `: ${place}`}`;

const size = ({ rows = 0, bytes = 0 }: HeldRows): string =>
  `${rows.toLocaleString("en-US")} ${rows === 1 ? "row" : "rows"}, ${sizeText(bytes)}`;

function readList(path: string): readonly HeldRows[] {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return [];
  }
}
