import { F } from "../../../../runtime/index.ts";
import { named, type OfColumns } from "../example.ts";

/** `plus`, `minus` … of each of these columns with each of those. */
export const each = (
  methods: readonly string[],
  lefts: readonly string[],
  rights: readonly string[],
): ReturnType<typeof named<OfColumns>>[] =>
  methods.flatMap((method) =>
    lefts.flatMap((left) =>
      rights.map((right) => named<OfColumns>(`c.${left}.${method}(c.${right})`, (c) => c[left][method](c[right]))),
    ),
  );

export const applied = (names: readonly (keyof typeof F)[], columns: readonly string[]) =>
  names.flatMap((name) =>
    columns.map((column) => named<OfColumns>(`F.${name}(c.${column})`, (c) => (F[name] as any)(c[column]))),
  );
