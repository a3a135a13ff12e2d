import { decodedWords } from "./decoded-words";
import type { TextSpan } from "./mark";
import { findPemBlocks } from "./pem";
import { type FindShape, token } from "./token-shape";

/** One row of the table of shapes. */
export interface SecretShape {
  /** The kind of secret. */
  readonly name: string;
  /** Every secret of this shape contains a match. Few texts have one, so it is searched for first. */
  readonly sign: RegExp;
  /**
   * `everywhere`: it never occurs by chance. `output`: in a compose document it may be an ordinary word (`bearer`, a
   * user's name), so it is redacted in messages but not reported for a document.
   */
  readonly where: "everywhere" | "output";
  readonly find: FindShape;
}

const shape = (name: string, sign: RegExp, find: FindShape): SecretShape => ({ name, sign, where: "everywhere", find });
const inOutput = (name: string, sign: RegExp, find: FindShape): SecretShape => ({ name, sign, where: "output", find });

/** Shortest password in a document that only its context shows. */
const SHORTEST_NAMED = 8;
const AUTHORIZATION = String.raw`\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?`;
const ADDRESS_BODY = { body: String.raw`[^\s/?#"'<>]`, least: 2, headIsShown: true } as const;
const HEADER = { body: String.raw`[^\s"',;[\]]`, headIsShown: true } as const;
const PARAMETER = { body: String.raw`[^\s&#"'<>]`, headIsShown: true } as const;

/**
 * Every shape that is always a secret. The validator warns of those in a document, a diff masks them, and output,
 * errors and the command line are shown without them. A new kind is a row here and an example in `testing/examples.ts`.
 */
