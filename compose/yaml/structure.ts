import type { DiagnosticCollector } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { printableKey, type Span, startOf } from "../diagnostics/position";
import { setVariable } from "../model/interpolation";
import type { WorkloadSection } from "../model/keys";
import { type ComposeEntry, type ComposeNode, isNull, type MappingNode } from "../model/model";
import { isTimestamp, timestampText } from "./scalar";
import { UNKNOWN_MARKER } from "./text";

/**
 * Reports wrong types for which Compose certainly refuses the text, and texts in which nothing can run. `validateShape`
 * reports all other wrong types.
 */
export function checkStructure(root: ComposeNode, text: string, collector: DiagnosticCollector): root is MappingNode {
  if (root.kind === "scalar" && root.value === null) {
    collector.add("LYC2005", text.trim() === "" ? "the text is empty" : "the text holds no document, only comments");
    return false;
  }
  if (isOpen(root) || !isDocument(root, collector)) return false;
  // If the project includes files, these files may declare the services.
  const included = root.entries.has("include");
  const services = root.entries.get("services");
  const jobs = root.entries.get("jobs")?.node;
  for (const [name, job] of jobs?.kind === "mapping" ? jobs.entries : []) checkImage("jobs", name, job, collector);
  // A document without services is valid if it declares jobs or has `include`.
  const runs =
    included || (jobs !== undefined && !isNull(jobs) && !(jobs.kind === "mapping" && jobs.entries.size === 0));
  if (services === undefined || isNull(services.node)) {
    // Compose refuses empty `services` in a project with jobs, but not in a project with `include`.
    if (runs && services !== undefined && !included) checkServicesType(services, collector);
    if (runs) return true;
    const message = services === undefined ? "the document declares no services" : "`services` is empty";
    const explainedBy = services === undefined ? misspelling(root, ["services"]) : undefined;
    const span = services?.keySpan ?? explainedBy ?? startOf(root.span);
    collector.add("LYC2102", message, { span, path: services ? ["services"] : [], explainedBy });
    return true;
  }
  checkServicesType(services, collector);
  if (services.node.kind !== "mapping") return true;
  if (services.node.entries.size === 0 && !runs) {
    collector.add("LYC2102", "`services` is empty", { span: services.keySpan, path: ["services"] });
  }
  for (const [name, service] of services.node.entries) checkService(name, service, collector);
  return true;
}

/**
 * Whether a value may be a Compose document: a mapping that is not a Kubernetes manifest. Reports a manifest with one
 * diagnostic, because otherwise each of its keys would have a diagnostic.
 */
export function isDocument(root: ComposeNode, collector: DiagnosticCollector): root is MappingNode {
  if (root.kind !== "mapping") {
    const message = `the document must be a mapping, and it is ${describe(root)}`;
    collector.add("LYC2101", message, { span: startOf(root.span) });
    return false;
  }
  const kind = root.entries.get("kind");
  if (kind === undefined || !root.entries.has("apiVersion") || root.entries.has("services")) return true;
  const message = "the document is a Kubernetes manifest (`apiVersion`, `kind`), not a Compose file";
  const remedy = "Name a Compose file, or write the containers of the manifest as services.";
  collector.add("LYC2102", message, { span: kind.keySpan, remedy });
  return false;
}

/** Reports `services` if it is not a mapping. */
export function checkServicesType({ node, keySpan }: ComposeEntry, collector: DiagnosticCollector): void {
  if (isOpen(node) || node.kind === "mapping") return;
  const message = `services must be a mapping, and it is ${describe(node)}`;
  collector.add("LYC2103", message, { span: keySpan, path: ["services"] });
}

/** Reports a service that is not a mapping. */
export function checkServiceType(name: string, { node, keySpan }: ComposeEntry, collector: DiagnosticCollector): void {
  if (isOpen(node) || node.kind === "mapping") return;
  const shown = printableKey(name);
  collector.add("LYC2104", `the service ${shown} must be a mapping, and it is ${describe(node)}`, {
    span: keySpan,
    path: ["services", name],
    remedy: `Write the settings of ${shown} indented under it, at least \`image:\`.`,
  });
}

function checkService(name: string, entry: ComposeEntry, collector: DiagnosticCollector): void {
  checkServiceType(name, entry, collector);
  checkImage("services", name, entry, collector);
}

