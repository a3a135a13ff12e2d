import { answerInWords, isRefusedForGood } from "../capability";
import { nameOfOperation } from "../operations";
import type { Answers, Recorded } from "./answers";
import type { Finding } from "./assumption";
import { confirmed, different, expect, notReached, notTried } from "./assumption";

// Questions that several assumptions ask of an answer.

/** Whether a call works, by the classification that the client uses. */
export function works(recorded: Recorded | undefined): Finding {
  if (recorded === undefined) return notReached;
  if (recorded.result.kind === "value") return confirmed;
  const { error } = recorded.result;
  if (isRefusedForGood(error)) return { result: "refused", shown: answerInWords(error) };
  return notTried(`${nameOfOperation(recorded.operation)} ${answerInWords(error)}, which decides nothing`);
}

/** Validates what the client read from an answer; not tried where it read nothing. */
export function ofValue<T>(recorded: Recorded<T> | undefined, evaluate: (value: T) => Finding): Finding {
  if (recorded === undefined) return notReached;
  if (recorded.result.kind !== "value")
    return notTried(`${nameOfOperation(recorded.operation)} gives no answer to look at`);
  return evaluate(recorded.result.value);
}

/** Whether a list shows the probe's run. */
export function shows(recorded: Answers["history"], answers: Answers): Finding {
  if (answers.run.id === undefined) return notTried("no run was started");
  return ofValue(recorded, (page) =>
    expect(
      page.executions.some((run) => run.executionId === answers.run.id),
      "the run is not on it",
    ),
  );
}

/** The entry of the probe's run in a list holds its file name as it was sent. */
export function hasFileName(recorded: Answers["history"], { run }: Answers): Finding {
  return ofValue(recorded, ({ executions }) => {
    const entry = executions.find(({ executionId }) => executionId === run.id);
    if (entry === undefined) return notTried("the run is not on it");
    if (entry.fileName === undefined) return different("there is no file name");
    return expect(entry.fileName === run.fileName, "it is another file name than the one sent");
  });
}

/** The service answers 404 for what it does not know. */
export function answers404(recorded: Recorded | undefined): Finding {
  if (recorded === undefined) return notReached;
  const { result } = recorded;
  if (result.kind === "value") return different("answered with success");
  if (result.kind === "answer" && result.answer.status === 404) return confirmed;
  const finding = works(recorded);
  return finding.result === "refused" && result.error.status !== 401 && result.error.status !== 403
    ? different(finding.shown)
    : finding;
}
