import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseReview, printReview, type Review } from "../../../provider/policy/reviewed";
import type { Surface } from "../../command";
import { writeText } from "../../output";
import { CiError } from "../catalogue";

/** The largest file of a review, in bytes. The review of 3 000 resources has about 10 MB. */
const LARGEST_REVIEW = 200_000_000;

/** Makes a new key for the digests of a review. */
export function newSalt(): string {
  return randomBytes(16).toString("hex");
}

/**
 * Writes a review. If there is no review, for example after a failed preview, an earlier file is removed, because it is
 * out of date.
 */
export function saveReview(path: string, review: Review | undefined): void {
  if (review === undefined) rmSync(path, { force: true });
  else writeText(path, printReview(review));
}

/** Reads the review of a project and stack. */
export function readReview(
  path: string,
  { project, stack }: Pick<Review, "project" | "stack">,
  surface: Pick<Surface, "read" | "folder">,
): Review {
  const name = relative(surface.folder, path);
  const read = surface.read(path, LARGEST_REVIEW);
  if (read.kind === "error") throw new CiError("LYC5010", `${name} cannot be read: ${read.reason}.`);
  const parsed = parseReview(Buffer.from(read.bytes).toString("utf8"));
  if (parsed.kind === "error") throw new CiError("LYC5010", `${name} ${parsed.reason}.`);
  const { review } = parsed;
  const [own, given] = [fullName(project, stack), fullName(review.project, review.stack)];
  if (own !== given) throw new CiError("LYC5010", `${name} is a review of ${given}, and this is ${own}.`);
  return review;
}

/**
 * Returns the name by which the stack of a review and the stack of a command are compared.
 *
 * | stack | name |
 * |---|---|
 * | `prod` | `project/prod` |
 * | `organization/project/prod` | `project/prod`: in a backend without organizations, `prod` is the same stack |
 * | `acme/project/prod` | unchanged: another user's `prod` may be in another organization |
 */
function fullName(project: string, stack: string): string {
  const parts = stack.split("/");
  const organization = parts.length > 1 && parts[0] !== "organization" ? `${parts[0]}/` : "";
  return `${organization}${project}/${parts.at(-1)}`;
}

/** Writes a plan to a file for the provider, runs `work`, and then deletes the file. */
export async function withPlanFile<T>(plan: Review, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-lyceum-"));
  try {
    const path = join(folder, "plan.json");
    writeFileSync(path, printReview(plan), { mode: 0o600 });
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
