/** What front ends need to know to highlight and save TypeScript. */
export const languageInfo = {
  name: "typescript",
  version: "7.0",
  // Of the mime types in use, the one that JupyterLab's editor knows.
  mimetype: "application/typescript",
  file_extension: ".ts",
  pygments_lexer: "typescript",
  // Plain text: an object without a version broke strict clients of other kernels.
  codemirror_mode: "typescript",
  nbconvert_exporter: "script",
} as const;
