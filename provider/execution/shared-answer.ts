import type { Clock } from "./ports";

/**
 * One question for all who ask within some time of it. An answer that failed is nobody's but theirs who share it.
 *
 * @param milliseconds from the question on
 */
export function sharedAnswer<Answer>(
  clock: Pick<Clock, "now">,
  milliseconds: number,
  ask: () => Promise<Answer>,
): () => Promise<Answer> {
  let latest: { readonly askedAt: number; readonly answer: Promise<Answer> } | undefined;
  return () => {
    const age = clock.now() - (latest?.askedAt ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back gives a negative age: then it is asked anew.
    if (latest !== undefined && age >= 0 && age <= milliseconds) return latest.answer;
    const answer = ask();
    latest = { askedAt: clock.now(), answer };
    answer.catch(() => {
      if (latest?.answer === answer) latest = undefined;
    });
    return answer;
  };
}
