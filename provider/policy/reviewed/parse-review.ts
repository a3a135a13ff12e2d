import { createHash } from "node:crypto";
import { isMap, type Properties } from "../../schema";
import { REVIEW_FORMAT, type Review } from "./review";

/** A review, or why a file is no usable review. In a message, `reason` stands after the name of the file. */
export type ParsedReview =
  | { readonly kind: "review"; readonly review: Review }
  | { readonly kind: "error"; readonly reason: string };

/**
 * Returns a review as the text of a file. The checksum shows whether the file is complete and unchanged. The checksum
 * is not a signature.
 */
export function printReview(review: Review): string {
  const { project, stack, salt, checks, executions, resources } = review;
  const own = checks === undefined ? {} : { checks };
  const content = { ...REVIEW_FORMAT, project, stack, salt, ...own, executions, resources };
  return `${JSON.stringify({ ...content, checksum: checksum(content) }, undefined, 1)}\n`;
}

/** Reads a review from the text of a file. */
export function parseReview(text: string): ParsedReview {
  const read = jsonIn(text);
  if (!isMap(read) || read.format !== REVIEW_FORMAT.format) return error("is not a file of `ci preview --save`");
  const { version } = read;
  if (typeof version !== "number" || version > REVIEW_FORMAT.version) {
    return error(
      `has version ${JSON.stringify(version)} of the format, and this version of pulumi-lyceum reads ${REVIEW_FORMAT.version}`,
    );
  }
  const { checksum: own, ...content } = read;
  if (own !== checksum(content)) return error("was changed after `ci preview --save` wrote it, or is incomplete");
  // The checksum is no signature: a person can edit the file and compute a new checksum. After such an edit, `isReview`
  // only prevents a crash.
  return isReview(content) ? { kind: "review", review: content } : error("has not the form of a review");
}

function error(reason: string): ParsedReview {
  return { kind: "error", reason };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checksum(content: Properties): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

function isReview(content: Properties): content is Properties & Review {
  const { project, stack, salt, checks, executions, resources } = content;
  if (checks !== undefined && !(isMap(checks) && Array.isArray(checks.compares))) return false;
  const texts = [project, stack, salt].every((text) => typeof text === "string") && salt !== "";
  return texts && Array.isArray(executions) && executions.every(isExecution) && isList(resources, isResource);
}

function isList(value: unknown, of: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(of);
}

function isExecution(value: unknown): boolean {
  if (!isMap(value)) return false;
  const { urn, action, aborts, mayStart, ends, isUnchanged, inputs, provider, from, imports } = value;
  const isText = (text: unknown) => typeof text === "string";
  return (
    [urn, action, aborts ?? "", provider ?? "", from ?? "", imports ?? ""].every(isText) &&
    (mayStart === undefined || mayStart === true) &&
    isList(ends, isText) &&
    typeof isUnchanged === "boolean" &&
    isValues(inputs)
  );
}

function isResource(value: unknown): boolean {
  if (!isMap(value)) return false;
  const { urn, action, id = "", imports = "", from = "", provider = "", stays = true, inputs, changes } = value;
  const texts = [urn, action, id, imports, from, provider].every((text) => typeof text === "string");
  return texts && stays === true && isValues(inputs) && isMapOf(changes, isChange);
}

function isValues(value: unknown): boolean {
  return isMapOf(value, isReviewedValue);
}

function isMapOf(value: unknown, of: (item: unknown) => boolean): boolean {
  return isMap(value) && Object.values(value).every(of);
}

function isChange(value: unknown): boolean {
  return isMap(value) && [value.from, value.to].every((side) => side === undefined || isReviewedValue(side));
}

function isReviewedValue(value: unknown): boolean {
  if (!isMap(value)) return false;
  if (value.unknown === true || value.secret === true || typeof value.secret === "string") return true;
  return typeof value.digest === "string" && (value.text === undefined || typeof value.text === "string");
}