export const SECRET_SHAPES: readonly SecretShape[] = [
  shape("private key in PEM", /PRIVATE KEY(?: BLOCK)?-----/, findPemBlocks),
  shape("AWS access key id", /A[KS]IA/, token(/\b(?:AKIA|ASIA)/g, { body: "[A-Z0-9]", least: 12 })),
  shape("GitHub token", /gh[pousr]_/, token(/\bgh[pousr]_/g, { body: "[A-Za-z0-9]", least: 30 })),
  shape("GitHub fine-grained token", /github_pat_/, token(/\bgithub_pat_/g, { body: String.raw`\w`, least: 22 })),
  shape("GitLab token", /glpat-/, token(/\bglpat-/g, { body: String.raw`[\w.-]`, least: 20 })),
  shape("Slack token", /xox[abeoprs]-/, token(/\bxox[abeoprs]-/g, { body: String.raw`[\w-]`, least: 10 })),
  shape("Stripe key", /[rs]k_(?:live|test)_/, token(/\b[rs]k_(?:live|test)_/g, { body: "[A-Za-z0-9]", least: 10 })),
  shape("key of an AI service", /sk-/, token(/\bsk-/g, { body: String.raw`[\w-]`, least: 20 })),
  shape("NVIDIA key", /nvapi-/, token(/\bnvapi-/g, { body: String.raw`[\w-]`, least: 20 })),
  shape("Google API key", /AIza/, token(/\bAIza/g, { body: String.raw`[\w-]`, least: 35 })),
  shape("npm token", /npm_/, token(/\bnpm_/g, { body: "[A-Za-z0-9]", least: 30 })),
  shape("Hugging Face token", /hf_/, token(/\bhf_/g, { body: "[A-Za-z0-9]", least: 30 })),
  shape("Docker Hub token", /dckr_pat_/, token(/\bdckr_pat_/g, { body: String.raw`[\w-]`, least: 20 })),
  shape(
    "Lyceum key",
    /lk_/,
    token(/\blk_/g, {
      body: String.raw`[\w-]`,
      least: 8,
      within: (text, word) => (isKeyLike(text, word) ? word : undefined),
    }),
  ),
  shape("SendGrid key", /SG\./, token(/\bSG\./g, { body: String.raw`[\w.-]`, least: 33, within: twoParts(16) })),
  shape("Pulumi token", /pul-/, token(/\bpul-/g, { body: "[0-9a-f]", least: 40 })),
  shape("DigitalOcean token", /do[opr]_v1_/, token(/\bdo[opr]_v1_/g, { body: "[0-9a-f]", least: 64 })),
  shape("JSON Web Token", /eyJ/, token(/(?<![\w-])eyJ/g, { body: String.raw`[\w.-]`, least: 7, within: twoParts(2) })),
  shape(
    "password in an address",
    /:\/\//,
    token(/[a-z0-9+.-]:\/\//gi, { ...ADDRESS_BODY, within: credentials((user) => /:[\s\S]/.test(user)) }),
  ),
  inOutput(
    "user in an address",
    /:\/\//,
    token(/[a-z0-9+.-]:\/\//gi, { ...ADDRESS_BODY, within: credentials(() => true) }),
  ),
  shape(
    "authorization header with its scheme",
    /authorization/i,
    token(new RegExp(`${AUTHORIZATION}(?:bearer|basic|token)\\s{1,4}`, "gi"), { ...HEADER, least: SHORTEST_NAMED }),
  ),
  inOutput(
    "authorization header",
    /authorization/i,
    token(new RegExp(`${AUTHORIZATION}(?:(?:bearer|basic|token)\\s{1,4})?`, "gi"), { ...HEADER, least: 1 }),
  ),
  inOutput(
    "bearer or basic credential",
    /bearer|basic/i,
    token(/\b(?:bearer|basic)(?:\s|%20|\+){1,4}/gi, { body: String.raw`[\w.~+/=%-]`, least: 8, headIsShown: true }),
  ),
  shape(
    "secret parameter of an address",
    /[?&]/,
    token(
      /[?&](?:access_token|api_key|apikey|password|secret|sig|signature|token|x-amz-(?:credential|security-token|signature))=/gi,
      {
        ...PARAMETER,
        least: SHORTEST_NAMED,
      },
    ),
  ),
  inOutput(
    "parameter of an address that may be secret",
    /[?&]/,
    token(/[?&](?:access_token|api_key|apikey|key|password|secret|sig|signature|token|x-amz-[a-z-]{1,30})=/gi, {
      ...PARAMETER,
      least: 1,
    }),
  ),
];

/** `lk_data` may be the name of a volume. A key contains digits, or is longer than names. */
function isKeyLike(text: string, { start, end }: TextSpan): boolean {
  return end - start >= 19 || /[0-9]/.test(text.slice(start, end));
}

/**
 * Accepts a word with a full stop in it that has at least `shortest` characters before the full stop, without the
 * three of the prefix, and after it. Full stops at the end of the word belong to the sentence.
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

/** `indexOf` up to an end, so that the rest of a text is not searched again for each of its words. */
function indexWithin(text: string, sign: string, from: number, end: number): number {
  let at = from;
  while (at < end && text[at] !== sign) at += 1;
  return at < end ? at : -1;
}

/** The text before the last `@` of an address's authority. */
function credentials(counts: (user: string) => boolean) {
  return (text: string, { start, end }: TextSpan): TextSpan | undefined => {
    let at = end - 1;
    while (at > start && text[at] !== "@") at -= 1;
    if (at <= start || !counts(text.slice(start, Math.min(at, start + 10_000)))) return undefined;
    return { start, end: at };
  };
}

/** A pattern of all signs. Few texts have one. */
function signOfAny(shapes: readonly SecretShape[]): RegExp {
  return new RegExp(shapes.map(({ sign }) => `(?:${sign.source})`).join("|"), "i");
}

const EVERYWHERE = SECRET_SHAPES.filter(({ where }) => where === "everywhere");
const SIGN_OF_ALL = signOfAny(SECRET_SHAPES);
const SIGN_OF_SOME = signOfAny(EVERYWHERE);

/** All parts of a text with the shape of a secret, as they are written. */
export function shapesIn(text: string): TextSpan[] {
  return SIGN_OF_ALL.test(text) ? spansOf(text, SECRET_SHAPES) : [];
}

/** As `shapesIn`, for a compose document: without ordinary words and values of variables. */
export function shapesInDocument(text: string): TextSpan[] {
  if (!SIGN_OF_SOME.test(text)) return [];
  return spansOf(text, EVERYWHERE).filter(
    ({ start, end }) => !isVariable(text.slice(start, Math.min(end, start + 500))),
  );
}

function spansOf(text: string, shapes: readonly SecretShape[]): TextSpan[] {
  return shapes.flatMap(({ sign, find }) => (sign.test(text) ? find(text) : []));
}

/** `$NAME` and `${NAME}`, also after a user's name. */
function isVariable(text: string): boolean {
  return /^(?:[^:]*:)?\$\$?\{?[A-Za-z_]/.test(text);
}

/** Whether a part of a document has the shape of a secret, also in base64 or with percent signs. */
export function hidesShape(text: string): boolean {
  return shapesInDocument(text).length > 0 || shapesInDocument(decodedWords(text).text).length > 0;
}
