/** A feature in the user's words. */
export function spoken(feature: string): string {
  const [, name] = /^function (.*)\/\d+$/.exec(feature) ?? [];
  if (name !== undefined) return `${name}(…)`;
  const [kind = "", ...path] = feature.split(".");
  const word = (text: string) => text.replaceAll("_", " ").toUpperCase();
  const [field, choice] = (path.at(-1) ?? "").split("=");
  if (!field) return word(kind);
  return choice ? `${word(kind)} with ${word(choice)}` : `${word(field)} in ${word(kind)}`;
}
