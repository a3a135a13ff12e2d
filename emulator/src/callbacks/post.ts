/** A receiver that does not answer in so many milliseconds is left. */
const answerWithin = 5_000;

/**
 * Sends one callback as JSON. A redirect is not followed, because it could lead away from this machine.
 * @returns the status of the answer.
 */
export async function postCallback(url: URL, body: unknown): Promise<number> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    redirect: "manual",
    signal: AbortSignal.timeout(answerWithin),
  });
  await answer.body?.cancel();
  return answer.status;
}
