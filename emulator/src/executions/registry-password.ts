import { credentialForms, MASKED, withoutForms } from "../engines/credential-forms";
import type { Execution, StartBody } from "./execution";
import type { StoredLine } from "./output";

/** The field of a start with the registry password. */
const PASSWORD = "docker_password";

/** A shorter password is a part of ordinary words, so it is not searched in texts. */
const SHORTEST = 4;

/** Masks the registry password of one start in a text. */
export type MaskPassword = (text: string) => string;

const known = new WeakMap<StartBody, MaskPassword>();

/** Returns a function that masks the registry password of a start in a text. */
export function maskOf(body: StartBody): MaskPassword {
  const mask = known.get(body) ?? makeMask(body);
  known.set(body, mask);
  return mask;
}

function makeMask(body: StartBody): MaskPassword {
  const { docker_username: username, [PASSWORD]: password } = body;
  if (typeof password !== "string" || password.length < SHORTEST || password === MASKED) return (text) => text;
  const forms = credentialForms({ username: String(username ?? ""), password });
  return (text) => withoutForms(text, forms);
}

/** Returns whether the registry password of a start was masked when the start was stored. */
export function hasMaskedPassword(body: StartBody): boolean {
  return body[PASSWORD] === MASKED;
}

/** Returns the body of a start without its registry password, also where another field repeats it. */
export function maskedBody(body: StartBody): StartBody {
  if (typeof body[PASSWORD] !== "string") return body;
  const mask = maskOf(body);
  return { ...(masked(body, mask) as StartBody), [PASSWORD]: MASKED };
}

/** Returns the body of any request without a registry password. A text that is not JSON may have it anywhere. */
export function maskedRequest(body: unknown): unknown {
  if (typeof body === "string") return body.includes(PASSWORD) ? MASKED : body;
  return typeof body === "object" && body !== null && !Array.isArray(body) ? maskedBody(body as StartBody) : body;
}

/** Returns an execution whose name and errors do not have the registry password. */
export function maskedExecution<T extends Execution>(execution: T, mask: MaskPassword): T {
  const { fileName, errors, dockerErrors, systemErrors } = execution;
  return {
    ...execution,
    fileName: fileName === null ? null : mask(fileName),
    errors: errors.map(mask),
    dockerErrors: dockerErrors.map(mask),
    systemErrors: systemErrors.map(mask),
  };
}

/** Returns lines of output that do not have the registry password. */
export function maskedLines(lines: readonly StoredLine[], mask: MaskPassword): readonly StoredLine[] {
  return lines.map((line) => ({ ...line, message: mask(line.message) }));
}

function masked(value: unknown, mask: MaskPassword): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, mask)]));
}
