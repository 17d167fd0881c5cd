/**
 * Hides passwords, keys and tokens in text that people see: errors, plans, titles, settings. What runs keeps them. By
 * shape, since text comes from everywhere (paths, SQL, messages of libraries): a password in a URL, a parameter whose
 * name says it, an option of CREATE SECRET.
 */
export const hideSecrets = (text: string): string => replaceSecrets(text, () => MASK);

/** Every character of the rest stays at its place, so that a position in the text still fits. */
export const hideSecretsInPlace = (text: string): string =>
  replaceSecrets(text, (secret) => secret.replace(/[^\n]/g, "*"));

/** As `hideSecrets`, and every secret of `source` too, wherever a message repeats it. */
export function hideSecretsOf(source: string, text: string): string {
  const found = new Set<string>();
  replaceSecrets(source, (secret) => {
    if (secret.length >= SHORTEST && secret !== MASK) found.add(secret);
    return MASK;
  });
  // The longest first: one may be a part of another.
  const longestFirst = [...found].sort((a, b) => b.length - a.length);
  return hideSecrets(longestFirst.reduce((hidden, secret) => hidden.replaceAll(secret, MASK), text));
}

/** The value of an option or a setting, as it may be shown. */
export const shownValue = (name: string, value: string): string =>
  value !== "" && (isSecretName(name) || isBareSecretName(name)) ? MASK : hideSecrets(value);

const MASK = "***";
/** A shorter secret would hide words of the message. */
const SHORTEST = 4;

type Mask = (secret: string) => string;

function replaceSecrets(text: string, mask: Mask): string {
  if (!MAY_HOLD_SECRETS.test(text)) return text;
  let hidden = hideInStatements(text, mask);
  hidden = hidden.replace(USER_INFO, (_, before: string, secret: string) => `${before}${mask(secret)}@`);
  hidden = hidden.replace(BARE_USER_INFO, (_, before: string, secret: string) => `${before}${mask(secret)}@`);
  hidden = hidden.replace(PARAMETER, (whole, before: string, name: string, secret: string) =>
    secret !== "" && (isSecretName(name) || isBareSecretName(name)) ? `${before}${name}=${mask(secret)}` : whole,
  );
  hidden = hidden.replace(ASSIGNMENT, (whole, before: string, name: string, secret: string) =>
    isSecretName(name) || /^token$/i.test(name) ? before + mask(secret) : whole,
  );
  hidden = hidden.replace(NAMED_TEXT, (whole, before: string, quoted: string) =>
    isSecretName(/[A-Za-z][\w.-]*/.exec(before)?.[0] ?? "") ? before + maskQuoted(quoted, mask) : whole,
  );
  hidden = hidden.replace(PARQUET_KEY, (_, before: string, quoted: string) => before + maskQuoted(quoted, mask));
  return hidden.replace(AUTHORIZATION, (_, scheme: string, secret: string) => scheme + mask(secret));
}

/** Nearly all text has nothing of this. */
const MAY_HOLD_SECRETS =
  /:\/{1,2}|[?&;]|pass|pwd|secret|token|key|credential|signature|connection.?string|bearer|basic|authorization|\bsas\b/i;

// Lengths are bounded where a pattern could be tried from many places: text may be megabytes long.

