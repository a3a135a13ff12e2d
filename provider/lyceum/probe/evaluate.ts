import { entriesIn } from "../answers/parse-list";
import { executionIdOf, idKeyOf, NO_STATUS } from "../answers/run-fields";
import { classifyStatus } from "../answers/status";
import { answerInWords, capabilityOf } from "../capability";
import { nameOfOperation } from "../operations";
import type { ExecutionSummary } from "../port";
import type { Answers, Recorded } from "./answers";
import type { Finding } from "./assumption";
import { confirmed, different, expect, notReached, notTried } from "./assumption";

// Questions that several assumptions ask of an answer.

const LONGEST_SHOWN = 40;

/** Whether a call works, by the classification that the client uses. */
export function works(recorded: Recorded | undefined): Finding {
  if (recorded === undefined) return notReached;
  if (recorded.result.kind === "value") return confirmed;
  const { error } = recorded.result;
  if (capabilityOf(error) === "refused") return { result: "refused", shown: answerInWords(error) };
  return notTried(`${nameOfOperation(recorded.operation)} ${answerInWords(error)}, which decides nothing`);
}

/** Validates what the client read from an answer; not tried where it read nothing. */
export function ofValue<T>(recorded: Recorded<T> | undefined, evaluate: (value: T, json: unknown) => Finding): Finding {
  if (recorded === undefined) return notReached;
  if (recorded.result.kind !== "value")
    return notTried(`${nameOfOperation(recorded.operation)} gives no answer to look at`);
  return evaluate(recorded.result.value, recorded.json);
}

/** Validates the entry of the probe's run in a list, as the client read it and as it came. */
export function ofEntry(
  recorded: Answers["history"],
  answers: Answers,
  evaluate: (entry: ExecutionSummary, json: unknown) => Finding,
): Finding {
  return ofValue(recorded, (page, json) => {
    const { id } = answers.run;
    const entry = page.executions.find((run) => run.executionId === id);
    if (id === undefined || entry === undefined) return notTried("the run is not on it");
    return evaluate(
      entry,
      entriesIn(json)?.find((raw) => executionIdOf(raw) === id),
    );
  });
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

/** The id stands under the documented key. */
export function idKey(json: unknown): Finding {
  const key = idKeyOf(json);
  return expect(key === "execution_id", `the id is under \`${key}\``);
}

/** What the provider does with another status word. */
export const OTHER_STATUS = "Case does not matter; an unknown word is shown as it came and is not an end.";

/** A status word is there, known, and in lower case. */
export function knownWord(status: string): Finding {
  if (status === NO_STATUS) return different("there is no status");
  const shown = JSON.stringify(status.slice(0, LONGEST_SHOWN));
  if (classifyStatus(status) === "unknown") return different(`${shown} is not a known word`);
  return expect(status === status.trim().toLowerCase(), `${shown} is not in lower case`);
}

/** The file name came back as it was sent. */
export function sameFileName(fileName: string | undefined, answers: Answers): Finding {
  if (fileName === undefined) return different("there is no file name");
  return expect(fileName === answers.run.fileName, "it is another file name than the one sent");
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
