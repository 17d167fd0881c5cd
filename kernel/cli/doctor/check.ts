export type Check = {
  readonly name: string;
  /** `absent`: the kernel runs without it. `broken`: it does not. */
  readonly status: "ok" | "absent" | "broken";
  readonly found: string;
  /** What to do about it. */
  readonly mend?: string;
};
