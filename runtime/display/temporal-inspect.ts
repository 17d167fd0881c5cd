import { type InspectContext, inspect } from "node:util";

const classes = [
  "Duration",
  "Instant",
  "PlainDate",
  "PlainDateTime",
  "PlainMonthDay",
  "PlainTime",
  "PlainYearMonth",
  "ZonedDateTime",
] as const;

/** Has Node show dates and times of Temporal, which it writes as `Temporal.PlainDate {}`, with their value. */
export function showTemporal(): void {
  for (const name of classes) {
    const { prototype } = Temporal[name];
    Object.defineProperty(prototype, inspect.custom, {
      value(this: object, _: number, { stylize }: InspectContext) {
        return this === prototype ? `Object [Temporal.${name}] {}` : stylize(`Temporal.${name} ${this}`, "date");
      },
      configurable: true,
      writable: true,
    });
  }
}
