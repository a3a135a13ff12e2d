import type { TextSpan } from "../mark";
import { isSwitch } from "../ordinary";
import { findPemBlocks } from "./pem";
import { PREFIXES, prefixedTokens } from "./prefixes";
import { type FindShape, token } from "./token-shape";

export { PREFIXES } from "./prefixes";

/** A form that shows that a text is a secret. */
export interface SecretForm {
  /** The kind of secret, such as "GitHub token". */
  readonly name: string;
  /**
   * Matches a part of every secret of this form. A text is first searched with this expression, because few texts match
   * it.
   */
  readonly sign: RegExp;
  /**
   * `everywhere`: an ordinary word never has this form. `output`: an ordinary word, such as `bearer` or a user name,
   * may have this form. A text of an `output` form is redacted in output and messages, but a Compose document gets no
   * warning about it.
   */
  readonly where: "everywhere" | "output";
  readonly find: FindShape;
}

const DASHES = String.raw`[\w-]`;
const DOTS = String.raw`[\w.-]`;
const BASE64 = "[A-Za-z0-9+/=_-]";

const form = (name: string, sign: RegExp, find: FindShape): SecretForm => ({ name, sign, where: "everywhere", find });
const inOutput = (name: string, sign: RegExp, find: FindShape): SecretForm => ({ name, sign, where: "output", find });

const AUTHORIZATION = String.raw`\bauthorization["']?(?:\s{0,4}[:=]\s{0,4}|\s{1,4})["']?`;
const ADDRESS = /[a-z0-9+.-]:\/\//gi;
const ADDRESS_BODY = { body: String.raw`[^\s/?#"'<>]`, least: 2, headIsShown: true } as const;
const HEADER = { body: String.raw`[^\s"',;[\]]`, headIsShown: true } as const;
const CREDENTIAL = { body: String.raw`[\w.~+/=%-]`, least: 8, headIsShown: true } as const;
const PARAMETER = { body: String.raw`[^\s&#"'<>]`, headIsShown: true } as const;

/**
 * Returns a function that finds the matches of an expression. Each `*`, `+` or `{}` in the expression needs an upper
 * limit (`{0,40}`), so that the search takes linear time.
 */
