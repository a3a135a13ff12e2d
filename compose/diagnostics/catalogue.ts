/** A text or project with an `error` is not valid. A text or project that has only warnings is valid. */
export type Severity = "error" | "warning";

/** What all diagnostics with one code have in common. */
export interface CatalogueEntry {
  readonly severity: Severity;
  /** A short title. The documentation shows this title as a heading. */
  readonly title: string;
  /** The default remedy: the next step for the user. A diagnostic may have a more precise remedy. */
  readonly remedy: string;
  /** If true, the source line is never shown, because it contains the secret that the diagnostic reports. */
  readonly hidesSource?: true;
}

/** Makes the catalogue entry of an error. */
export function error(title: string, remedy: string): CatalogueEntry {
  return { severity: "error", title, remedy };
}

/** Makes the catalogue entry of a warning. */
export function warning(title: string, remedy: string): CatalogueEntry {
  return { severity: "warning", title, remedy };
}

/** Makes the catalogue entry of a warning about a secret. The source line is never shown. */
export function secretWarning(title: string, remedy: string): CatalogueEntry {
  return { severity: "warning", title, remedy, hidesSource: true };
}

/** Adds codes to a catalogue. If the catalogue already has one of the codes, the program does not compile. */
export function withCodes<Known extends object, More extends Readonly<Record<string, CatalogueEntry>>>(
  known: Known,
  more: More & { readonly [Code in keyof Known]?: "this code is taken in the first catalogue" },
): Known & More {
  return { ...known, ...more };
}

/**
 * Every diagnostic that `readCompose` reports. A code never gets another meaning. LYC20xx: the text and its YAML.
 * LYC21xx: keys, types and values. LYC22xx: rules beyond the schema, such as the image of a service.
 */
export const READING_CATALOGUE = {
  LYC2001: error("not a text", "Give the compose document as a string."),
  LYC2002: error(
    "text larger than 1 MB",
    "Move bulky content into an image or an object store, and keep the compose document small.",
  ),
  LYC2003: error(
    "character that YAML does not allow",
    "Save the file as UTF-8 text and remove the character, or write it as an escape in double quotes.",
  ),
  LYC2004: error(
    "not well-formed Unicode",
    "Save the file as UTF-8. Write the character itself in place of two `\\u` escapes.",
  ),
  LYC2005: error("empty text", "Declare at least one service under `services:`."),
  LYC2006: error("not YAML", "Correct the text at the line and column of the diagnostic."),
  LYC2007: error("duplicate key", "Keep one of the two, or merge them."),
  LYC2008: error("several YAML documents in one text", "Merge them into one document: remove the `---` between them."),
  LYC2009: error("nested too deeply", "Flatten the document to at most 100 levels."),
  LYC2010: error(
    "aliases expand too far",
    "Repeat fewer aliases: the document with every alias written out must stay under 10 MB.",
  ),
  LYC2011: error("alias without an anchor before it", "Define the anchor (`&name`) above its first use (`*name`)."),
  LYC2012: error("alias inside its own anchor", "Remove the alias from the value that its anchor names."),
  LYC2013: error("merge key without a mapping", "Give `<<:` an alias of a mapping, or a list of such aliases."),
  LYC2014: error("key that is not a string", "Put the key in quotes."),
  LYC2015: error("value that its tag does not allow", "Correct the value, or remove the tag in front of it."),
  LYC2016: error(
    "character that readers of YAML interpret differently",
    'Remove the character, or write it as an escape in double quotes, such as `"\\u2028"`.',
  ),
  LYC2099: warning("more diagnostics than are shown", "Fix the diagnostics above first."),
  LYC2101: error(
    "document is not a mapping",
    "Write `services:` at the top level, with the services indented under it.",
  ),
  LYC2102: error("no services", "Declare at least one service under `services:`."),
  LYC2103: error(
    "`services` is not a mapping",
    "Write each service as a key under `services:`, such as `services: {web: {image: nginx}}`.",
  ),
  LYC2104: error("value of the wrong type", "Write a value of a type that the message shows."),
  LYC2201: error("service without an image", "Add `image:` with an image that a registry serves."),
} satisfies Record<string, CatalogueEntry>;

/** The code of a diagnostic that `readCompose` can report. */
export type ReadingCode = keyof typeof READING_CATALOGUE;
