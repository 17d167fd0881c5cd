import { readFrom } from "./from.ts";
import { readQuery } from "./query.ts";
import type { Readers } from "./reading.ts";

export const readers: Readers = { query: readQuery, from: readFrom };
