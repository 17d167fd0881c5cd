import type { QuernError } from "../../../errors.ts";
import type { Plan, PlanOf } from "../../../plan/nodes.ts";
import { childrenFirst } from "../../../plan/walk.ts";
import { toLocalPath } from "./files.ts";

/** The read that an error has as its place. */
export const readAt = (plan: Plan, { origin }: QuernError): PlanOf<"read"> | undefined =>
  readsIn(plan).find((node) => node.origin === origin);

/** What a plan reads, as the user named it. */
export const pathsRead = (plan: Plan): readonly string[] => readsIn(plan).flatMap(({ paths }) => paths);

/** What a plan reads, from the root of this machine on. */
export const filesRead = (plan: Plan): readonly string[] =>
  readsIn(plan).flatMap(({ paths, folder }) => paths.map((path) => toLocalPath(path, folder) ?? path));

const readsIn = (plan: Plan): PlanOf<"read">[] => childrenFirst(plan).filter((node) => node.kind === "read");
