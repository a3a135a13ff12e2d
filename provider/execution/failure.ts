import type { CallOptions, ExecutionRecord, LyceumPort } from "../lyceum/port";
import type { ExecutionInputs } from "./inputs";
import type { ExecutionOutputs } from "./outputs";
import { policyFor } from "./policy";
import { redactorFor } from "./redactor";
import { outcome, policyReason, shortfallOf } from "./words";

const LINES = 20;
const BYTES = 2048;

/**
 * Why a run that fell short did so: status, return code, what the service reports, and the last 20 lines (at most 2 KB)
 * that it wrote. The engine stores reasons in clear, so all of it is redacted, and `failureOutput: false` leaves the lines out.
 */
export async function failureReasons(
  client: LyceumPort,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
  options: CallOptions = {},
): Promise<[string, ...string[]]> {
  const redact = redactorFor(inputs, [outputs.streamingUrl ?? ""]);
  const lines = inputs.failureOutput ? await lastLines(client, outputs.executionId, options) : [];
  return [
    `LYC3001: Run ${outputs.executionId} ended ${outcome(outputs)}. ${nextUp(inputs, outputs)}`,
    ...(record?.errors ?? []).slice(0, 10).map((error) => clip(`The service reports: ${redact(error)}`, BYTES)),
    ...(lines.length === 0
      ? []
      : [
          `Last lines of its output:\n${tail(lines.map(redact))
            .map((line) => `  ${line}`)
            .join("\n")}`,
        ]),
  ];
}

function nextUp(inputs: ExecutionInputs, outputs: ExecutionOutputs): string {
  const shortfall = shortfallOf(outputs, inputs) ?? "failed";
  const policy = policyFor(shortfall, inputs);
  if (policy === "rerun" && outputs.adopted === true) {
    return "It was taken over by its id; take `existingExecutionId` out to start a new run.";
  }
  if (policy === "rerun") return "The next `pulumi up` starts a new run.";
  const because = policyReason(shortfall, inputs);
  if (policy === "fail")
    return `The next \`pulumi up\` stops too, because ${because}; change \`triggers\` to run it again.`;
  return `It is kept, because ${because}; change \`triggers\` to run it again.`;
}

async function lastLines(client: LyceumPort, executionId: string, options: CallOptions): Promise<string[]> {
  try {
    const lines = await client.logsTail(executionId, LINES, options);
    return lines
      .flatMap((line) => line.message.split(/\r?\n/))
      .filter((line) => line.trim() !== "")
      .slice(-LINES);
  } catch {
    // The lines only help; the failure itself must reach the user without them.
    return [];
  }
}

/** The last lines that fit; an overlong one keeps its end. */
function tail(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of [...lines].reverse()) {
    const room = BYTES - bytes;
    if (room <= 1) break;
    const text = Buffer.byteLength(line) <= room ? line : `…${line.slice(-Math.floor(room / 4))}`;
    kept.unshift(text);
    bytes += Buffer.byteLength(text) + 1;
  }
  return kept;
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
