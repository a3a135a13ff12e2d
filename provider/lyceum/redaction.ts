/** Takes secrets out of a text. Idempotent; never throws. */
export type Redactor = (text: string) => string;

/** What stands where a secret stood. */
export const REDACTED = "[redacted]";

/**
 * Secrets shorter than this many characters are not searched for inside a text: replacing every "a" would make the text
 * unreadable, and the gaps would spell the secret out. A text that is nothing but such a secret is still replaced.
 */
export const SHORTEST_SEARCHED_SECRET = 4;

/** A piece of base64 shorter than this could be part of an ordinary word. */
const SHORTEST_BASE64_PIECE = 6;
/** A line of a secret that spans lines (a key file) is searched for by itself from this length on. */
const SHORTEST_SECRET_LINE = 8;

/** Shapes that are secret whoever made them. Each is linear in the text; what a lookbehind names stays readable. */
const SHAPES: readonly RegExp[] = [
  /(?<=\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token)\s{1,4})?)(?!(?:bearer|basic|token)\s)[^\s"',;[\]]+/gi,
  /(?<=\b(?:bearer|basic)(?:\s|%20|\+){1,4})[\w.~+/=%-]{8,}/gi,
  /\blk_[\w-]{4,}/g,
  /(?<![\w-])eyJ[\w-]{4,}\.[\w-]{2,}(?:\.[\w-]*)?/g,
  /(?<=\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#@"'<>]+(?=@)/gi,
  /(?<=[?&](?:access_token|api_key|apikey|key|password|secret|sig|signature|token|x-amz-[a-z-]{1,30})=)[^\s&#"'<>]+/gi,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
];

/**
 * Makes a redactor that knows some secrets: each in plain, JSON-escaped, HTML-escaped, URL-encoded and base64 (both alphabets, and
 * inside a longer base64 text such as that of `user:password`), and every shape that is secret by itself: bearer
 * headers, `lk_…` keys, JWTs, credentials and signatures in URLs, AWS key ids.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const needles = [...new Set(secrets.flatMap(variants))];
  const short = new Set(secrets.filter((secret) => secret !== "" && secret.length < SHORTEST_SEARCHED_SECRET));
  return (text) => {
    if (short.has(text.trim())) return REDACTED;
    return cut(text, [...spansOf(text, needles), ...spansOfShapes(text)]);
  };
}

/** Every spelling of one secret that is worth searching for. */
function variants(secret: string): string[] {
  const lines = secret.includes("\n") ? secret.split(/\r?\n/).map((line) => line.trim()) : [];
  const plain = [secret, ...lines.filter((line) => line.length >= SHORTEST_SECRET_LINE)];
  return plain
    .filter((text) => text.length >= SHORTEST_SEARCHED_SECRET)
    .flatMap((text) => [
      text,
      JSON.stringify(text).slice(1, -1),
      ...urlEncodings(text),
      ...base64Encodings(text),
      ...htmlEncodings(text),
    ]);
}

function urlEncodings(text: string): string[] {
  // `encodeURIComponent` throws on half a surrogate pair; what is sent has U+FFFD in its place.
  const component = encodeURIComponent(Buffer.from(text, "utf8").toString("utf8"));
  const strict = component.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [component, strict, strict.replace(/%20/g, "+"), encodeURI(decodeURIComponent(component))];
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

/** As pages of gateways repeat what they were sent. */
function htmlEncodings(text: string): string[] {
  const tags = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quotes = tags.replaceAll('"', "&quot;");
  return [tags, quotes, ...["&#39;", "&#x27;", "&apos;"].map((apostrophe) => quotes.replaceAll("'", apostrophe))];
}

/**
 * The base64 characters that depend on the secret alone, for each of the three places it can have in a group of three
 * bytes: so a secret is found wherever it stands in a longer encoded text.
 */
function base64Encodings(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  const pieces = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const partialTail = (bytes.length + shift) % 3 !== 0;
    return encoded.slice(Math.ceil((shift * 4) / 3), partialTail ? -1 : undefined);
  });
  const whole = bytes.toString("base64");
  return [whole, whole.replace(/=+$/, ""), ...pieces]
    .filter((piece) => piece.length >= SHORTEST_BASE64_PIECE)
    .flatMap((piece) => [piece, piece.replace(/\+/g, "-").replace(/\//g, "_")]);
}

type Span = readonly [from: number, to: number];

function spansOf(text: string, needles: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
      spans.push([at, at + needle.length]);
    }
  }
  return spans;
}

function spansOfShapes(text: string): Span[] {
  return SHAPES.flatMap((shape) =>
    [...text.matchAll(shape)]
      // A mark that is already there is left alone, so that redacting twice is redacting once.
      .filter((match) => match[0] !== REDACTED)
      .map((match): Span => [match.index, match.index + match[0].length]),
  );
}

/** Replaces spans; overlapping and touching ones become one, so that no end of a secret stays behind. */
function cut(text: string, spans: Span[]): string {
  const ordered = spans.sort((a, b) => a[0] - b[0]);
  let result = "";
  let done = 0;
  let index = 0;
  while (index < ordered.length) {
    const [from, firstEnd] = ordered[index] as Span;
    let end = firstEnd;
    for (index += 1; index < ordered.length && (ordered[index] as Span)[0] <= end; index += 1) {
      end = Math.max(end, (ordered[index] as Span)[1]);
    }
    result += text.slice(done, from) + REDACTED;
    done = end;
  }
  return result + text.slice(done);
}
