/** What an object of ours is shown as: its name and what it offers, `Catalog { listTables(), tableExists(), … }`. */
export const offered = (title: string, object: object): string => listText(title, members(object));

/** Names in braces, in one line or as lines of a paragraph. */
export function listText(title: string, names: readonly string[]): string {
  const line = `${title} { ${names.join(", ")} }`;
  if (line.length <= longestLine) return line;
  const lines = [""];
  for (const name of names) {
    const last = lines[lines.length - 1] as string;
    if (last.length + name.length > longestLine) lines.push(`  ${name},`);
    else lines[lines.length - 1] = last === "" ? `  ${name},` : `${last} ${name},`;
  }
  return `${title} {\n${lines.join("\n").slice(0, -1)}\n}`;
}

const longestLine = 100;

/** The methods and getters of a class, the properties of another object. */
function members(object: object): string[] {
  const prototype = Object.getPrototypeOf(object);
  const holder = prototype === Object.prototype ? object : prototype;
  return Object.entries(Object.getOwnPropertyDescriptors(holder))
    .filter(([name]) => name !== "constructor")
    .map(([name, { value }]) => (typeof value === "function" ? `${name}()` : name));
}
