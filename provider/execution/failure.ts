import { answerInWords, isRefusedForGood, nameOfCall } from "../lyceum/capability";
import type { CallOptions, ExecutionRecord, LyceumPort } from "../lyceum/port";
import { redactMessages } from "../secrets";
import type { LifecycleContext } from "./context";
import { bounded, CLOSING_CALL_SECONDS } from "./deadline";
import { type FailedService, failedService } from "./failed-service";
import type { ExecutionInputs } from "./inputs";
import { ending, policyReason, shortfallOf } from "./messages";
import type { ExecutionOutputs } from "./outputs";
import { policyFor } from "./policy";
import { redactorFor } from "./redactor";

const LINES = 20;
const BYTES = 2048;
const ERRORS = 10;

/** What explaining an end acts through. */
type ClosingContext = Pick<LifecycleContext, "client" | "clock">;

/**
 * Why a run failed, as one text: how it ended and which service failed first; then, each on an indented line of its own, what the
 * service reports, and the last 20 lines (at most 2 KB) of that service, or of all where the logs do not name services. The
 * engine stores it in clear, so all of it is redacted, and `failureOutput: false` leaves the lines out.
 */
export async function failureReason(
  context: ClosingContext,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
): Promise<string> {
  const details = await failureDetails(context, inputs, outputs, record);
  return `LYC3001: Run ${outputs.executionId} ${ending(outputs)}${details.cause}. ${nextUp(inputs, outputs)}${details.lines}`;
}

/** The record of a run that has ended; undefined where it cannot be read. */
export async function readEndRecord(
  { client, clock }: ClosingContext,
  executionId: string,
): Promise<ExecutionRecord | undefined> {
  const read = (signal: AbortSignal) => client.record(executionId, { signal });
  const found = await bounded(clock, CLOSING_CALL_SECONDS, read).catch((): undefined => undefined);
  return found?.kind === "found" ? found.value : undefined;
}

/** What explains a failure, for a sentence that somebody else begins. */
export interface FailureDetails {
  /** `: service "worker" exited with code 7`, or nothing. */
  readonly cause: string;
  /** Indented lines, each with a line break in front; or nothing. */
  readonly lines: string;
}

/** Reads what explains a failure. Never throws: what cannot be read is left out, or reported in its place. */
export async function failureDetails(
  { client, clock }: ClosingContext,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
): Promise<FailureDetails> {
  const redact = redactorFor(inputs, outputs);
  const failed = failedService(record?.errors ?? []);
  const reports = (record?.errors ?? [])
    .filter((error) => error !== failed?.error)
    .slice(0, ERRORS)
    .map((error) => `The service reports: ${clip(redact(error), BYTES)}`);
  const ofService = failed === undefined ? {} : { service: failed.service };
  const read = (signal: AbortSignal) => lastLines(client, outputs.executionId, redact, { signal, ...ofService });
  const output = inputs.failureOutput ? await bounded(clock, CLOSING_CALL_SECONDS, read) : [];
  const lines = [...reports, ...output].flatMap((text) => text.split(/\r?\n/));
  return {
    cause: failed === undefined ? "" : `: ${redact(describeService(failed))}`,
    lines: lines.map((line) => `\n  ${line}`).join(""),
  };
}

function describeService({ service, exitCode, error }: FailedService): string {
  if (exitCode === undefined) return error.replace(/\.$/, "").replace(/^S/, "s");
  return `service "${service}" exited with code ${exitCode}`;
}

function nextUp(inputs: ExecutionInputs, outputs: ExecutionOutputs): string {
  const shortfall = shortfallOf(outputs, inputs) ?? "failed";
  const policy = policyFor(shortfall, inputs);
  if (policy === "rerun" && outputs.adopted === true) {
    return "It was adopted by its id; remove `existingExecutionId` to start a new run.";
  }
  if (policy === "rerun") return "The next `pulumi up` starts a new run.";
  const because = policyReason(shortfall, inputs);
  if (policy === "fail")
    return `The next \`pulumi up\` stops too, because ${because}; change \`triggers\` to run it again.`;
  return `It is kept, because ${because}; change \`triggers\` to run it again.`;
}

async function lastLines(
  client: LyceumPort,
  executionId: string,
  redact: (text: string) => string,
  options: CallOptions & { readonly service?: string },
): Promise<string[]> {
  try {
    const found = await client.logsTail(executionId, LINES, options);
    const services = new Set(found.map(({ service }) => service));
    const [only] = services.size === 1 ? services : [];
    // Redacted before anything is cut, and all messages together: half of a secret would not be found.
    const shown = redactMessages(
      found.map(({ message }) => message),
      redact,
    );
    // The lines of one service need no prefix.
    const texts = found
      .flatMap(({ service }, index) => (shown[index] ?? "").split(/\r?\n/).map((text) => ({ text, service })))
      .filter(({ text }) => text.trim() !== "")
      .map(({ text, service }) => (only === undefined && service !== undefined ? `${service} | ${text}` : text))
      .slice(-LINES);
    if (texts.length === 0) return [];
    const title = only === undefined ? "Last lines of its output:" : `Last lines of service "${only}":`;
    return [title, ...tail(texts).map((line) => `  ${line}`)];
  } catch (error) {
    // The lines only help; the failure itself must reach the user without them.
    if (!isRefusedForGood(error)) return [];
    return [`Its output could not be read: ${nameOfCall("logs")} ${answerInWords(error)}.`];
  }
}

/** The last lines that fit; an overlong one keeps its end. */
function tail(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of [...lines].reverse()) {
    const left = BYTES - bytes;
    if (left <= 1) break;
    const text = Buffer.byteLength(line) <= left ? line : `…${line.slice(-Math.floor(left / 4))}`;
    kept.unshift(text);
    bytes += Buffer.byteLength(text) + 1;
  }
  return kept;
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
