import { basename } from "node:path";
import type { ComposeNode } from "../model";
import { textOf, valueAt } from "./nodes";
import { substitute, type VariableLookup } from "./template";

/**
 * The name of a project, as `${COMPOSE_PROJECT_NAME}` gives it: that of the last file that has one, else that of the folder.
 *
 * @param documents the project's own files, in their order.
 */
export function projectName(
  documents: Iterable<ComposeNode | undefined>,
  folder: string,
  lookup: VariableLookup,
): string | undefined {
  let written: string | undefined;
  for (const document of documents) written = textOf(valueAt(document, "name")) || written;
  const name = normalisedName(written === undefined ? "" : substitute(written, lookup).text);
  return name || normalisedName(basename(folder)) || undefined;
}

/** Whether Compose takes a name that is given to it (`COMPOSE_PROJECT_NAME`). */
export function isProjectName(name: string): boolean {
  return normalisedName(name) === name;
}

function normalisedName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
