import { type ComposeValue, canonicalCompose, readCompose } from "../../../compose";
import { printModel } from "../../../compose/project";
import { sensitiveTexts } from "../../lifecycle/state/known-secrets";
import { isSecretValue, REDACTED, type Redactor, redactMessages } from "../../secrets";
import type { ReportedRun } from "./report-data";

/** A run without secrets in what it has written and reports. Its lines count as one text: a secret may be split over two of them. */
export function redacted(run: ReportedRun, redact: Redactor): ReportedRun {
  const { lines, errors, label, failedServices, ...rest } = run;
  const messages = redactMessages(
    (lines ?? []).map(({ message }) => message),
    redact,
  );
  return {
    ...rest,
    label: redact(label),
    errors: errors.map(redact),
    ...(lines === undefined
      ? {}
      : { lines: lines.map((line, index) => ({ ...line, message: messages[index] ?? "" })) }),
    ...(failedServices === undefined
      ? {}
      : { failedServices: failedServices.map((failed) => ({ ...failed, service: redact(failed.service) })) }),
  };
}

/** More of a text is not shown: a page is for reading. Characters. */
const MOST_CHARACTERS = 200_000;

/**
 * A compose text for a report: its canonical form as YAML, without the values that are known or look to be secret. Undefined for a
 * text that cannot be read.
 */
export function maskedCompose(text: string, redact: Redactor): string | undefined {
  const read = readCompose(text);
  if (read.kind !== "document") return undefined;
  const masked = mask(canonicalCompose(read.model), redact);
  // Once more as a whole: a secret may be written over several values.
  const shown = redact(printModel(masked as Record<string, ComposeValue>)).trimEnd();
  return shown.length <= MOST_CHARACTERS
    ? shown
    : `${shown.slice(0, MOST_CHARACTERS)}\n# … ${shown.length - MOST_CHARACTERS} further characters`;
}

function mask(value: ComposeValue, redact: Redactor, key?: string, before?: ComposeValue): ComposeValue {
  if (Array.isArray(value)) return value.map((item, index) => mask(item, redact, undefined, value[index - 1]));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mask(item, redact, name)]));
  }
  if (value === null || typeof value === "boolean") return value;
  const text = String(value);
  if (isSecretValue(text, key, typeof before === "string" ? before : undefined)) return REDACTED;
  const shown = redact(text);
  return shown === text ? value : shown;
}

/** The values of a text, if it is a Compose text; else the text itself. A container may print any of them. */
export function textsOfCompose(text: string): readonly string[] {
  const values = text.includes(":") ? sensitiveTexts(text) : [];
  return values.length === 0 ? [text] : values;
}