/** `scheme://user:password@`; a password may hold what it should not, a port is none. */
const USER_INFO =
  /(:\/{1,2}[^\s/?#'"`<>:@]{0,200}:)(?!\*+@)(?!\d+(?:[/?#\s'"`]|$))([^\s'"`<>]{1,500}?)@(?=[^\s'"`<>@/]*(?:[/?#:\s'"`<>,)\]]|$))/g;
/** A token in the place of the user, as with repositories: not an account or container, as with abfss and gs. */
const BARE_USER_INFO = /(\bhttps?:\/{1,2})([^\s/?#'"`<>:@]{1,500})@/gi;

/** `?name=value`, and so behind & and ;. */
const PARAMETER = /([?&#;])([\w.~%-]{1,100})=([^&\s'"`<>#;]*)/g;

/** `name=value` of connection strings. */
const ASSIGNMENT = /(\b([A-Za-z][\w.-]{1,60})=)([^\s'"`&;,()[\]{}$<>*=][^\s'"`&;,)\]}<>]*=*)/g;

const QUOTED = String.raw`'(?:[^'\\]|''|\\.)*(?:'|$)|"(?:[^"\\]|""|\\.)*(?:"|$)|\`(?:[^\`\\]|\\.)*(?:\`|$)`;

/** `name = 'value'`, `"name": "value"`, `("name", "value")`, and `, NAME 'value'` of SQL's lists of options. */
const NAMED_TEXT = new RegExp(
  String.raw`((?:["'\`][A-Za-z][\w.-]{1,60}["'\`]\s{0,9}(?:,|:=?|=>?)|\b[A-Za-z][\w.-]{1,60}\s{0,9}(?::=?|=>?)|[(,]\s{0,9}[A-Za-z]\w{1,60})\s{0,9})(${QUOTED})`,
  "gs",
);

const PARQUET_KEY = /(add_parquet_key\s{0,9}\([^,()]{0,200},\s{0,9})('(?:[^']|'')*(?:'|$))/gi;

/** What follows has a digit, so that it is no word. */
const AUTHORIZATION = /(\b(?:Bearer|Basic)\s+)(?=[A-Za-z._~+/=-]{0,200}\d)([\w.~+/=-]{6,})/gi;

function isSecretName(name: string): boolean {
  const plain = name.replace(/[._ -]/g, "");
  return (
    /passw|passphrase|pwd|secret|credential|bearer|authorization|connectionstring|keyid$|keyvalue$|.token$|.signature$/i.test(
      plain,
    ) ||
    /(?:api|access|account|private|shared|storage|encryption|signing|subscription|license)key/i.test(plain) ||
    /(?:^|[._-])sas[._-]/i.test(name)
  );
}

/** These are secrets as parameters and options; elsewhere they are words, and names of columns. */
const isBareSecretName = (name: string): boolean => /^(?:token|key|sig|signature|auth|pass|code|sas)$/i.test(name);

const maskQuoted = (quoted: string, mask: Mask): string => {
  const quote = quoted.charAt(0);
  const isClosed = quoted.length > 1 && quoted.endsWith(quote);
  const inner = quoted.slice(1, isClosed ? -1 : undefined);
  return inner === "" ? quoted : `${quote}${mask(inner)}${isClosed ? quote : ""}`;
};

/** In the parentheses of CREATE SECRET all is secret but what tells where, and of which kind. */
function hideInStatements(text: string, mask: Mask): string {
  if (!CREATE_SECRET.test(text)) return text;
  let hidden = "";
  let at = 0;
  for (const match of text.matchAll(new RegExp(CREATE_SECRET, "gi"))) {
    if (match.index < at) continue;
    const start = match.index + match[0].length;
    const end = endOfStatement(text, start);
    hidden += text.slice(at, start) + hideOptions(text.slice(start, end), mask);
    at = end;
  }
  return hidden + text.slice(at);
}

const CREATE_SECRET = /\bcreate\s+(?:or\s+replace\s+)?(?:(?:persistent|temporary|temp)\s+)?secret\b[^(;]{0,300}\(/i;
const TOKEN = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|[\w.]+|\s+|\*+|[\s\S]/g;
const IS_SHOWN =
  /^(?:type|provider|scope|region|endpoint|url_style|use_ssl|url_compatibility_mode|chain|profile|account_name|host|port|database|user)$/i;

/** Behind the parenthesis that closes the one before `start`. */
function endOfStatement(text: string, start: number): number {
  let depth = 1;
  const tokens = new RegExp(TOKEN);
  tokens.lastIndex = start;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    if (match[0] === "(") depth += 1;
    if (match[0] === ")") depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return text.length;
}

function hideOptions(options: string, mask: Mask): string {
  let name = "";
  return options.replace(TOKEN, (token) => {
    if (/^\s|^[:=>]$/.test(token)) return token;
    if (/^[,(){}[\]]$/.test(token)) {
      name = token === "," ? "" : name;
      return token;
    }
    if (name === "") {
      name = token;
      return token;
    }
    if (IS_SHOWN.test(name)) return token;
    if (/^['"]/.test(token)) return maskQuoted(token, mask);
    return isSecretName(name) && !/^\*+$/.test(token) ? mask(token) : token;
  });
}
