import type { LyceumErrorCode } from "../catalogue";
import { CATALOGUE } from "../catalogue";
import { LyceumError } from "../errors";
import type { Source, Sourced } from "./settings";

// This file has one function for each error of the configuration. No message shows an invalid base URL or an invalid
// slug, because such a value may contain a secret.

/**
 * The error if no source has a token. `reason` explains why the login file has no token. It is empty if the login file
 * was not read.
 */
export function missingToken(reason: string): LyceumError {
  const searched =
    reason === ""
      ? "LYCEUM_API_KEY and lyceum:apiKey are not set"
      : `LYCEUM_API_KEY and lyceum:apiKey are not set, and ${reason}`;
  return error("LYC1001", `No Lyceum API key was found: ${searched}.`);
}

/** The error of a base URL that is not valid. */
export function unusableBaseUrl(
  source: Source,
  result: { readonly code: "LYC1002" | "LYC1003"; readonly reason: string; readonly remedy?: string },
): LyceumError {
  const message = `The base URL in ${source.name} is not valid: ${result.reason}.`;
  return error(result.code, message, result.remedy);
}

/** The error if the environment and the stack set different base URLs. */
export function differentBaseUrls(first: Sourced<string>, second: Sourced<string>): LyceumError {
  return error(
    "LYC1004",
    `${first.source.name} sets the base URL ${first.value}, but ${second.source.name} sets ${second.value}.`,
  );
}

/** The error if two sources set different organizations. */
export function differentOrganisations(all: readonly Sourced<string>[]): LyceumError {
  const names = all.map(({ value, source }) => `${source.name} sets the organization ${value}`);
  return error("LYC1005", `${names.join(", ")}.`);
}

/**
 * The error if the base URL comes from another source than the token. The token must not be sent to such a base URL.
 */
export function otherSourceOfUrl(token: Source, baseUrl: Sourced<string>): LyceumError {
  return error(
    "LYC1006",
    `The API key from ${token.name} was not sent to ${baseUrl.value}, because only ${baseUrl.source.name} sets this base URL.`,
  );
}

/** The error if the login file of the vendor's CLI is needed but cannot be used. */
export function unusableFile(path: string, reason: string): LyceumError {
  return error("LYC1007", `LYCEUM_API_KEY and lyceum:apiKey are not set, and ${path} cannot be used: ${reason}.`);
}

/** The error if the base URL or organization in the login file differs from that of the stack or the environment. */
export function loginElsewhere(
  path: string,
  others: readonly { readonly named: Sourced<string>; readonly inFile: string | undefined }[],
): LyceumError {
  const differences = others.map(
    ({ named, inFile }) => `${named.source.name} sets ${named.value}, the file sets ${inFile ?? "none"}`,
  );
  return error(
    "LYC1008",
    `The login in ${path} is for another base URL or organization: ${differences.join("; ")}. No other API key was found.`,
  );
}

/** The error of a token that cannot be in a header, has quotes around it, or has `Bearer` before it. */
export function unsendableToken(source: Source): LyceumError {
  return error("LYC1009", `The API key in ${source.name} does not have a valid form.`);
}

/** The error of an organization that cannot be in a header. */
export function unusableOrganisation(source: Source): LyceumError {
  return error("LYC1010", `The organization in ${source.name} is not a valid slug.`);
}

/** The error of a proxy address that is not valid. */
export function unusableProxy(variable: string): LyceumError {
  // The message does not show the proxy address, because the address may contain credentials.
  return error("LYC1011", `The proxy address in ${variable} is not an http or https URL.`);
}

/** The error if the value of the setting `whenUnverified` is not one of its `choices`. */
export function unknownWhenUnverified(): LyceumError {
  return error("LYC1012", "The value of lyceum:whenUnverified in the stack is not valid.");
}

/** The error of a mount path that is not a plain absolute path. */
export function unusableMountPath(): LyceumError {
  return error(
    "LYC1014",
    "The value of lyceum:s3MountPath in the stack is not an absolute path of letters, digits, `_`, `.`, `-` and `/`.",
  );
}

/** The error of a variable or setting with an empty value. */
export function emptySetting(source: Source): LyceumError {
  return error("LYC1013", `${source.name} is set, but empty.`);
}

/** Combines errors into one error. A single error stays unchanged. Several errors become a list in the message. */
export function asOne(all: readonly LyceumError[]): LyceumError {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const lines = all.map((each) => `\n- ${each.code}: ${each.message}`);
  return new LyceumError({ code: "LYC1000", message: `Several settings are not valid:${lines.join("")}` });
}

function error(code: LyceumErrorCode, message: string, remedy: string = CATALOGUE[code].remedy): LyceumError {
  return new LyceumError({ code, message: `${message} ${remedy}` });
}
