import type { MimeBundle } from "../../runtime/session/protocol.ts";

/**
 * A notebook in memory, as nbformat 4.5 has it on disk, but for texts, which are whole here and lists of lines there.
 * https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export type Notebook = {
  readonly metadata: Metadata;
  readonly nbformat: 4;
  readonly nbformat_minor: number;
  readonly cells: readonly Cell[];
};

export type Metadata = { readonly [key: string]: unknown };

export type Cell = CodeCell | TextCell;

export type CodeCell = CellBase & {
  readonly cell_type: "code";
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
};

export type TextCell = CellBase & {
  readonly cell_type: "markdown" | "raw";
  readonly attachments?: { readonly [file: string]: MimeBundle };
};

type CellBase = {
  readonly id: string;
  /** `tags` is a list of texts where it is there. */
  readonly metadata: Metadata & { readonly tags?: readonly string[] };
  readonly source: string;
};

export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly output_type: "display_data"; readonly data: MimeBundle; readonly metadata: MimeBundle }
  | {
      readonly output_type: "execute_result";
      readonly execution_count: number | null;
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

export const isCode = (cell: Cell): cell is CodeCell => cell.cell_type === "code";

export const hasTag = (cell: Cell, tag: string): boolean => cell.metadata.tags?.includes(tag) ?? false;
