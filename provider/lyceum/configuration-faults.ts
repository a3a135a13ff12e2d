import type { LyceumErrorCode } from "./catalogue";
import { CATALOGUE } from "./catalogue";
import type { Source, Sourced } from "./configuration-source";
import { LyceumError } from "./errors";

// The errors of a configuration: one factory each. No value that was read is repeated, but base URLs and slugs that were understood.

/** No source has a token. `reason` says what became of the file; empty when it was not looked for. */
export function missingToken(reason: string): LyceumError {
  const looked = `LYCEUM_API_KEY and lyceum:apiKey are not set${reason === "" ? "" : `, and ${reason}`}`;
  return fault("LYC1001", `No Lyceum token was found: ${looked}. There are three ways to give one.`);
}

/** A base URL that a token must not be sent to. */
export function unusableBaseUrl(
  source: Source,
  result: { readonly code: "LYC1002" | "LYC1003"; readonly reason: string },
): LyceumError {
  return fault(result.code, `The base URL in ${source.name} cannot be used: ${result.reason}.`);
}

/** Environment and stack contradict each other on the base URL. */
export function differentBaseUrls(first: Sourced<string>, second: Sourced<string>): LyceumError {
  return fault(
    "LYC1004",
    `${first.source.name} names the base URL ${first.value}, ${second.source.name} names ${second.value}.`,
  );
}

/** Sources contradict each other on the organisation. */
export function differentOrganisations(all: readonly Sourced<string>[]): LyceumError {
  const names = all.map(({ value, source }) => `${source.name} names the organisation ${value}`);
  return fault("LYC1005", `${names.join(", ")}.`);
}

/** A token would follow a base URL that somebody less explicit named. */
export function lessExplicitBaseUrl(token: Source, baseUrl: Sourced<string>): LyceumError {
  return fault(
    "LYC1006",
    `The token from ${token.name} would be sent to ${baseUrl.value}, which only ${baseUrl.source.name} names.`,
  );
}

/** The vendor CLI's file was needed and cannot be used. */
export function unusableFile(path: string, reason: string): LyceumError {
  return fault(
    "LYC1007",
    `No token is set in LYCEUM_API_KEY or lyceum:apiKey, and ${path} cannot be used in their place: ${reason}.`,
  );
}

/** The file's login is for another base URL or organisation than the one that is named. */
export function loginElsewhere(
  path: string,
  others: readonly { readonly named: Sourced<string>; readonly inFile: string | undefined }[],
): LyceumError {
  const differences = others.map(
    ({ named, inFile }) => `${named.source.name} names ${named.value}, the file ${inFile ?? "none"}`,
  );
  return fault(
    "LYC1008",
    `The login in ${path} was not used, since it is used whole or not at all: ${differences.join("; ")}. No other token was found.`,
  );
}

/** The token cannot stand in a header, or has something around it. */
export function unsendableToken(source: Source): LyceumError {
  return fault("LYC1009", `The token in ${source.name} has a form that cannot be sent.`);
}

/** The organisation cannot stand in a header. */
export function unusableOrganisation(source: Source): LyceumError {
  return fault("LYC1010", `The organisation in ${source.name} is not a slug.`);
}

/** The proxy's address is none. */
export function unusableProxy(variable: string): LyceumError {
  // The value may hold credentials.
  return fault("LYC1011", `The proxy that ${variable} names cannot be used: it is not an http or https URL.`);
}

/** The stack's setting for an incomplete lookup is neither of its two words. */
export function unknownWhenUnverified(): LyceumError {
  return fault("LYC1012", "lyceum:whenUnverified of the stack is not a valid setting.");
}

/** One error of many: itself when it is alone, else a list. */
export function asOne(all: readonly LyceumError[]): LyceumError {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const lines = all.map((each) => `\n- ${each.code}: ${each.message}`);
  return new LyceumError({ code: "LYC1000", message: `Several settings cannot be used:${lines.join("")}` });
}

function fault(code: LyceumErrorCode, message: string): LyceumError {
  return new LyceumError({ code, message: `${message} ${CATALOGUE[code].remedy}` });
}
