import { MAX_TIME_PRECISION } from "../numeric.ts";
import { type Functions, INT, LONG, type Result, scalar, TIME } from "./entry.ts";

const SECONDS = { kind: "decimal", precision: 16, scale: 6 } as const;
const ALL_SECONDS = { kind: "decimal", precision: 14, scale: 6 } as const;

/** Now, with as many digits as are asked for. */
const current: Result = ([digits]) => {
  const given = digits?.expression.kind === "literal" ? Number(digits.expression.value) : MAX_TIME_PRECISION;
  if (!Number.isInteger(given) || given < 0 || given > MAX_TIME_PRECISION)
    return `takes a number of digits from 0 to ${MAX_TIME_PRECISION}`;
  return { type: { kind: "time", precision: given }, nullable: false };
};

/** A number that may be no time of a day, or text that may be none. */
const made = (signature: string, takes?: readonly (typeof INT)[]) =>
  scalar(signature, () => ({ type: TIME, nullable: true, ...(takes && { takes }) }));

/** The type TIME: a time of day without a date. */
export const times: Functions = {
  current_time: scalar("int!?", current),
  make_time: made("int int double", [INT, INT, SECONDS]),
  to_time: made("words string!?"),
  try_to_time: made("words string!?"),
  time_diff: scalar("words timeOfDay timeOfDay", LONG),
  time_trunc: scalar("words timeOfDay", ([, time]) => time?.type ?? TIME),
  time_from_seconds: made("number"),
  time_from_millis: made("whole"),
  time_from_micros: made("whole"),
  time_to_seconds: scalar("bareTime", ALL_SECONDS),
  time_to_millis: scalar("bareTime", LONG),
  time_to_micros: scalar("bareTime", LONG),
};
