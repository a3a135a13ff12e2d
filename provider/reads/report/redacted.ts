import { sensitiveTexts } from "../../lifecycle/process/known-secrets";
import { compact } from "../../lyceum/json";
import { type Redactor, redactMessages } from "../../secrets";
import type { ReportedRun } from "./report-data";

/**
 * Returns a run with redacted texts. The lines of output are redacted together, because a secret may be split over two
 * lines.
 */
export function redacted(run: ReportedRun, redact: Redactor): ReportedRun {
  const { lines, errors, label, failedServices, ...rest } = run;
  const messages = redactMessages(
    (lines ?? []).map(({ message }) => message),
    redact,
  );
  return compact<ReportedRun>({
    ...rest,
    label: redact(label),
    errors: errors.map(redact),
    lines: lines?.map((line, index) => ({ ...line, message: messages[index] ?? "" })),
    failedServices: failedServices?.map((failed) => ({ ...failed, service: redact(failed.service) })),
  });
}

/**
 * Returns all values in a Compose text, because a container may print any of them. If the text is not a Compose text,
 * returns the text itself.
 */
export function textsOfCompose(text: string): readonly string[] {
  const values = text.includes(":") ? sensitiveTexts(text) : [];
  return values.length === 0 ? [text] : values;
}
