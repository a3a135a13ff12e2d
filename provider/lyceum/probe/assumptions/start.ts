import { createRedactor } from "../../../secrets";
import { GUARANTEES } from "../../capability";
import { readFailureBody } from "../../http/failure-body";
import type { Assumption } from "../assumption";
import { different, expect, notReached } from "../assumption";
import { ofValue, works } from "../evaluate";

/** Calls about the account, and the start itself. */
export const START_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: "account.answers",
    certainty: "seen",
    statement: "GET /user/status shows the account of the key.",
    otherwise: "Instead: `getAccount` ends with an error; nothing else asks for it.",
    evaluate: (answers) => works(answers.account),
  },
  {
    id: "machines.answers",
    certainty: "client",
    statement: "GET /machine-types lists machines with their prices.",
    otherwise: `An error changes: ${GUARANTEES.machineTypes.without}.`,
    evaluate: (answers) => works(answers.machines),
  },
  {
    id: "machines.name",
    certainty: "assumed",
    statement: "The machines listed have the names that a start takes as `execution_type`.",
    otherwise: "The error of a refused machine names machines that cannot be used as they are.",
    evaluate: (answers) =>
      ofValue(answers.machines, (machines) =>
        expect(
          machines.some(({ hardwareProfile }) => hardwareProfile === answers.run.machine),
          `${answers.run.machine} is not on the list`,
        ),
      ),
  },
  {
    id: "hardware.answers",
    certainty: "client",
    statement: "GET /user/quotas/available-hardware lists the machines that the account may use.",
    otherwise: "The error of a refused machine names all machines, not those of the account.",
    evaluate: (answers) => works(answers.hardware),
  },
  {
    id: "start.invalid",
    certainty: "doc",
    statement: "A start without a compose text answers 422 and names the field.",
    otherwise: "The error of a refused argument does not name the argument.",
    evaluate: ({ emptyStart }) => {
      if (emptyStart === undefined) return notReached;
      const { result } = emptyStart;
      if (result.kind !== "answer")
        return result.kind === "value" ? different("answered with success") : works(emptyStart);
      if (result.answer.status !== 422) return different(`answered ${result.answer.status}`);
      const { details } = readFailureBody(result.answer.body, createRedactor([]));
      return expect(
        details.some(({ property }) => property === "composeFileCode"),
        "the answer does not name `compose_file_code`",
      );
    },
  },
  {
    id: "start.answers",
    certainty: "doc",
    statement: "POST /execution/compose/start starts a run and answers its id.",
    otherwise: "The provider looks for the run in list and history by its file name, and never sends the start again.",
    evaluate: (answers) => works(answers.start),
  },
];
