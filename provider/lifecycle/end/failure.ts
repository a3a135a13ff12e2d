import { explainedCode, meaningOfCode } from "../../display/wording";
import { hasEnded, kindOf } from "../../lyceum/answers/status";
import { answerInWords, isRefusedForGood, nameOfCall } from "../../lyceum/capability";
import { READ_SECONDS } from "../../lyceum/operations";
import type { ExecutionRecord, LyceumPort, TailOptions } from "../../lyceum/port";
import { redactMessages } from "../../secrets";
import type { Effects, RunEffects } from "../process/context";
import type { ExecutionInputs } from "../run/inputs";
import { policyFor } from "../run/policy";
import { type FailedService, failedServices } from "../run/record/failed-service";
import { type ExecutionOutputs, isReported, withRecord } from "../run/record/record";
import { bounded } from "../watch/deadline";
import { ending, policyReason, shortfallOf } from "./messages";

const LINES = 20;
const BYTES = 2048;
const ERRORS = 10;
const SERVICES = 5;

type ClosingContext = Pick<Effects, "client" | "clock">;
type ExplainingContext = Pick<RunEffects, "client" | "clock" | "redactorFor">;

/**
 * Returns why a run failed, as one text. The first line shows how the run ended and which services failed. Indented
 * lines follow: the errors that Lyceum reports, and the last 20 lines of output (at most 2 KB). If the logs name the
 * services, only the first failed service's output is shown. `failureOutput: false` omits the output. The provider
 * redacts the text, because the engine stores it unencrypted.
 */
export async function failureReason(
  context: ExplainingContext,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
): Promise<string> {
  const details = await failureDetails(context, inputs, outputs, record);
  return `LYC3001: Run ${outputs.executionId} ${ending(outputs)}${details.cause}. ${unseenJob(outputs)}${nextUp(inputs, outputs)}${details.lines}`;
}

/**
 * If the output did not show the end of the run's job, returns a sentence about this. Otherwise returns an empty text.
 */
function unseenJob({ job, jobEnded }: ExecutionOutputs): string {
  return job === undefined || jobEnded === true ? "" : `Its output did not show the end of job ${job}. `;
}

/** Reads the record of a run that has ended. `endUnread` is true if the read failed and a later read may work. */
export async function readEndRecord({ client, clock }: ClosingContext, executionId: string): Promise<EndRead> {
  try {
    const found = await bounded(clock, READ_SECONDS, (signal) => client.record(executionId, { signal }));
    return { ...(found.kind === "found" ? { record: found.value } : {}), endUnread: false };
  } catch (error) {
    return { endUnread: !isRefusedForGood(error) };
  }
}

interface EndRead {
  readonly record?: ExecutionRecord;
  readonly endUnread: boolean;
}

/**
 * Adds the record of an ended run to the run's outputs, and decides whether a later command reads the record again.
 *
 * | the record                                            | read again |
 * |-------------------------------------------------------|------------|
 * | cannot be read now, but perhaps later                 | yes |
 * | shows no end, and the exit code or the end time is unknown | yes, once |
 * | anything else                                         | no |
 */
export function withEndRecord(outputs: ExecutionOutputs, { record, endUnread }: EndRead): ExecutionOutputs {
  const { endUnread: before, ...rest } = outputs;
  const current = record === undefined ? rest : withRecord(rest, record);
  const lags = record !== undefined && !hasEnded(record) && !isReported(current);
  return endUnread || (lags && before !== true) ? { ...current, endUnread: true } : current;
}

/** The explanation of a failed run, in two texts for a message. */
export interface FailureDetails {
  /** A text such as `: service "worker" exited with code 7`, or the meaning of the run's exit code. May be empty. */
  readonly cause: string;
  /** Indented lines, each after a line break. May be empty. */
  readonly lines: string;
}

/**
 * Returns the explanation of a failed run. Never throws. If the output cannot be read, the explanation lacks it or
 * shows the error in its place.
 */
