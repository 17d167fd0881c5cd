import { mkdirSync, mkdtempDisposableSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export type Files = { readonly [path: string]: string };

/** A folder with a notebook's files in it, whose path has a space and letters of other alphabets. */
export class NotebookFolder implements Disposable {
  readonly path: string;
  readonly #root = mkdtempDisposableSync(join(tmpdir(), "quern modules-"));

  constructor(files: Files) {
    this.path = join(this.#root.path, "Notizbücher 数据 #1");
    mkdirSync(this.path);
    this.write(files);
  }

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.path, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** A package in node_modules, as npm would put it there. */
  install(name: string, description: object, files: Files): void {
    const folder = join("node_modules", name);
    const text = JSON.stringify({ name, version: "1.0.0", ...description });
    this.write({ [join(folder, "package.json")]: text });
    this.write(Object.fromEntries(Object.entries(files).map(([path, content]) => [join(folder, path), content])));
  }

  delete(path: string): void {
    rmSync(join(this.path, path), { recursive: true });
  }

  /** Sets when a file was written last. */
  date(path: string, at: Date): void {
    utimesSync(join(this.path, path), at, at);
  }

  [Symbol.dispose](): void {
    this.#root[Symbol.dispose]();
  }
}
