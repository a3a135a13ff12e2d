import type { FaultDecision } from "../faults/decide";
import type { ReshapeFault } from "../faults/fault";
import { type Answer, failure } from "./answer";
import type { ServerState } from "./state";

/** The result of a request after the faults are applied. */
export interface FaultedOutcome {
  /** The answer. If it is absent, the connection is reset. */
  readonly answer?: Answer;
  /** If true, the answer comes from the operation itself, and is validated with the contract. */
  readonly isOwn: boolean;
  /** The operation. Present only if the caller must carry out the operation after it has sent the answer. */
  readonly late?: () => Promise<unknown>;
}

/**
 * Applies an injected fault to a request. Carries out the request's operation, unless the fault's `commit` is "never".
 * If the operation must follow the answer, returns it as `late`. Delays use the emulator's clock.
 */
export async function withFault(
  decided: FaultDecision["answer"],
  operation: () => Promise<Answer>,
  { clock, faults }: Pick<ServerState, "clock" | "faults">,
): Promise<FaultedOutcome> {
  if (decided === undefined) return { answer: await operation(), isOwn: true };
  const { id, fault } = decided;
  if (fault.kind === "reshape") return { answer: reshape(await operation(), fault), isOwn: false };
  const early = fault.commit === "before" ? await operation() : undefined;

  if (fault.kind === "delay" || fault.kind === "hold") {
    if (fault.kind === "hold") await faults.hold(id);
    else await new Promise<void>((resolve) => void clock.schedule(fault.seconds * 1000, resolve));
    if (fault.commit === "never") return { answer: failure(504, "injected fault"), isOwn: false };
    return { answer: early ?? (await operation()), isOwn: true };
  }

  const late = fault.commit === "after" ? { late: operation } : {};
  switch (fault.kind) {
    case "status": {
      const body = fault.body === undefined ? { detail: "injected fault" } : fault.body;
      return {
        answer: { status: fault.status, body, ...(fault.headers === undefined ? {} : { headers: fault.headers }) },
        isOwn: false,
        ...late,
      };
    }
    case "garbage":
      return { answer: { status: 200, body: fault.body, contentType: "text/html" }, isOwn: false, ...late };
    case "reset":
      return { isOwn: false, ...late };
  }
}

/**
 * Rewrites the answer of an operation as another version of the API might write it. Errors, and answers that are not
 * JSON, stay unchanged.
 */
export function reshape(answer: Answer, fault: ReshapeFault): Answer {
  if (answer.status < 200 || answer.status > 299 || answer.contentType !== undefined) return answer;
  if (fault.empty) return { ...answer, status: 204, body: "" };
  return { ...answer, body: rewrite(answer.body, fault) };
}

/** Rewrites every object of the answer, at any depth, because a fault names fields without their paths. */
function rewrite(value: unknown, fault: ReshapeFault): unknown {
  if (Array.isArray(value)) return value.map((entry) => rewrite(entry, fault));
  if (typeof value !== "object" || value === null) return value;
  const { drop = [], set = {}, rename = {} } = fault;
  const entries = Object.entries(value)
    .filter(([key]) => !drop.includes(key))
    .map(([key, entry]): [string, unknown] => [
      rename[key] ?? key,
      Object.hasOwn(set, key) ? set[key] : reword(key, rewrite(entry, fault), fault),
    ]);
  return Object.fromEntries(entries);
}

function reword(key: string, value: unknown, { upperCase = [], prefix = {}, reverse = [] }: ReshapeFault): unknown {
  if (typeof value !== "string") return value;
  const text = upperCase.includes(key) ? value.toUpperCase() : value;
  return `${prefix[key] ?? ""}${reverse.includes(key) ? [...text].reverse().join("") : text}`;
}
