/** A secret that a scenario uses, and that no text may contain. */
export interface Canary {
  /** The name of the value in messages and in golden files: `docker_password`. */
  readonly name: string;
  /** At least 12 characters, so that none of its forms occurs by chance. */
  readonly value: string;
}

/** A text to search, with its name for messages. */
export interface InspectedText {
  readonly where: string;
  readonly text: string;
}

/** A place where a canary was found. It contains neither the value nor the text around it. */
export interface Sighting {
  readonly canary: string;
  readonly form: string;
  readonly where: string;
}

const SHORTEST = 12;

/**
 * Every form of a value: plain, JSON (also inside JSON, and as Go writes it), URL- and form-encoded, hexadecimal, and
 * base64 in both alphabets at each of the three offsets inside a longer text.
 * @throws when the value is so short that a form may occur by chance.
 */
export function formsOf(value: string): ReadonlyMap<string, string> {
  if (value.length < SHORTEST) throw new Error(`A canary needs ${SHORTEST} characters; this one has ${value.length}.`);
  const json = asJson(value);
  const url = encodeURIComponent(value);
  const strictUrl = url.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  const hex = Buffer.from(value).toString("hex");
  const candidates: [form: string, text: string][] = [
    ["plain", value],
    ["JSON", json],
    ["JSON in JSON", asJson(json)],
    ["JSON as Go writes it", asGoJson(value)],
    ["JSON in JSON as Go writes it", asGoJson(asGoJson(value))],
    ["URL-encoded", url],
    ["URL-encoded, strictly", strictUrl],
    ["URL-encoded, lower case", lowerPercent(strictUrl)],
    ["form-encoded", strictUrl.replace(/%20/g, "+")],
    ["hex", hex],
    ["hex, upper case", hex.toUpperCase()],
  ];
  for (const offset of [0, 1, 2]) {
    const core = base64Core(value, offset);
    candidates.push([`base64 at offset ${offset}`, core]);
    candidates.push([`base64url at offset ${offset}`, core.replace(/\+/g, "-").replace(/\//g, "_")]);
  }
  const forms = new Map<string, string>();
  const observed = new Set<string>();
  for (const [form, text] of candidates) {
    if (observed.has(text)) continue;
    observed.add(text);
    forms.set(form, text);
  }
  return forms;
}

/** Searches every text for every form of every canary. */
export function scan(inspectedTexts: readonly InspectedText[], canaries: readonly Canary[]): readonly Sighting[] {
  const sightings: Sighting[] = [];
  for (const canary of canaries) {
    for (const [form, text] of formsOf(canary.value)) {
      for (const inspected of inspectedTexts) {
        if (inspected.text.includes(text)) sightings.push({ canary: canary.name, form, where: inspected.where });
      }
    }
  }
  return sightings;
}

/** One line for each place where a canary was found. The value itself is not repeated. */
export function describeSightings(sightings: readonly Sighting[]): string {
  return sightings.map(({ canary, form, where }) => `${canary} (${form}) in ${where}`).join("\n");
}

function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Escapes `&`, `<` and `>` in JSON as Go does, because the Pulumi CLI is a Go program. */
function asGoJson(text: string): string {
  return asJson(text).replace(/[&<>]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
}

function lowerPercent(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase());
}

/**
 * Returns the characters of a base64 text that depend only on the value. `offset` (mod 3) bytes are before the value.
 */
function base64Core(value: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const firstOwn = Math.ceil((offset * 8) / 6);
  const afterLastOwn = Math.floor((bytes.length * 8) / 6);
  return bytes.toString("base64").slice(firstOwn, afterLastOwn);
}
