import { inspect } from "node:util";
import { sortKeyText } from "../plan/expression-text.ts";
import type { SortKey } from "../plan/expressions.ts";

/** A key for orderBy, made by a column's `asc()` and `desc()`. */
export class SortOrder {
  readonly key: SortKey;

  constructor(key: SortKey) {
    this.key = Object.freeze(key);
  }

  [inspect.custom](): string {
    return `SortOrder<${sortKeyText(this.key)}>`;
  }
}
