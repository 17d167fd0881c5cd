/** What TypeScript says about frames, in the words of frames: it spells out types which nobody has written. */
export function inWordsOfFrames(message: string, text: string): string {
  // The error of a join is a type: its text.
  const [, clash] = /parameter of type '"(Both sides of the join .*)"'\.$/s.exec(message) ?? [];
  if (clash !== undefined) return clash.replaceAll('\\"', '"');
  const said = withoutSchemas(withoutKinds(withColumns(message)));
  return said.replace(/ \| readonly [^']*? => Condition\)/, "") + constant(said, text);
}

/** Which columns there are, where one is not. */
const withColumns = (message: string): string =>
  message.replace(/ on type 'Columns<(\{.*\})>'/s, (_, schema: string) => `: the columns are ${columnsIn(schema)}`);

/** The names in the text of a schema; TypeScript leaves out what is in the middle of a long one. */
function columnsIn(schema: string): string {
  let inner = schema.slice(1, -1);
  // Structs within structs.
  for (let before = ""; before !== inner; ) [before, inner] = [inner, inner.replaceAll(/\{[^{}]*\}/g, "")];
  const names = inner.matchAll(/(?:^|;)\s*(?:("(?:[^"\\]|\\.)*"|[\w$\p{L}]+):|\.\.\.)/gu);
  return Array.from(names, ([, name = "…"]) => name).join(", ");
}

/** SQL types differ in a property that only types have; what leads there is said in the first two lines. */
function withoutKinds(message: string): string {
  const lines = message.split("\n");
  return lines.some((line) => line.includes("'[kind]'")) ? lines.slice(0, 2).join("\n") : message;
}

/** The schema of the callback's parameter is the frame's, and long. */
function withoutSchemas(message: string): string {
  const schema = /\bColumns<\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}>/g;
  return message.replaceAll(schema, "Columns<…>");
}

function constant(said: string, text: string): string {
  if (!/^Argument of type '[^']*' is not .* '(?:Column<any, any> \| \(\(f: |\(f: Columns<…>\) => Column<)/.test(said))
    return "";
  return /^(?:[\d."'`]|true$|false$|null$)/.test(text) ? ` Use lit(${text}) for a constant.` : "";
}
