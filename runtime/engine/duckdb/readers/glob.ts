/** Hadoop's patterns: `*`, `?`, `[a-z]`, `{a,b}`; `**` for any folders. */
export const hasGlob = (text: string): boolean => /[*?[{]/.test(text);

/** Matches one name of a path. */
export function globToRegExp(pattern: string): RegExp {
  let source = "";
  let braces = 0;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === "*") source += ".*";
    else if (char === "?") source += ".";
    else if (char === "[") {
      const end = pattern.indexOf("]", i + 2);
      if (end < 0) source += "\\[";
      else {
        source += `[${pattern
          .slice(i + 1, end)
          .replace(/^[!^]/, "^")
          .replaceAll("\\", "\\\\")}]`;
        i = end;
      }
    } else if (char === "{") {
      source += "(?:";
      braces++;
    } else if (char === "}" && braces > 0) {
      source += ")";
      braces--;
    } else if (char === "," && braces > 0) source += "|";
    else source += char.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  }
  return new RegExp(`^${source}${")".repeat(braces)}$`, "u");
}

/** A path that DuckDB takes literally, although it has wildcards in it. */
export const escapeGlob = (path: string): string => path.replace(/[*?[]/g, "[$&]");