const pattern =
  (source: RegExp): FindShape =>
  (text) =>
    [...text.matchAll(source)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

/** Matches a word with a number at its end, such as `optimizer2` or `HTTP/1.1`. */
const NUMBERED = /^[A-Za-z]{2,20}[/-]?v?\d{1,2}(?:\.\d{1,2}){0,2}$/;
/**
 * Accepts a word that looks like a password or a key. Refuses the second word of "bearer authentication" and of
 * "authorization: denied".
 */
const credential = (text: string, { start, end }: TextSpan): TextSpan | undefined => {
  const word = text.slice(start, Math.min(end, start + 500));
  return /[0-9~]|=$|[a-z][A-Z]/.test(word) && !NUMBERED.test(word) ? { start, end } : undefined;
};
/**
 * Refuses a word that only switches something on or off, such as `enabled` in `authorization = enabled`. Accepts any
 * other word.
 */
const notSwitch = (text: string, { start, end }: TextSpan): TextSpan | undefined =>
  isSwitch(text.slice(start, Math.min(end, start + 500))) ? undefined : { start, end };
/** Returns true if the value of `?key=` in an address is an ordinary word, such as the name of a column or page. */
function isOrdinaryKey(text: string, { start, end }: TextSpan): boolean {
  return (
    /[?&]key=$/i.test(text.slice(Math.max(0, start - 5), start)) &&
    (end - start < 8 || !/\d/.test(text.slice(start, Math.min(end, start + 500))))
  );
}
/** Returns a function that accepts a text if the expression matches the whole text. */
const matching =
  (pattern: RegExp) =>
  (text: string, { start, end }: TextSpan): TextSpan | undefined =>
    end - start < 1000 && pattern.test(text.slice(start, end)) ? { start, end } : undefined;

/**
 * The name of the form for passwords in addresses. `secretsIn` handles this form itself: how certain it is that the
 * password is a secret depends on the password, and on whether the host is internal, such as a Compose service.
 */
export const ADDRESS_FORM = "password in an address";

const OTHERS: readonly SecretForm[] = [
  form("private key in PEM", /PRIVATE KEY(?: BLOCK)?-----/, findPemBlocks),
  form("SendGrid key", /SG\./, token(/\bSG\./g, { body: DOTS, least: 33, within: twoParts(16) })),
  form("JSON Web Token", /eyJ/, token(/(?<![\w-])eyJ/g, { body: DOTS, least: 7, within: twoParts(2) })),
  form(
    "Airtable token",
    /pat\w{14}\./,
    token(/\bpat/g, { body: "[A-Za-z0-9.]", least: 60, within: matching(/^pat\w{14}\.[0-9a-f]{60,}$/) }),
  ),
  form("Terraform token", /\.atlasv1\./, token(/\b[A-Za-z0-9]{14}\.atlasv1\./g, { body: DASHES, least: 50 })),
  form("Telegram token", /:AA/, token(/\b\d{8,10}:AA/g, { body: DASHES, least: 30 })),
  form(
    "Discord token",
    /[MNO][A-Za-z\d]{23}/,
    token(/(?<![\w.-])[MNO](?=[A-Za-z\d]{22,26}\.)/g, {
      body: DOTS,
      least: 50,
      within: matching(/^[MNO][\w-]{22,26}\.[\w-]{6}\.[\w-]{25,}$/),
    }),
  ),
  form(
    "Mailchimp key",
    /-us\d/,
    token(/\b(?=[0-9a-f]{32}-us\d)/g, { body: "[0-9a-z-]", least: 35, within: matching(/^[0-9a-f]{32}-us\d{1,2}$/) }),
  ),
  form("Asana token", /\d{16}:/, pattern(/(?<![\w/])[012]\/\d{14,18}(?:\/\d{14,18})?:[0-9a-f]{32}(?!\w)/g)),
  form(
    "PayPal token",
    /access_token(?:\${1,2}|%24)/,
    pattern(
      /(?<!\w)access_token(?:\${1,2}|%24)(?:production|sandbox)(?:\${1,2}|%24)[a-z0-9]{8,24}(?:\${1,2}|%24)[0-9a-f]{32}(?!\w)/g,
    ),
  ),
  form(
    "key of a payment service",
    /(?:live|test)_[A-Za-z0-9]{30}/,
    pattern(/(?<![A-Za-z0-9_-])(?:live|test)_(?=[A-Za-z]{0,29}\d)[A-Za-z0-9]{30,44}(?![A-Za-z0-9_])/g),
  ),
  form("ClickUp token", /pk_\d/, pattern(/(?<!\w)pk_\d{6,10}_[A-Z0-9]{32}(?!\w)/g)),
  form("Ghost key", /:[0-9a-f]{64}/, pattern(/(?<![\w:])[0-9a-f]{24}:[0-9a-f]{64}(?!\w)/g)),
  form("DeepL key", /:fx/, pattern(/(?<!\w)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:fx(?!\w)/g)),
  form("Firebase key", /AAAA.{7}:/, pattern(/(?<!\w)AAAA[\w-]{7}:[\w-]{140}(?![\w-])/g)),
  form("Azure DevOps token", /AZDO/, pattern(/(?<!\w)[A-Za-z0-9]{70,80}AZDO[A-Za-z0-9]{4}(?!\w)/g)),
  form("New Relic license key", /NRAL/, pattern(/(?<!\w)[0-9a-f]{36}NRAL(?!\w)/g)),
  form("MaxMind key", /_mmk/, pattern(/(?<!\w)[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?!\w)/g)),
  form(
    "Azure key",
    /AccountKey|SharedAccessKey|accesskey/i,
    token(/(?:AccountKey|SharedAccessKey|accesskey)=/gi, { body: BASE64, least: 30, headIsShown: true }),
  ),
  form(
    "Azure client secret",
    /\dQ~/,
    token(/(?<![\w~.-])(?=[\w~.-]{3}\dQ~)/g, { body: String.raw`[\w~.-]`, least: 37 }),
  ),
  form(
    "webhook",
    /hooks\.slack\.com|discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com|hooks\.zapier\.com|maker\.ifttt|\.make\.com|bot\/v2\/hook|webhook\/send/,
    token(
      /(?:maker\.ifttt\.com\/trigger\/\w{1,60}\/(?:json\/)?with\/key\/|hook\.\w{2,4}\.make\.com\/|\/bot\/v2\/hook\/|weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=|hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/|webhook\.office\.com\/webhookb2\/|hooks\.zapier\.com\/hooks\/catch\/)/g,
      {
        body: String.raw`[\w/@-]`,
        least: 18,
        headIsShown: true,
      },
    ),
  ),
  form(ADDRESS_FORM, /:\/\//, token(ADDRESS, { ...ADDRESS_BODY, within: credentials((user) => /:[\s\S]/.test(user)) })),
  inOutput("user in an address", /:\/\//, token(ADDRESS, { ...ADDRESS_BODY, within: credentials(() => true) })),
  form(
    "authorization header with its scheme",
    /authorization/i,
    token(new RegExp(`${AUTHORIZATION}(?:bearer|basic|token|apikey)\\s{1,4}`, "gi"), {
      ...HEADER,
      least: 8,
    }),
  ),
  inOutput(
    "authorization header",
    /authorization/i,
    token(/\bauthorization(?:["']?\s{0,4}=\s{0,4}["']?|["']?\s{0,4}:\s{0,4}["'])(?:(?:bearer|basic|token)\s{1,4})?/gi, {
      ...HEADER,
      least: 1,
      within: notSwitch,
    }),
  ),
  inOutput(
    "authorization header in a log",
    /authorization/i,
    token(/\bauthorization\s{0,4}:\s{0,4}(?:(?:bearer|basic|token)\s{1,4})?/gi, {
      ...HEADER,
      least: 4,
      within: credential,
    }),
  ),
  inOutput(
    "bearer or basic credential",
    /bearer|basic/i,
    token(/\b(?:bearer|basic)(?:\s|%20|\+){1,4}/gi, {
      ...CREDENTIAL,
      // The word after a space may be ordinary, as in "bearer authentication".
      within: (text, word) => (/\s/.test(text.charAt(word.start - 1)) ? credential(text, word) : word),
    }),
  ),
  form(
    "secret parameter of an address",
    /[?&]/,
    token(
      /[?&](?:access_token|api_key|apikey|password|secret|sig|signature|token|apitoken|auth_token|client_secret|private_token|passwd|pwd|x-amz-(?:credential|security-token|signature)|x-goog-signature)=/gi,
      { ...PARAMETER, least: 8 },
    ),
  ),
  inOutput(
    "parameter of an address that may be secret",
    /[?&]/,
    token(/[?&](?:access_token|api_key|apikey|key|password|secret|sig|signature|token|x-amz-[a-z-]{1,30})=/gi, {
      ...PARAMETER,
      least: 1,
      within: (text, word) => (isOrdinaryKey(text, word) ? undefined : word),
    }),
  ),
];

/**
 * The names of all forms of secrets, and where each form counts. Secrets of these forms are redacted in diffs, output
 * and errors. The validator warns about them in a document, except about forms for `output`. Add a new form to
 * `PREFIXES` or to `OTHERS`.
 */
export const SECRET_FORMS: readonly Pick<SecretForm, "name" | "where">[] = [
  ...[...new Set(PREFIXES.map(([name]) => name))].map((name) => ({ name, where: "everywhere" }) as const),
  ...OTHERS,
];

/**
 * Accepts a token of two or more parts with full stops between the parts, such as a JSON Web Token. The first part,
 * without its prefix of three characters, must have at least `shortest` characters. All other parts together must also
 * have at least `shortest` characters. Full stops at the end belong to the sentence, not to the token.
 */
function twoParts(shortest: number) {
  return (text: string, { start, end }: TextSpan): TextSpan | undefined => {
    let last = end;
    while (text[last - 1] === ".") last -= 1;
    const first = indexWithin(text, ".", start + 3, last);
    if (first === -1 || first - start - 3 < shortest || last - first - 1 < shortest) return undefined;
    return { start, end: last };
  };
}

/** Like `indexOf`, but stops at `end`. For each word of a text, `indexOf` would search the whole rest of the text. */
function indexWithin(text: string, sign: string, from: number, end: number): number {
  let at = from;
  while (at < end && text[at] !== sign) at += 1;
  return at < end ? at : -1;
}

/** Returns a function that finds user and password in an address: the text before the last `@` of its authority. */
function credentials(counts: (user: string) => boolean) {
  return (text: string, { start, end }: TextSpan): TextSpan | undefined => {
    const last = isInSingleQuotes(text, start) ? end : afterQuote(text, end);
    let at = last - 1;
    while (at > start && text[at] !== "@") at -= 1;
    if (at <= start || !counts(text.slice(start, Math.min(at, start + 10_000)))) return undefined;
    return { start, end: at };
  };
}

/** A part of a text that has the form of a secret. */
export interface FoundForm extends TextSpan {
  readonly name: string;
}

const IN_DOCUMENT = OTHERS.filter(({ where }) => where === "everywhere");

/** Finds the parts of a text that have any form of a secret. In a form for `output`, a part may be an ordinary word. */
export function formsIn(text: string): FoundForm[] {
  return foundBy(text, OTHERS);
}

/** Finds the parts of a text that have a form for `everywhere`. Leaves out variables, such as `${TOKEN}`. */
export function formsInDocument(text: string): FoundForm[] {
  return foundBy(text, IN_DOCUMENT).filter(
    ({ start, end }) => !isVariable(text.slice(start, Math.min(end, start + 500))),
  );
}

function foundBy(text: string, others: readonly SecretForm[]): FoundForm[] {
  const withSign = others.filter(({ sign }) => sign.test(text));
  return [
    ...prefixedTokens(text),
    ...withSign.flatMap(({ name, find }) => find(text).map((span) => ({ ...span, name }))),
  ];
}

/** Returns true if an address begins directly after a single quote. `at` is the offset after its `//`. */
function isInSingleQuotes(text: string, at: number): boolean {
  return /'[a-z0-9+.:-]{1,40}\/\/$/i.test(text.slice(Math.max(0, at - 44), at));
}

/** Returns the end of an authority. A quote with an `@` after it belongs to the password, as in `//me:it's@host`. */
function afterQuote(text: string, end: number): number {
  if (text[end] !== "'") return end;
  const rest = /^'[^\s/?#"'<>]{0,200}/.exec(text.slice(end, end + 202))?.[0] ?? "";
  return rest.includes("@") ? end + rest.length : end;
}

/** Returns true if a text is a variable: `$NAME` or `${NAME}`. A user name and a colon may come first. */
function isVariable(text: string): boolean {
  return /^(?:[^:]*:)?\$\$?\{?[A-Za-z_]/.test(text);
}
