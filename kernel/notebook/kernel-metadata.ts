import { languageInfo } from "../language/language-info.ts";
import type { Metadata } from "./nbformat.ts";

/** What a notebook's metadata say of its kernel when that is Quern; the names are those of the kernelspec in install.ts. */
export const kernelMetadata = {
  kernelspec: { display_name: "TypeScript (Quern)", language: "typescript", name: "quern" },
  language_info: languageInfo,
} as const;

/** The same metadata, and Quern's where they name no kernel: without, JupyterLab asks for one at opening. */
export function withKernel(metadata: Metadata): Metadata {
  return metadata.kernelspec === undefined ? { ...metadata, ...kernelMetadata, ...metadata } : metadata;
}
