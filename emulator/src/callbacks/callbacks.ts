import type { Execution, StartBody } from "../executions/execution";
import { callbackUrlsOf } from "../executions/start-body";
import { joined, summary } from "../executions/views";

/** A receiver that does not answer in so many milliseconds is given up. */
const answerWithin = 5_000;
/** So many URLs of a run are called: the emulator waits for them when it stops. */
const mostUrls = 20;

/**
 * Notifies each callback URL of a run that it has ended, one after the other, each once. Only this machine is ever called: a text
 * that is tried out here must not reach a real service. Never rejects.
 * @param log takes one line for a human; what is shown of a URL is its origin, since path and query may hold a secret
 */
export async function callBack(execution: Execution, body: StartBody, log: (line: string) => void): Promise<void> {
  for (const text of callbackUrlsOf(body).slice(0, mostUrls)) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const note = (what: string) =>
      log(`${execution.executionId}: callback to ${url?.origin ?? "what is no URL"} ${what}`);
    if (url === undefined || !isOfThisMachine(url))
      note("was not sent: only http and https URLs of this machine are called");
    else await post(url, execution).then(note, (error: unknown) => note(`failed: ${String(error)}`));
  }
}

/** Whether a URL leads to this machine; with a name and a password in it, none is called. */
export function isOfThisMachine({ protocol, hostname, username, password }: URL): boolean {
  return (
    /^https?:$/.test(protocol) &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) &&
    username === "" &&
    password === ""
  );
}

/**
 * Nobody outside knows what Lyceum sends. This is an entry of the history and why the run ended: nothing secret. A redirect is not
 * followed, because it could lead away from this machine.
 * @returns what came of it
 */
async function post(url: URL, execution: Execution): Promise<string> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...summary(execution),
      errors: joined(execution.errors),
      errors_docker: joined(execution.dockerErrors),
    }),
    redirect: "manual",
    signal: AbortSignal.timeout(answerWithin),
  });
  await answer.body?.cancel();
  return `was answered with ${answer.status}`;
}
