/**
 * The format of a text. The format decides where a value begins and ends.
 *
 * - `code`: only a text in quotes is a value; any other text is an expression
 * - `prose`: a value counts only if it looks like a key; any other text is a word of a sentence
 * - `shell`: a value ends at the end of a word
 * - the other formats: a value ends at the end of the line; only the rules for quotes and escapes differ
 */
export type Format = "code" | "prose" | "shell" | "settings" | "yaml" | "xml" | "sql" | "properties" | "unknown";

/** The formats of files, by the name of the file. The first match counts. */
const FORMATS: readonly (readonly [format: Format, names: RegExp])[] = [
  [
    "prose",
    /\.(?:md|mdx|markdown|rst|adoc|html?|tsv|csv|log)$|(?:^|\/)(?:readme|license|changelog|notice)$|(?:^|[/._-])(?:i18n|l10n|locales?|lang|translations?)(?:[/._-]|$)/i,
  ],
  [
    "code",
    /\.(?:py|pyi|ipynb|js|jsx|mjs|cjs|ts|tsx|mts|cts|vue|svelte|go|java|kt|kts|scala|groovy|gradle|rb|erb|php|phtml|cs|fs|rs|c|h|cc|cpp|hpp|m|swift|dart|lua|pl|pm|r|jl|ex|exs|hs|clj|tf|hcl|graphql|gql|prisma|proto|zig|nim|ps1|psm1|edn|el)$/i,
  ],
  [
    "shell",
    /\.(?:sh|bash|zsh|fish|bat|cmd|mk)$|(?:^|\/)(?:dockerfile|containerfile|makefile|\.?(?:bash|zsh)rc|\.?profile)(?:\.\w{1,20})?$/i,
  ],
  ["yaml", /\.ya?ml$/i],
  ["xml", /\.(?:xml|config|csproj|props|plist)$/i],
  ["sql", /\.(?:sql|psql|ddl)$/i],
  ["properties", /\.properties$/i],
  ["settings", /./],
];

/** Matches keys whose value is read as a command. Some of them, such as `script`, are not keys of Compose. */
const COMMAND_KEY = /^(?:command|entrypoint|test|healthcheck|args|run|script|cmd|exec)$/i;

/** Returns the format of a text, from the file name or from the key of the text. */
export function formatOf(file: string | undefined, key: string | undefined): Format {
  if (file !== undefined && file !== "") return FORMATS.find(([, names]) => names.test(file))?.[0] ?? "unknown";
  return key !== undefined && COMMAND_KEY.test(key) ? "shell" : "unknown";
}

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "0": "\0" };

/**
 * Replaces the escapes in a text by their characters: `\n` becomes a line break. The text usually comes from between
 * double quotes, or is a value of a Java properties file.
 */
export function withoutEscapes(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_all, unicode, hex, sign) => {
    const digits = unicode ?? hex;
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
    return CONTROLS[sign] ?? sign;
  });
}

/** Removes the escapes from a text between single quotes, in which only `'` and `\` can be escaped. */
export function withoutSingleEscapes(raw: string): string {
  return raw.replace(/'\\''/g, "'").replace(/\\(['\\])/g, "$1");
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Replaces the entities of XML by their characters. */
export function withoutEntities(raw: string): string {
  return raw.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0x10ffff ? all : String.fromCodePoint(code);
  });
}

/** Decodes the percent-encoded characters in a part of an address. */
export function withoutPercentSigns(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
