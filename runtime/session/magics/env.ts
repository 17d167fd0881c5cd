import { QuernError } from "../../errors.ts";
import { shownValue } from "../../secrets.ts";
import { nearest } from "../missing-module.ts";
import { showList } from "./list.ts";
import type { MagicCall } from "./magic.ts";

/** `%env`, `%env NAME`, `%env NAME=value` and `%env NAME value`. What is shown has no secrets; what is set has. */
export function showEnvironment({ argument }: MagicCall): void | Promise<void> {
  if (argument === "") return showList(Object.keys(process.env).sort().map(shown));
  const { name, value } = /^(?<name>[^\s=]+)(?:\s*=\s*|\s+|$)(?<value>.*)$/s.exec(argument)?.groups ?? {};
  if (name === undefined || value === undefined) throw new QuernError("MAGIC", "%env takes NAME or NAME=value");
  if (argument !== name) process.env[name] = value.replace(/^(["'])(.*)\1$/s, "$2");
  else if (process.env[name] === undefined) throw new QuernError("MAGIC", missing(name));
  console.log(shown(name).join("="));
}

const shown = (name: string): string[] => {
  const value = process.env[name] ?? "";
  return [name, folders.has(name) ? value : shownValue(name, value)];
};
/** The shell's, named as a password is in connection strings. */
const folders = new Set(["PWD", "OLDPWD"]);

function missing(name: string): string {
  const near = nearest(name, Object.keys(process.env));
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `There is no environment variable "${name}".${hint} To set it: %env ${name}=value`;
}
