import type { StoredRun } from "../../executions/execution-store";
import { type HideSecrets, hiddenIn } from "../../executions/hidden-secrets";
import { PAGE_LIMITS } from "./texts";

/** The Compose text of a run, as the page shows it. */
export type PageCompose = ReturnType<typeof composeView>;

/** Returns the Compose text of a run, with its secrets hidden. A text that is too long for the page is cut. */
export function composeView(run: StoredRun, hideSecrets: HideSecrets) {
  const { text } = hiddenIn(run, hideSecrets);
  return {
    text: text.slice(0, PAGE_LIMITS.composeText),
    /** The number of characters of the Compose text that are left out. */
    omitted: Math.max(0, text.length - PAGE_LIMITS.composeText),
    hasHidden: text !== run.body.compose_file_code,
  };
}
