/** What is wrong with a notebook's file, in one sentence that names the file and the way out: the user can mend it. */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
}
