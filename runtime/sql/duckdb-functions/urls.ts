import type { Arg, Args, Call, Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { literalText } from "../literal-argument.ts";
import { once } from "./parts.ts";
import { sparkOnlyError } from "./spark-only.ts";

// The grammar of java.net.URI, by which Spark takes URLs apart: RFC 2396 with what is not ASCII, and hosts in brackets. What is
// no server (a host with an underscore) is a name of a registry, which has neither host nor user.

const ESCAPED = "%[0-9A-Fa-f]{2}";
/** Neither ASCII nor a control or a space. */
const OTHER = "[^\\x00-\\x{9F}\\p{Z}]";
const oneOf = (signs: string): string => `(?:[A-Za-z0-9_.!~*'()${signs}-]|${ESCAPED}|${OTHER})`;
const URIC = oneOf(";/?:@&=+$,\\[\\]");
const PATH = oneOf(":@&=+$,;");
const FIRST = oneOf("@&=+$,;");
const REGISTRY = oneOf("$,;:@&=+");
const USER = oneOf(";:&=+$,");

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
/** The last of several begins with a letter. */
const NAME = `(?:(?:${LABEL}\\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?|${LABEL})\\.?`;
const BYTE = "0*(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
const IPV4 = `${BYTE}(?:\\.${BYTE}){3}`;
const GROUP = "[0-9A-Fa-f]{1,4}";
const IPV6 = [
  `(?:${GROUP}:){7}${GROUP}`,
  `(?:${GROUP}:){6}${IPV4}`,
  // Two colons stand for the groups that are left out, one of them at least.
  ...Array.from({ length: 8 }, (_, left) => {
    const before = left === 0 ? "" : `${GROUP}(?::${GROUP}){${left - 1}}`;
    const most = 7 - left;
    const after = [
      ...(most > 0 ? [`${GROUP}(?::${GROUP}){0,${most - 1}}`] : []),
      ...(most > 1 ? [`(?:${GROUP}:){0,${most - 2}}${IPV4}`] : []),
    ];
    return `${before}::${after.length === 0 ? "" : `(?:${after.join("|")})?`}`;
  }),
].join("|");
/** An INT. */
const PORT =
  "0*(?:[0-9]{0,9}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6}|2147[0-3][0-9]{5}|21474[0-7][0-9]{4}|214748[0-2][0-9]{3}|2147483[0-5][0-9]{2}|21474836[0-3][0-9]|214748364[0-7])";
const HOST = `${NAME}|${IPV4}|\\[(?:${IPV6})(?:%[A-Za-z0-9_.]+)?\\]`;
/** Its groups are the user and the host. */
const SERVER = `(?:(${USER}*)@)?(${HOST})(?::${PORT})?`;

const SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:";
const rest = (first: string): string => `${first}(?:${PATH}|/)*`;
const VALID = `^(?:${[
  `${SCHEME}${URIC.replace("/?", "?")}${URIC}*`,
  `(?:(?:${SCHEME})?//(?:${SERVER}|${REGISTRY}+)?(?:${rest("/")})?|${SCHEME}/(?:${rest(PATH)})?|/(?:${rest(PATH)})?|(?:${FIRST}+(?:${rest("/")})?)?)(?:\\?${URIC}*)?`,
].join("|")})(?:#${URIC}*)?$`;
/** There is something behind an authority that is none. */
const NOTHING = `^(?:${SCHEME})?//$`;

const matches = (x: string, pattern: string): string => `regexp_matches(${x}, ${quoteText(pattern)})`;
const found = (x: string, pattern: string, group = 1): string =>
  `regexp_extract(${x}, ${quoteText(pattern)}, ${group})`;
const where = (condition: string, value: string): string => `CASE WHEN ${condition} THEN ${value} END`;

const opaque = (x: string): string => matches(x, "^[^:/?#]+:[^/]");
const authority = (x: string): string => `nullif(${found(x, "^(?:[^:/?#]+:)?//([^/?#]*)")}, '')`;
const ofServer = (x: string, group: number): string =>
  where(matches(authority(x), `^(?:${SERVER})$`), found(authority(x), `^(?:${SERVER})$`, group));

const PARTS: { readonly [part: string]: (x: string) => string } = {
  PROTOCOL: (x) => where(matches(x, "^[^:/?#]+:"), found(x, "^([^:/?#]+):")),
  AUTHORITY: authority,
  USERINFO: (x) => where(`contains(${authority(x)}, '@')`, ofServer(x, 1)),
  HOST: (x) => ofServer(x, 2),
  PATH: (x) => where(`NOT ${opaque(x)}`, found(x, "^(?:[^:/?#]+:)?(?://[^/?#]*)?([^?#]*)")),
  QUERY: (x) => where(`NOT ${opaque(x)} AND ${matches(x, "^[^#?]*\\?")}`, found(x, "^[^#?]*\\?([^#]*)")),
  FILE: (x) => where(`NOT ${opaque(x)}`, found(x, "^(?:[^:/?#]+:)?(?://[^/?#]*)?([^#]*)")),
  REF: (x) => where(`contains(${x}, '#')`, found(x, "#(.*)$")),
};

/** A key is a part of a regular expression of Java's. */
function valueOfKey(query: string, key: Arg, call: Call): string {
  const name = literalText(key, `${call.name}: the key`);
  if (!/^[\p{L}\p{N}_-]*$/u.test(name))
    throw sparkOnlyError(`${call.name} with the key ${JSON.stringify(name)}`, "it is a regular expression of Java's");
  const pattern = `(?:&|^)${name}=([^&]*)`;
  return where(matches(query, pattern), found(query, pattern));
}

const parsed =
  (otherwise: (x: string) => string): Template =>
  (args: Args, call) => {
    const [url, part, key] = args;
    const name = literalText(part, `${call.name}: the part`);
    const extract = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    return once(url, (x) => {
      const value =
        extract === undefined || (args.length > 2 && name !== "QUERY")
          ? "CAST(NULL AS VARCHAR)"
          : args.length > 2
            ? valueOfKey(extract(x), key, call)
            : extract(x);
      const isValid = `${matches(x, VALID)} AND NOT ${matches(x, NOTHING)}`;
      return `CASE WHEN ${x} IS NULL THEN NULL WHEN ${isValid} THEN ${value} ELSE ${otherwise(x)} END`;
    });
  };

export const urlTemplates: Templates = {
  parse_url: parsed(
    (x) => `error('[INVALID_URL] parse_url: ' || ${x} || ' is no URL; use try_parse_url to get NULL.')`,
  ),
  try_parse_url: parsed(() => "NULL"),
};
