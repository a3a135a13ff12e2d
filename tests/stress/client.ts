import { BASE_PATH, type EmulatorProcess } from "./emulator-process";

/** A run as the emulator's ledger reports it. */
export interface LedgerEntry {
  readonly executionId: string;
  readonly fileName: string | null;
  readonly status: string;
  readonly timeline: readonly { readonly status: string; readonly at: string }[];
}

const ENDS = new Set(["completed", "failed", "system_failure", "aborted", "cancelled", "timeout"]);

/** Whether a status word is an end. */
export function isEnd(status: string): boolean {
  return ENDS.has(status);
}

/** One call with the key; undefined where the connection broke or no answer came. */
export async function call(
  emulator: Pick<EmulatorProcess, "origin" | "apiKey">,
  method: "GET" | "POST",
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: unknown } | undefined> {
  try {
    const response = await fetch(emulator.origin + BASE_PATH + path, {
      method,
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    return undefined;
  }
}

/** Starts a run with a script (YAML flow); its id where the answer was 200. */
export async function start(
  emulator: Pick<EmulatorProcess, "origin" | "apiKey">,
  fileName: string,
  script: string,
): Promise<{ readonly status: number; readonly id?: string } | undefined> {
  const answer = await call(emulator, "POST", "/execution/compose/start", {
    compose_file_code: `services: {a: {image: busybox}}\nx-lyceum-sim: ${script}\n`,
    file_name: fileName,
  });
  if (answer === undefined) return undefined;
  const id = (answer.body as { readonly execution_id?: unknown }).execution_id;
  return answer.status === 200 && typeof id === "string" ? { status: 200, id } : { status: answer.status };
}

/** How many runs have not ended; undefined where nobody answers. */
export async function activeRuns(emulator: EmulatorProcess): Promise<number | undefined> {
  const answer = await call(emulator, "GET", "/workloads/list");
  return Array.isArray(answer?.body) ? answer.body.length : undefined;
}

/** Every start ever, in order. */
export async function ledger(emulator: EmulatorProcess): Promise<readonly LedgerEntry[]> {
  return (await emulator.control("GET", "/executions")) as readonly LedgerEntry[];
}

/** What is wrong with the ledger, given the starts that were answered: nothing may be lost, doubled or without an end. */
export function ledgerErrors(
  entries: readonly LedgerEntry[],
  answered: readonly string[],
  sent: ReadonlySet<string>,
): readonly string[] {
  const byId = new Map(entries.map((entry) => [entry.executionId, entry]));
  const names = new Map<string, number>();
  for (const { fileName } of entries) names.set(fileName ?? "", (names.get(fileName ?? "") ?? 0) + 1);
  return [
    ...(byId.size === entries.length ? [] : ["an id is there twice"]),
    ...answered.filter((id) => !byId.has(id)).map((id) => `${id} was answered and is lost`),
    ...[...names].filter(([, count]) => count > 1).map(([name, count]) => `${name} was started ${count} times`),
    ...entries.filter((entry) => !sent.has(entry.fileName ?? "")).map((entry) => `nobody started ${entry.executionId}`),
    ...entries.filter((entry) => !isEnd(entry.status)).map((entry) => `${entry.executionId} is still ${entry.status}`),
    ...entries
      .filter((entry) => entry.timeline.filter((step) => isEnd(step.status)).length !== 1)
      .map((entry) => `${entry.executionId} ended more or less than once`),
  ];
}
