import { expr, F, lit } from "../../../../runtime/index.ts";
import { fails, type Section } from "../example.ts";

const date = (text: string) => lit(Temporal.PlainDate.from(text));
const time = (text: string) => lit(Temporal.Instant.from(text));
const local = (text: string) => lit(Temporal.PlainDateTime.from(text));
const usual = (d: any) => F.when(d.between("1000-01-01", "3000-01-01"), d);
const recent = (u: any) => F.when(u.gt("1900-01-01"), u);

export const sequences: readonly Section[] = [
  {
    title: "Sequences of dates by months and days",
    how: "select",
    input: "dates",
    examples: [
      (c) => F.sequence(usual(c.d), F.date_add(usual(c.d), 100), { months: 1 }),
      (c) => F.sequence(usual(c.d), F.date_add(usual(c.d), -100), { months: -1 }),
      (c) => F.sequence(usual(c.d), F.date_add(usual(c.d), 3000), { years: 1, months: 1 }),
      (c) => F.sequence(usual(c.d), F.date_add(usual(c.d), 20), { weeks: 1 }),
      (c) => F.sequence(usual(c.d), F.date_add(usual(c.d), -20), { days: -3 }),
      (c) => F.sequence(c.d, c.d, { days: 2 }),
      () => F.sequence(date("2024-01-31"), date("2024-12-31"), expr("INTERVAL 1 MONTH")),
      () => F.sequence(date("2024-01-31"), date("2024-01-31"), { days: -1 }),
      () => F.sequence(date("2024-01-31"), date("2024-02-12"), { hours: 36 }),
      () => F.sequence(date("9999-11-30"), date("9999-12-31"), { months: 1 }),
      () => F.sequence(date("2024-01-31"), time("2024-02-03T00:00:00Z"), { hours: 12 }),
      fails("ILLEGAL_SEQUENCE_BOUNDARIES", () => F.sequence(date("2024-01-31"), date("2024-12-31"), { days: -1 })),
      fails("TYPE_MISMATCH", () => F.sequence(date("2024-01-31"), date("2024-12-31"), { hours: 1 })),
      fails("TYPE_MISMATCH", () => F.sequence(date("2024-01-31"), date("2024-12-31"), { days: 0 })),
      fails("TYPE_MISMATCH", () => F.sequence(date("2024-01-31"), date("2024-12-31"), { months: 1, days: 1 })),
      fails("TYPE_MISMATCH", () => F.sequence(1, 5, { days: 1 })),
      fails("ILLEGAL_SEQUENCE_BOUNDARIES", () => F.sequence(1, 5, -1)),
    ],
  },
  {
    title: "Sequences of times",
    how: "select",
    input: "times",
    examples: [
      () => F.sequence(time("2024-03-30T11:00:00Z"), time("2024-04-01T11:00:00Z")),
      () => F.sequence(time("2024-04-01T11:00:00Z"), time("2024-03-30T11:00:00Z")),
      () => F.sequence(time("2024-03-30T11:00:00Z"), time("2024-04-01T12:00:00Z"), { hours: 25 }),
      () => F.sequence(time("2024-03-30T11:00:00Z"), time("2024-03-30T11:00:01Z"), { milliseconds: 300 }),
      () => F.sequence(time("2024-03-30T22:00:00Z"), time("2024-03-31T04:00:00Z"), { hours: 1 }),
      () => F.sequence(local("2024-03-30T22:00:00"), local("2024-03-31T04:00:00"), { hours: 1 }),
      () => F.sequence(time("2024-10-26T12:00:00Z"), time("2024-10-29T12:00:00Z"), { days: 1 }),
      () => F.sequence(time("2024-10-26T12:00:00Z"), time("2025-10-29T12:00:00Z"), { months: 1 }),
      () => F.sequence(local("2024-05-31T12:00:00"), local("2024-01-31T12:00:00"), { months: -1 }),
      () => F.sequence(time("2024-03-30T11:00:00Z"), time("2024-03-30T11:00:03Z"), Temporal.Duration.from("PT1.5S")),
      (c) => F.sequence(c.t, c.t, { minutes: 0 }),
      (c) => F.sequence(c.z, c.z),
      (c) => F.sequence(recent(c.u), F.timestamp_add("hour", 30, recent(c.u)), { hours: 12 }),
      fails("ILLEGAL_SEQUENCE_BOUNDARIES", () =>
        F.sequence(local("2024-05-31T12:00:00"), local("2024-01-31T12:00:00"), { minutes: 1 }),
      ),
    ],
  },
];
