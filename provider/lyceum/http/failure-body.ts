import type { Redactor } from "../../secrets";
import { asText, field, firstOf, parseJson } from "../json";
import { propertyOf } from "../port";

/**
 * The content of the body of a failed answer. The body is redacted before it is shortened, because the redactor would
 * not find half a secret.
 */
export interface FailureBody {
  /** Lyceum's text, at most 1000 characters. Absent if Lyceum sent no text. */
  readonly text?: string;
  /** The error messages in a list `detail`. `property` is the argument of the resource, if the message names one. */
  readonly details: readonly { readonly property?: string; readonly message: string }[];
}

const LIMIT_CHARACTERS = 1000;
const MOST_DETAILS = 20;

/**
 * Reads the body of a failed answer. The body may have `detail` (a text, list or object) or `error`. The body may also
 * be empty, or a text that is not JSON.
 */
export function readFailureBody(body: string, redact: Redactor): FailureBody {
  const json = parseJson(body);
  if (json === undefined) {
    // The page is redacted before `textOfPage` shortens it and changes its white space. The redactor would not find all
    // secrets in the result.
    return withText(redact(textOfPage(redact(withoutEntities(body)))), []);
  }
  const detail = field(json, "detail");
  if (Array.isArray(detail)) {
    const details = detail.slice(0, MOST_DETAILS).flatMap((entry) => readDetail(entry, redact));
    return withText(details.map((detail) => detail.message).join("; "), details);
  }
  return withText(redact(wordsOf(detail) ?? wordsOf(field(json, "error")) ?? wordsOf(json) ?? ""), []);
}

function withText(text: string, details: FailureBody["details"]): FailureBody {
  const trimmed = text.trim();
  return trimmed === "" ? { details } : { text: shorten(trimmed), details };
}

/**
 * Returns the value itself if it is a text, otherwise a text inside the value, such as its `message`. Other keys are
 * ignored, because validation errors repeat the refused value under the key `input`.
 */
function wordsOf(value: unknown): string | undefined {
  return asText(value) ?? firstOf(value, ["message", "msg", "detail", "error", "title"], asText);
}

function readDetail(entry: unknown, redact: Redactor): FailureBody["details"] {
  const loc = field(entry, "loc");
  const parts = Array.isArray(loc) ? loc.filter((part) => typeof part === "string" || typeof part === "number") : [];
  const property = propertyOf(parts);
  const complaint = wordsOf(entry);
  const location = parts.filter((part) => part !== "body").join(".");
  if (complaint === undefined && location === "") return [];
  const message = redact([property ?? location, complaint ?? "was refused"].filter((part) => part !== "").join(": "));
  return [property === undefined ? { message } : { property, message }];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };

/**
 * Decodes the HTML entities of a page. A gateway may repeat the request in its page. The redactor would not find a
 * secret with HTML entities.
 */
function withoutEntities(body: string): string {
  return body.replace(/&(#?\w{2,4});/g, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity);
}

/** The text of a body that is not JSON: the title of an HTML page or, without a title, the text without tags. */
function textOfPage(body: string): string {
  const page = body.slice(0, 20_000);
  const title = /<title[^>]{0,200}>([^<]{1,300})/i.exec(page)?.[1];
  const text = title ?? page.replace(/<(script|style)\b[^>]{0,200}>[^<]*/gi, " ").replace(/<[^<>]*>/g, " ");
  return text.replace(/\s+/g, " ").trim().slice(0, 300);
}

function shorten(text: string): string {
  return text.length <= LIMIT_CHARACTERS ? text : `${text.slice(0, LIMIT_CHARACTERS)}…`;
}