export async function failureDetails(
  { client, clock, redactorFor }: ExplainingContext,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
): Promise<FailureDetails> {
  const redact = redactorFor(outputs);
  // After the end of the job, Lyceum stops the other services, and the record may name them as failed. So the failed
  // service comes from the outputs alone.
  const errors = outputs.jobEnded === true ? [] : (record?.errors ?? []);
  const named = failedServices(errors).slice(0, SERVICES);
  const services = named.length > 0 ? named : recordedService(outputs);
  const [failed] = services;
  const ofServices = new Set(named.map(({ error }) => error));
  const reports = (record?.errors ?? [])
    .filter((error) => !ofServices.has(error))
    .slice(0, ERRORS)
    .map((error) => `The service reports: ${clip(redact(error), BYTES)}`);
  const ofService = failed === undefined ? {} : { service: failed.service };
  const read = (signal: AbortSignal) =>
    lastLines(client, outputs.executionId, redact, { signal, record, ...ofService });
  const output = inputs.failureOutput ? await bounded(clock, READ_SECONDS, read) : [];
  const lines = [...new Set(reports), ...output].flatMap((text) => text.split(/\r?\n/));
  // The exit code of an aborted run needs no explanation.
  const ownCode = kindOf(outputs) === "aborted" ? undefined : outputs.returnCode;
  return {
    cause: failed === undefined ? meaningOfCode(ownCode) : `: ${redact(services.map(describeService).join(", then "))}`,
    lines: lines.map((line) => `\n  ${line}`).join(""),
  };
}

/** Returns the service that failed first, if an earlier read has recorded its name. */
function recordedService({ failedService: service, services }: ExecutionOutputs): readonly FailedService[] {
  if (service === undefined) return [];
  const exitCode = services !== undefined && Object.hasOwn(services, service) ? services[service] : undefined;
  return [{ service, error: `service "${service}" failed`, ...(exitCode === undefined ? {} : { exitCode }) }];
}

function describeService({ service, exitCode, error }: FailedService): string {
  if (exitCode === undefined) return error.replace(/\.$/, "").replace(/^S/, "s");
  return `service "${service}" exited with code ${explainedCode(exitCode)}`;
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
  options: TailOptions,
): Promise<string[]> {
  try {
    const found = await client.logsTail(executionId, LINES, options);
    const services = new Set(found.map(({ service }) => service));
    const [only] = services.size === 1 ? services : [];
    // Redacts all messages before any message is cut, because half a secret would not be found.
    const shown = redactMessages(
      found.map(({ message }) => message),
      redact,
    );
    // Lines of only one service need no prefix.
    const texts = found
      .flatMap(({ service }, index) => (shown[index] ?? "").split(/\r?\n/).map((text) => ({ text, service })))
      .filter(({ text }) => text.trim() !== "")
      .map(({ text, service }) => (only === undefined && service !== undefined ? `${service} | ${text}` : text))
      .slice(-LINES);
    if (texts.length === 0) return [];
    const title = only === undefined ? "Last lines of its output:" : `Last lines of service "${only}":`;
    return [title, ...tail(texts).map((line) => `  ${line}`)];
  } catch (error) {
    // The failure of the run is reported even if the output cannot be read. The report shows only a permanent refusal
    // to read the output, because the user can fix its cause.
    if (!isRefusedForGood(error)) return [];
    return [`Its output could not be read: ${nameOfCall("logs")} ${answerInWords(error)}.`];
  }
}

/** Returns the last lines, about 2 KB in total. A line that is longer than the rest of the 2 KB loses its beginning. */
function tail(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of [...lines].reverse()) {
    const left = BYTES - bytes;
    const fits = Buffer.byteLength(line) <= left;
    // There is no space for the character `…`, which has three bytes.
    if (!fits && left < 3) break;
    const text = fits ? line : `…${line.slice(line.length - Math.floor(left / 4))}`;
    kept.unshift(text);
    bytes += Buffer.byteLength(text) + 1;
  }
  return kept;
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
