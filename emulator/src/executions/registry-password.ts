import { credentialForms, MASKED, withoutForms } from "../engines/credential-forms";
import type { Execution, StartBody } from "./execution";
import type { StoredLine } from "./output";

/** The fields in the body of a start that contain the secrets of a registry. */
const SECRETS = ["docker_password", "aws_access_key_id", "aws_secret_access_key", "aws_session_token"];

/** The length of the shortest secret that is masked in texts. A shorter secret may be a part of ordinary words. */
const SHORTEST = 4;

/** A function that masks the registry secrets of one start in a text. */
export type MaskPassword = (text: string) => string;

const known = new WeakMap<StartBody, MaskPassword>();

/** Returns a function that masks the registry secrets of a start in a text. */
export function maskOf(body: StartBody): MaskPassword {
  const mask = known.get(body) ?? makeMask(body);
  known.set(body, mask);
  return mask;
}

function makeMask(body: StartBody): MaskPassword {
  const username = String(body.docker_username ?? "");
  const secrets = SECRETS.map((field) => body[field]).filter(isSearched);
  const forms = secrets.flatMap((password) => credentialForms({ username, password }));
  forms.sort((a, b) => b.length - a.length);
  return (text) => withoutForms(text, forms);
}

function isSearched(value: unknown): value is string {
  return typeof value === "string" && value.length >= SHORTEST && value !== MASKED;
}

/** Returns true if a start needs a registry password, but its body has only the mask in place of the password. */
export function lacksPassword(body: StartBody): boolean {
  return body.docker_registry_credential_type === "basic" && body.docker_password === MASKED;
}

/** Returns the body of a start with its registry secrets masked. A secret that another field repeats stays there. */
export function withoutSecrets(body: StartBody): StartBody {
  return masked(body, (text) => text) as StartBody;
}

/** Returns the body of a start request with its registry secrets masked in all fields. */
export function maskedBody(body: StartBody): StartBody {
  return masked(body, maskOf(body)) as StartBody;
}

/**
 * Returns the body of any request with its registry secrets masked. A text is masked as a whole if it contains the name
 * of a field in `SECRETS`.
 */
export function maskedRequest(body: unknown): unknown {
  if (typeof body === "string") return SECRETS.some((field) => body.includes(field)) ? MASKED : body;
  if (typeof body !== "object" || body === null) return body;
  return Array.isArray(body) ? body.map(maskedRequest) : maskedBody(body as StartBody);
}

/** Masks the registry secrets in the name and the errors of an execution. */
export function maskedExecution<T extends Execution>(execution: T, mask: MaskPassword): T {
  const { fileName } = execution;
  return { ...maskedErrors(execution, mask), fileName: fileName === null ? null : mask(fileName) };
}

/** Masks the registry secrets in the errors of an execution. The file name of the execution stays unchanged. */
export function maskedErrors<T extends Execution>(execution: T, mask: MaskPassword): T {
  const { errors, dockerErrors, systemErrors } = execution;
  return {
    ...execution,
    errors: errors.map(mask),
    dockerErrors: dockerErrors.map(mask),
    systemErrors: systemErrors.map(mask),
  };
}

/** Masks the registry secrets in lines of output. */
export function maskedLines(lines: readonly StoredLine[], mask: MaskPassword): readonly StoredLine[] {
  return lines.map((line) => ({ ...line, message: mask(line.message) }));
}

/** Masks the value of each field in `SECRETS`, at any depth. Applies `mask` to all other texts. */
function masked(value: unknown, mask: MaskPassword): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecret(key, item) ? MASKED : masked(item, mask)]),
  );
}

function isSecret(key: string, value: unknown): boolean {
  return SECRETS.includes(key) && value !== null && value !== undefined;
}
