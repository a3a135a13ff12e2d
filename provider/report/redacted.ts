import { type Redactor, redactMessages } from "../secrets";
import type { ReportedRun } from "./report-data";

/** A run without secrets in what it has written and reports. Its lines count as one text: a secret may be split over two of them. */
export function redacted(run: ReportedRun, redact: Redactor): ReportedRun {
  const { lines, errors, label, failedService } = run;
  const messages = redactMessages(
    (lines ?? []).map(({ message }) => message),
    redact,
  );
  return {
    ...run,
    label: redact(label),
    errors: errors.map(redact),
    ...(lines === undefined
      ? {}
      : { lines: lines.map((line, index) => ({ ...line, message: messages[index] ?? "" })) }),
    ...(failedService === undefined
      ? {}
      : { failedService: { ...failedService, service: redact(failedService.service) } }),
  };
}
