import { QuernError } from "../../../../errors.ts";
import type { Step } from "../../../variant/decode.ts";

/** A path as variant_get takes it: `$.a['b c']["d"][0]`. @throws QuernError */
export function variantPath(text: string, name: string): readonly Step[] {
  const steps: Step[] = [];
  let rest = text.startsWith("$") ? text.slice(1) : undefined;
  while (rest !== undefined && rest !== "") {
    const match = STEP.exec(rest);
    if (match === null) break;
    const [whole, dotted, quoted, doublyQuoted, index] = match;
    if (index === undefined) steps.push((dotted ?? quoted ?? doublyQuoted) as string);
    else if (Number(index) < 2 ** 31) steps.push(Number(index));
    else break;
    rest = rest.slice(whole.length);
  }
  if (rest === "") return steps;
  throw new QuernError(
    "INVALID_VARIANT_GET_PATH",
    `${name}: '${text}' is no path into a VARIANT. A path begins with $, and then come fields and elements: $.a, $['b c'], $["d"], $[0].`,
  );
}

const STEP = /^(?:\.([^.[]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\])/;
