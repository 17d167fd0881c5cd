import { TraceMap } from "@jridgewell/trace-mapping";
import MagicString from "magic-string";
import type { Program, Statement } from "oxc-parser";
import type { Magic, MagicCell } from "../../syntax/magics.ts";
import { CellSyntaxError } from "../../syntax/parse.ts";
import { lookUp, type Position, type Written } from "../source-map.ts";

/**
 * A cell as TypeScript, with a call of the helpers where each magic stood. `program` is the tree of the cell without its
 * magics. They are statements, but for a cell magic, whose value is the cell's:
 *
 *     %cd data            ;await q.magic(0);
 *     %time f(x)          ;q.begin(0);q.end(0, await (f(x)))
 *     %time const y = 1   ;q.begin(0);const y = 1;q.end(0);
 */
export function writeCalls(cell: MagicCell, program: Program, helpers: string): Written {
  const edits = new MagicString(cell.code);
  for (const [index, magic] of cell.magics.entries()) {
    const { kind, start, end, codeStart } = magic;
    if (codeStart !== undefined)
      timeCode({ ...magic, codeStart }, program, (name) => `${helpers}.${name}(${index}`, edits);
    // The code below `%%time` is the cell's own.
    else if (kind === "cell" && magic.name === "time") continue;
    else if (kind === "cell") edits.overwrite(start, cell.code.length, `;await ${helpers}.magic(${index})`);
    else edits.overwrite(start, end, `;await ${helpers}.magic(${index});${lineEnds(cell.code.slice(start, end))}`);
  }
  return { code: edits.toString(), back: backOver(edits) };
}

type CodeMagic = Magic & { readonly codeStart: number };

function timeCode(magic: CodeMagic, program: Program, call: (name: string) => string, edits: MagicString): void {
  const { start, codeStart, end } = magic;
  const statements = program.body.filter((statement) => statement.start >= codeStart && statement.start < end);
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) {
    throw new CellSyntaxError(`%${magic.name} takes code: there is none in its line`, start, end);
  }
  if (first === last && first.type === "ExpressionStatement") {
    edits.appendRight(first.start, `;${call("begin")});${call("end")}, await (`);
    edits.prependLeft(expressionEnd(first, edits.original), "))");
  } else {
    edits.appendRight(first.start, `;${call("begin")});`);
    edits.prependLeft(last.end, `;${call("end")});`);
  }
}

const expressionEnd = ({ end }: Statement, code: string): number => (code[end - 1] === ";" ? end - 1 : end);

const lineEnds = (text: string): string => text.replace(/[^\r\n]/g, "");

function backOver(edits: MagicString): Written["back"] {
  let map: TraceMap | undefined;
  return (position: Position) => {
    map ??= new TraceMap(edits.generateMap({ hires: true, source: "cell.ts" }).toString());
    return lookUp(map, position) ?? position;
  };
}
