/** Whether the text of a part of a spec names a data source, in JSON or in an expression. */
export const namesSource = (text: string, name: string): boolean =>
  text.includes(`"${name}"`) || text.includes(`'${name}'`) || text.includes(`\\"${name}\\"`);
