import type { Execution, StartBody } from "../executions/execution";
import { callbackUrlsOf } from "../executions/start-body";
import { summary } from "../executions/views";
import { readCallback } from "./loopback";

/** More URLs of one run are not called. */
export const mostCallbacks = 20;

/** What callbacks need from outside. */
export interface CallbackEffects {
  /** Sends one callback. @returns the status of the answer. */
  readonly post: (url: URL, body: unknown) => Promise<number>;
  /** One line for a human. */
  readonly log: (line: string) => void;
}

/** Notifies each callback URL of a run that it has ended, one after the other, each once. Never rejects. */
export async function callBack(execution: Execution, body: StartBody, effects: CallbackEffects): Promise<void> {
  const urls = callbackUrlsOf(body);
  const note = (what: string) => effects.log(`${execution.executionId}: callback ${what}`);
  for (const text of urls.slice(0, mostCallbacks)) {
    const read = readCallback(text);
    if (read.kind === "leave") {
      note(`to ${read.shown} was not sent: ${read.reason}`);
      continue;
    }
    try {
      const status = await effects.post(read.url, payload(execution));
      if (status < 200 || status > 299) note(`to ${read.url.origin} was answered with ${status}`);
    } catch (error) {
      note(`to ${read.url.origin} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (urls.length > mostCallbacks)
    note(`URLs beyond the first ${mostCallbacks} were not called: ${urls.length - mostCallbacks}`);
}

/** Nobody outside knows what Lyceum sends. This is an entry of the history and why the run ended: nothing secret. */
function payload(execution: Execution) {
  const { errors, dockerErrors } = execution;
  return {
    ...summary(execution, { hideFileName: false }),
    errors: errors.length === 0 ? null : errors.join("\n"),
    errors_docker: dockerErrors.length === 0 ? null : dockerErrors.join("\n"),
  };
}
