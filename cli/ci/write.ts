import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Surface, UsageError } from "../command";
import { shownJson } from "../json";
import { fitted } from "./cut";
import type { CiRequest } from "./options";

/** Writes what a command has to report: Markdown and JSON where they are asked for, and the summary of a step of GitHub. */
export function writeReports(
  { summary, json }: Pick<CiRequest, "summary" | "json">,
  { variable }: Pick<Surface, "variable">,
  whole: string,
  data: unknown,
): void {
  const markdown = fitted(whole);
  const step = variable("GITHUB_STEP_SUMMARY") ?? "";
  if (summary !== undefined) writeText(summary, markdown);
  if (step !== "") writing(step, () => appendFileSync(step, `${markdown}\n`));
  if (json !== undefined) writeText(json, `${shownJson(data)}\n`);
}

/** Writes a file, and the folder that it is in. */
export function writeText(path: string, text: string): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  });
}

function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`${path} cannot be written (${String((error as { code?: unknown }).code)})`);
  }
}
