/** Text for HTML content and for quoted attributes. HTML has no null characters and no halves of surrogate pairs. */
export function escapeHtml(text: string): string {
  return text.toWellFormed().replace(/[&<>"'\0]/g, (character) => entities[character] as string);
}

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\0": "\ufffd",
};
