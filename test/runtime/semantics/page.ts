import { type Example, exampleOf, type Outcome, type Section } from "./example.ts";
import { sections } from "./sections.ts";

/** docs/one-meaning.md: what each example means on the two engines. */
export function page(): string {
  const count = (...kinds: Outcome["kind"][]) =>
    sections.flatMap(examplesOf).filter(({ outcome }) => kinds.includes(outcome.kind)).length;
  const counts = `${sections.flatMap(examplesOf).length} examples: ${count("same", "nearly")} have the same answer, ${count("fails")} are an error of one kind, ${count("differs")} differ, ${count("missing")} are missing in DuckDB.`;
  return `${[HEAD, counts, ...openPoints(), ...sections.flatMap(sectionText)].join("\n\n")}\n`;
}

const examplesOf = (section: Section): Example<unknown>[] => section.examples.map((given: any) => exampleOf(given));

/** What is not the same comes first. */
function openPoints(): string[] {
  return (["differs", "missing"] as const).flatMap((kind) => {
    const lines = sections
      .flatMap(examplesOf)
      .flatMap(({ outcome, text }) =>
        outcome.kind === kind ? [`- ${code(text)}: ${(outcome as { reason: string }).reason}`] : [],
      );
    return lines.length === 0
      ? []
      : [`## ${kind === "differs" ? "What differs" : "What is missing in DuckDB"}`, lines.join("\n")];
  });
}

function sectionText(section: Section): string[] {
  const examples = examplesOf(section);
  const list = (title: string, kind: Outcome["kind"], text: (example: Example<unknown>) => string) => {
    const found = examples.filter(({ outcome }) => outcome.kind === kind);
    return found.length === 0 ? [] : [`${title}\n\n\`\`\`text\n${found.map(text).join("\n")}\n\`\`\``];
  };
  const input = section.how === "frames" ? "" : `, input \`${section.input}\``;
  return [
    `## ${section.title}`,
    ...list(`The same${input}:`, "same", ({ text }) => text),
    ...list(`The same to 14 digits${input}:`, "nearly", ({ text }) => text),
    ...list(
      `An error of the same kind${input}:`,
      "fails",
      ({ text, outcome }) => `${text} // ${(outcome as { error: string }).error}`,
    ),
  ];
}

const code = (text: string) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

const HEAD = `# One meaning on both engines

Written by \`node test/runtime/semantics/write-page.ts\` from the examples of \`test/runtime/semantics/examples\`. The tests run
each of them on DuckDB and on Spark 4 (ANSI mode) and compare the names, the types, what is promised never to be null, the values
in full, the order where one is promised, and of errors the kind.

An example is an expression (\`c\` holds the columns) over all rows of an input, or a frame (\`f\` holds the inputs). The inputs, in
\`test/runtime/semantics/inputs.ts\`, are the edge values of each type: nulls, NaN, both zeros, limits, overflow, leap days, summer
time, years 1 and 9999, empty and combining text, empty and nested collections. The session's time zone is Europe/Berlin.`;
