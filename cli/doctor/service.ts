import {
  answerInWords,
  GUARANTEES,
  isRefusedForGood,
  nameOfCall,
  type OptionalCall,
} from "../../provider/lyceum/capability";
import { CATALOGUE } from "../../provider/lyceum/catalogue";
import type { LyceumError } from "../../provider/lyceum/errors";
import { remedyForEmulator } from "../../provider/lyceum/http/failures";
import { asNumber, firstOf } from "../../provider/lyceum/json";
import type { LyceumPort, MachineType } from "../../provider/lyceum/port";
import { type Recorded, recordAnswer } from "../../provider/lyceum/probe/answers";
import type { DoctorCheck } from "./print";

const GROUP = "Service";
const MACHINES_SHOWN = 12;

/** The answers of Lyceum. */
export interface ServiceAnswers {
  readonly account: Recorded<Readonly<Record<string, unknown>>>;
  readonly machines: Recorded<readonly MachineType[]>;
  readonly list: Recorded;
  readonly history: Recorded;
}

/** Makes the calls to Lyceum that need no run. If Lyceum cannot be reached, makes no further call. */
export async function askService(client: LyceumPort): Promise<ServiceAnswers | { readonly unreachable: LyceumError }> {
  const account = await recordAnswer("getUserStatus", client.userStatus());
  if (account.kind === "error" && isWithoutAnswer(account.error)) return { unreachable: account.error };
  const machines = await recordAnswer("listMachineTypes", client.machineTypes());
  const list = await recordAnswer("listWorkloads", client.listActive());
  const history = await recordAnswer("getBillingHistory", client.history({ limit: 1, offset: 0 }));
  return { account, machines, list, history };
}

/**
 * Evaluates the answers of Lyceum, without effects. The checks repeat no texts of Lyceum except names of machines and
 * numbers, because users attach the output to issues.
 */
export function checkService(
  answers: Awaited<ReturnType<typeof askService>>,
  { baseUrl }: Pick<LyceumPort, "baseUrl">,
): readonly DoctorCheck[] {
  if ("unreachable" in answers) {
    const { code } = answers.unreachable;
    const { title, remedy } = CATALOGUE[code];
    const todo = remedyForEmulator(code, baseUrl) ?? remedy;
    return [{ id: "reachable", group: GROUP, name: "Reachable", state: "attention", text: `${code}: ${title}`, todo }];
  }
  const isKeyRefused = [answers.account, answers.list, answers.history].every(
    (recorded) => recorded.kind === "error" && recorded.error.status === 401,
  );
  if (isKeyRefused) {
    const text = "refused by every call (401)";
    const todo = remedyForEmulator("LYC1101", baseUrl) ?? CATALOGUE.LYC1101.remedy;
    return [reachable(), { id: "account", group: GROUP, name: "API key", state: "attention", text, todo }];
  }
  return [
    reachable(),
    account(answers.account),
    machines(answers.machines),
    optional("list", answers.list),
    optional("history", answers.history),
  ];
}

function reachable(): DoctorCheck {
  return { id: "reachable", group: GROUP, name: "Reachable", state: "ok", text: "the service answers" };
}

const CREDIT_KEYS = ["credits", "credit_balance", "available_credits", "balance"] as const;

function account(recorded: ServiceAnswers["account"]): DoctorCheck {
  const check = { id: "account", group: GROUP, name: "Account" } as const;
  if (recorded.kind === "error") return failed(check, recorded.error, "The account is not shown.");
  const credits = firstOf(recorded.value, CREDIT_KEYS, asNumber);
  if (credits === undefined) return { ...check, state: "ok", text: "the key is accepted" };
  const text = `the key is accepted; credits: ${credits}`;
  return credits > 0
    ? { ...check, state: "ok", text }
    : { ...check, state: "attention", text, todo: CATALOGUE.LYC1106.remedy };
}

function machines(recorded: ServiceAnswers["machines"]): DoctorCheck {
  const check = { id: "machines", group: GROUP, name: "Machines" } as const;
  if (recorded.kind === "error") {
    return failed(check, recorded.error, `Without it ${GUARANTEES.machineTypes.without}.`);
  }
  const names = recorded.value.map(({ hardwareProfile }) => hardwareProfile);
  const more = names.length > MACHINES_SHOWN ? `, and ${names.length - MACHINES_SHOWN} more` : "";
  return { ...check, state: "ok", text: `${names.slice(0, MACHINES_SHOWN).join(", ") || "none"}${more}` };
}

function optional(call: OptionalCall, recorded: Recorded): DoctorCheck {
  const check = { id: call, group: "Calls that add a guarantee", name: nameOfCall(call) } as const;
  if (recorded.kind === "value") return { ...check, state: "ok", text: `works: ${GUARANTEES[call].gives}` };
  return failed(check, recorded.error, `Without it ${GUARANTEES[call].without}.`);
}

function failed(check: Pick<DoctorCheck, "id" | "group" | "name">, error: LyceumError, lost: string): DoctorCheck {
  const text = `${isRefusedForGood(error) ? "refused" : "unclear"}: the service ${answerInWords(error)}. ${lost}`;
  return { ...check, state: "attention", text, todo: whatToDo(error) };
}

/** Returns what the user can do about a failed call, for example ask for a key with another permission. */
function whatToDo(error: LyceumError): string {
  if (!isRefusedForGood(error)) return "Run the same command again later.";
  if (error.code === "LYC1111" || error.code === "LYC1109") return CATALOGUE[error.code].remedy;
  if (error.status === 401 || error.status === 403) return "Ask for a key that may make this call.";
  return "Check that the base URL is Lyceum's API. If the service does not have this call, the provider works without it.";
}

/** Returns whether Lyceum gave no complete answer. `LYC12xx` are the errors of the connection. */
function isWithoutAnswer({ code }: LyceumError): boolean {
  return code.startsWith("LYC12");
}
