import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spark } from "../index.ts";
import { kernelFolder } from "./given.ts";

/** What a session that takes the place of a crashed one begins with. */
type Settings = { readonly conf: { readonly [name: string]: string }; readonly cwd: string };

const file = kernelFolder === undefined ? undefined : join(kernelFolder, "settings.json");

/** To be called when one of them has changed. */
export function saveSettings(): void {
  if (file === undefined) return;
  const settings: Settings = { conf: Object.fromEntries(spark.conf.changed), cwd: process.cwd() };
  writeWhole(file, JSON.stringify(settings));
}

/**
 * Takes the settings and the working folder of the session before over, if there was one. Modules are still found from
 * the notebook's folder.
 */
export function restoreSettings(): void {
  const settings = file && (read(file) as Settings | undefined);
  if (settings) {
    spark.conf.restore(Object.entries(settings.conf));
    try {
      process.chdir(settings.cwd);
    } catch {
      // It is gone; the notebook's folder is the next best.
    }
  }
  rememberWorkingFolder();
}

function rememberWorkingFolder(): void {
  const { chdir } = process;
  process.chdir = (folder) => {
    chdir(folder);
    try {
      saveSettings();
    } catch {
      // The folder is there to work in, whatever becomes of the note.
    }
  };
}

export function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** A crash leaves the old text or the new. */
export function writeWhole(path: string, text: string): void {
  const next = `${path}.next`;
  writeFileSync(next, text);
  renameSync(next, path);
}