/** Reports a service or a job that has a value for none of `image`, `build`, `extends` and `provider`. */
function checkImage(
  section: WorkloadSection,
  name: string,
  { node, keySpan }: ComposeEntry,
  collector: DiagnosticCollector,
): void {
  if (node.kind !== "mapping") return;
  const path = [section, name];
  const shown = `the ${section === "jobs" ? "job" : "service"} ${printableKey(name)}`;
  // With `extends`, the image may come from the service that `extends` names. With `provider`, the service has no
  // container, so it needs no image.
  const origins = ["build", "extends", "provider"];
  const image = node.entries.get("image")?.node;
  const isNameless = image?.kind === "scalar" && (image.value === null || image.value === "");
  if ((image !== undefined && !isNameless) || origins.some((key) => hasValue(node, key))) return;
  // A key that is not known yet may become `image`.
  if ([...node.entries.keys()].some((key) => key.includes(UNKNOWN_MARKER))) return;
  const explainedBy = misspelling(node, ["image", ...origins]);
  const cause = ["image", ...origins].map((key) => node.entries.get(key)?.keySpan).find(Boolean) ?? explainedBy;
  // The entries of an alias are outside of this service, and other services may share them. In this case, the
  // diagnostic points at the name of the service or job.
  const isOwn = cause !== undefined && cause.start > keySpan.start && cause.end <= node.span.end;
  const span = isOwn ? cause : keySpan;
  // Another diagnostic reports a required variable that is not set.
  if (image?.kind === "scalar" && image.lacksRequired === true) return;
  const [unset] = image?.kind === "scalar" ? (image.unset ?? []) : [];
  if (unset === undefined) {
    collector.add("LYC2201", `${shown} has neither an image nor a build`, { span, path, explainedBy });
  } else {
    const message = `${shown} has no image without the variable ${printableKey(unset)}, which is not set`;
    collector.add("LYC2201", message, { span, path, remedy: setVariable(unset) });
  }
}

/** Returns the position of a key that is probably a misspelling of a missing key. */
export function misspelling(node: ComposeNode | undefined, missing: readonly string[]): Span | undefined {
  if (node?.kind !== "mapping") return undefined;
  for (const [key, { keySpan }] of node.entries) {
    if (!key.startsWith("x-") && !missing.includes(key) && nearest(key, missing) !== undefined) return keySpan;
  }
  return undefined;
}

/** Whether a value is not known yet. */
export function isOpen(node: ComposeNode): boolean {
  return node.kind === "scalar" && typeof node.value === "string" && node.value.includes(UNKNOWN_MARKER);
}

function hasValue(node: MappingNode, key: string): boolean {
  const found = node.entries.get(key)?.node;
  return found !== undefined && !isNull(found);
}

/** Whether Compose's YAML reader reads a value as a date. */
export function isDate(node: ComposeNode): boolean {
  return node.kind === "scalar" && node.style === "plain" && typeof node.value === "string" && isTimestamp(node.value);
}

/**
 * Returns the message and the remedy for a date that newer releases of Compose convert to a text. The message completes
 * a sentence that begins with the path of the value. Returns `undefined` for any other value.
 */
export function convertedDate(node: ComposeNode): { message: string; remedy: string; text: string } | undefined {
  const text = isDate(node) && node.kind === "scalar" ? timestampText(String(node.value)) : undefined;
  const message =
    "is a date to YAML: Docker Compose 5.0.0 or later adds a time of day and a time zone to it, and older releases refuse it";
  return text === undefined ? undefined : { message, remedy: "Put the value in quotes.", text };
}

/** Whether a value is written as a floating-point number, even if the number is whole: `80.0`, `8e1`, `.inf`. */
export function isFloat(node: ComposeNode): boolean {
  return node.kind === "scalar" && node.number === "float";
}

/** The remedy if a value must be a text, but has another type. */
export const WRITE_TEXT = "Write a text, in quotes if it looks like a number or a date.";

/** Returns the type of a value for a message. The result never contains the value itself. */
export function describe(node: ComposeNode): string {
  if (node.kind === "sequence") return "a list";
  if (node.kind === "mapping") return "a mapping";
  if (node.value === null) return "empty";
  if (isDate(node)) return "a date to YAML (put it in quotes)";
  if (node.number !== undefined) return "a number";
  return typeof node.value === "boolean" ? "true or false" : `a ${typeof node.value}`;
}
