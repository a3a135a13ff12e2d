/** How bad a diagnostic is: an `error` means that the run cannot be what was meant; a `warning` lets it go on. */
export type Severity = "error" | "warning";

/** What is said about a code wherever it is raised. */
export interface CatalogueEntry {
  readonly severity: Severity;
  /** The diagnostic in a few words, as the heading of its entry in the documentation. */
  readonly title: string;
  /** What to do next, where the place that raises it does not know better. */
  readonly remedy: string;
}

/**
 * Every diagnostic of a compose text that `readCompose` raises. Codes are stable: one is never given another meaning.
 * LYC20xx: the text and its YAML. LYC21xx: the shape. LYC22xx: what the parts mean to each other.
 */
export const readingCatalogue = {
  LYC2001: { severity: "error", title: "not a text", remedy: "Give the compose document as a string." },
  LYC2002: {
    severity: "error",
    title: "text larger than 1 MB",
    remedy: "Move bulky content into an image or an object store, and keep the compose document small.",
  },
  LYC2003: {
    severity: "error",
    title: "character that YAML does not allow",
    remedy: "Save the file as UTF-8 text and remove the character, or write it as an escape in double quotes.",
  },
  LYC2004: {
    severity: "error",
    title: "not well-formed Unicode",
    remedy: "Save the file as UTF-8, and write a character outside the basic plane as itself.",
  },
  LYC2005: { severity: "error", title: "empty text", remedy: "Declare at least one service under `services:`." },
  LYC2006: { severity: "error", title: "not YAML", remedy: "Correct the YAML at this place." },
  LYC2007: { severity: "error", title: "duplicate key", remedy: "Keep one of the two, or merge them." },
  LYC2008: {
    severity: "error",
    title: "several YAML documents in one text",
    remedy: "Merge them into one document: remove the `---` between them.",
  },
  LYC2009: { severity: "error", title: "nested too deeply", remedy: "Flatten the document to at most 100 levels." },
  LYC2010: {
    severity: "error",
    title: "aliases expand too far",
    remedy: "Repeat fewer aliases: the document with every alias written out must stay under 10 MB.",
  },
  LYC2011: {
    severity: "error",
    title: "alias without an anchor before it",
    remedy: "Define the anchor (`&name`) above its first use (`*name`).",
  },
  LYC2012: { severity: "error", title: "alias inside its own anchor", remedy: "Take the alias out of what it names." },
  LYC2013: {
    severity: "error",
    title: "merge key without a mapping",
    remedy: "Give `<<:` an alias of a mapping, or a list of such aliases.",
  },
  LYC2014: { severity: "error", title: "key that is not a string", remedy: "Put the key in quotes." },
  LYC2015: {
    severity: "error",
    title: "value that does not fit its tag",
    remedy: "Correct the value, or remove the tag in front of it.",
  },
  LYC2016: {
    severity: "error",
    title: "character that readers of YAML take in different ways",
    remedy: 'Remove the character, or write it as an escape in double quotes, such as `"\\u2028"`.',
  },
  LYC2099: { severity: "error", title: "more diagnostics than are shown", remedy: "Fix the diagnostics above first." },
  LYC2101: {
    severity: "error",
    title: "document is not a mapping",
    remedy: "Write `services:` at the top level, with the services indented under it.",
  },
  LYC2102: { severity: "error", title: "no services", remedy: "Declare at least one service under `services:`." },
  LYC2103: {
    severity: "error",
    title: "`services` is not a mapping",
    remedy: "Write each service as a key under `services:`, such as `services: {web: {image: nginx}}`.",
  },
  LYC2104: {
    severity: "error",
    title: "value of the wrong type",
    remedy: "Write the value in the form that the message names.",
  },
  LYC2201: {
    severity: "error",
    title: "service without an image",
    remedy: "Add `image:` with an image that a registry serves.",
  },
} as const satisfies Record<string, CatalogueEntry>;

/** The stable code of a diagnostic that reading can find. */
export type ReadingCode = keyof typeof readingCatalogue;
