import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { NotebookError } from "./notebook-error.ts";

/** The text of a file, without its byte order mark. Throws NotebookError with the reason. */
export function readText(path: string): string {
  const bytes = readBytes(path);
  if (!isUtf8(bytes))
    throw new NotebookError(`${path} is not UTF-8 text: save it as UTF-8 in the editor that wrote it.`);
  try {
    return bytes.toString("utf8").replace(/^\uFEFF/, "");
  } catch {
    throw new NotebookError(
      `${path} is too large to read (${Math.round(bytes.length / 1e6)} MB): clear its outputs, or split it.`,
    );
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new NotebookError(reasons[code ?? ""]?.(path) ?? `${path} cannot be read: ${message}.`);
  }
}

const reasons: { readonly [code: string]: (path: string) => string } = {
  ENOENT: (path) => `there is no file ${path}.`,
  ENOTDIR: (path) => `there is no file ${path}: what should be a folder on the way is a file.`,
  EISDIR: (path) => `${path} is a folder: name a notebook in it.`,
  EACCES: (path) => `${path} may not be read by this user: mend its permissions.`,
  EPERM: (path) => `${path} may not be read by this user: mend its permissions.`,
  ERR_FS_FILE_TOO_LARGE: (path) => `${path} is larger than 2 GB: clear its outputs, or split it.`,
};
