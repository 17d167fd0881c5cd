import { sequences } from "../../helpers/cell-sequences.ts";

const rows =
  "type Row = { k: string | null; v: number | null }\nconst rows: Row[] = [{ k: 'a', v: 1 }, { k: 'b', v: 2 }]";

sequences(
  "columns that may be null, used as if they were not",
  {
    "lists, sets and records of them": [
      [rows],
      ["const vs: number[] = rows.map(r => r.v); vs", "[ 1, 2 ]"],
      ["const ks: Set<string> = new Set(rows.map(r => r.k)); ks.size", "2"],
      ["const byK: Record<string, number> = {}\nfor (const r of rows) byK[r.k] = r.v\nbyK", "{ a: 1, b: 2 }"],
      ["Object.keys(Object.groupBy(rows, r => r.k))", "[ 'a', 'b' ]"],
    ],
    "an interface and a generic function without null": [
      [rows],
      ["interface Given { k: string; v: number }\nconst given: Given[] = rows\ngiven.length", "2"],
      ["function keyed<T, K extends string>(all: T[], key: (one: T) => K) { return all.map(key) }"],
      ["keyed(rows, r => r.k)", "[ 'a', 'b' ]"],
    ],
    "what may not be there, taken apart": [
      [rows],
      ["const [{ k, v }] = rows; k + v", "'a1'"],
      ["const [, y, m] = '2026-03'.match(/(\\d+)-(\\d+)/); [y, m]", "[ '2026', '03' ]"],
      ["const { k: key } = rows.find(r => r.v === 2); key", "'b'"],
      ["const point = { x: 1, y: 2 }; delete point.y; point", "{ x: 1 }"],
    ],
    "what is wrong beside the null stops": [
      [rows],
      [
        "const ns: number[] = rows.map(r => r.k)",
        "1:7 TS2322 Type '(string | null)[]' is not assignable to type 'number[]'.…",
      ],
      ["const [{ w }] = rows", "1:10 TS2339 Property 'w' does not exist on type 'Row | undefined'."],
      [
        "interface Other { k: number }\nconst o: Other[] = rows",
        "2:7 TS2322 Type 'Row[]' is not assignable to type 'Other[]'.…",
      ],
      ["rows[0].w", "1:9 TS2339 Property 'w' does not exist on type 'Row'."],
    ],
    "null where the type that is written beside it has none stops": [
      ["const s: string = undefined", "1:7 TS2322 Type 'undefined' is not assignable to type 'string'."],
      ["let n: number = null; n", "1:5 TS2322 Type 'null' is not assignable to type 'number'."],
      ["let n: number | null = null\nlet u: any = undefined; let all: number[] = [null]; n", "null"],
    ],
    "in strict mode the null stops": [
      [rows],
      ["%check strict"],
      [
        "const vs: number[] = rows.map(r => r.v)",
        "1:7 TS2322 Type '(number | null)[]' is not assignable to type 'number[]'.…",
      ],
      ["const [{ k }] = rows", "1:10 TS2339 Property 'k' does not exist on type 'Row | undefined'."],
    ],
    "files beside the notebook count": [
      ["import { name, pick } from './lib/names.ts'"],
      ["const names: string[] = [name, pick(name)]; names", "[ 'x', 'x' ]"],
      [
        "import { pick as again } from './lib/names.ts'\nconst ns: number[] = [again('z' as string | null)]",
        "2:23 TS2322 Type 'string | null' is not assignable to type 'number'.…",
      ],
    ],
  },
  {
    "lib/names.ts":
      "export const name: string | null = 'x'\nexport const pick = (s: string | null): string | null => s",
  },
);
