/** What cells are shown on: a terminal, which can be drawn over, or a pipe, which cannot. */
export type Surface = {
  /** Text as the program wrote it. */
  stream(text: string): void;
  /** Begins and ends with the line; under `id` it can be updated. */
  block(block: Block, id?: string): void;
  /** Puts another block in place of the last under `id`. */
  update(id: string, block: Block): void;
  /** The state of an action that goes on, until its end. */
  progress(id: string, text: string): void;
  /** What remains of it. */
  endProgress(id: string, text: string): void;
  /** Takes away what the cell has shown; with `wait`, when the next thing is shown. */
  clear(wait: boolean): void;
  endCell(): void;
};

export type Block = {
  readonly text: string;
  /** The text draws a picture. */
  readonly picture?: Picture | undefined;
};

export type Picture = {
  /** Of the terminal; undefined where only the terminal knows. */
  readonly rows: number | undefined;
  /** Takes it away where erasing text does not. */
  readonly erase: string;
};
