import { columnsOf } from "./column-arguments.ts";
import { refuseUndefined } from "./habits.ts";

/** An argument, or what it returns for `f` if it is a callback. */
export function applied(method: string, argument: unknown, position = 1): unknown {
  refuseUndefined(method, argument, position);
  return typeof argument === "function" ? argument(columnsOf()) : argument;
}

export const allApplied = (method: string, given: readonly unknown[]): unknown[] =>
  given.map((argument, index) => applied(method, argument, index + 1));
