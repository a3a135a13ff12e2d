import type { LyceumError } from "../errors";
import { compact } from "../json";
import { chooseRoute, DEFAULT_BASE_URL, isLoopback, readBaseUrl } from "./base-url";
import * as errors from "./configuration-errors";
import type { ConfigurationFile } from "./configuration-login";
import { readLogin } from "./configuration-login";
import type { Environment, SettingName, Source, Sourced } from "./settings";
import { isJwt, isSendableToken, isSlug, readMountPath, SETTINGS, settingRow } from "./settings";

/** The settings of the stack, such as `lyceum:apiKey`. Secret settings are in plaintext here. */
export type StackSettings = { readonly [Name in SettingName]?: string | undefined };

type WhenUnverified = (typeof SETTINGS)["whenUnverified"]["choices"][number];

/** Everything that a client needs, and the source of each value. */
export interface Configuration {
  /** An API key `lk_…` or a JWT. */
  readonly token: string;
  /** The base URL in canonical form: `/api/v2/external` at the end, no trailing slash. */
  readonly baseUrl: string;
  /** The slug of the organization. Only a JWT needs a slug, because an API key belongs to one organization. */
  readonly organisation?: string;
  /** What to do if the lookup before a start is incomplete. A resource may set its own value. */
  readonly whenUnverified?: WhenUnverified;
  readonly sources: { readonly token: Source; readonly baseUrl: Source };
}

/**
 * A configuration with notes for the user. If the configuration is not valid: all errors, and one error that combines
 * them.
 */
export type ConfigurationResult =
  | { readonly kind: "ok"; readonly configuration: Configuration; readonly notes: readonly string[] }
  | { readonly kind: "errors"; readonly errors: readonly LyceumError[]; readonly error: LyceumError };

/** The settings of the environment and of the stack. */
export interface ConfigurationInput {
  readonly environment: Environment;
  readonly stack: StackSettings;
}

/** Whether the login file must be read, because neither the environment nor the stack has a token. */
export function needsConfigurationFile(input: ConfigurationInput): boolean {
  return candidates(input, "apiKey").length === 0;
}

/**
 * Decides the token, the base URL and the organization. The order of the sources is environment, stack, login file. A
 * token is only sent to a base URL from the same source or from a more explicit source. If sources contradict each
 * other, the result is an error. This function is pure, never throws, and reports all errors at once.
 */
export function resolveConfiguration(
  input: ConfigurationInput & { readonly file: ConfigurationFile },
): ConfigurationResult {
  const found: LyceumError[] = [];
  const baseUrl = decideBaseUrl(input, found);
  const organisation = decideOrganisation(input, found);
  const token = named(input, "apiKey")[0];

  found.push(...emptySettings(input));
  const fileLogin = needsConfigurationFile(input) ? fromFile(input.file, baseUrl, organisation, found) : undefined;
  const chosen: Chosen | undefined = token === undefined ? fileLogin : { token, baseUrl, organisation };
  if (chosen !== undefined) {
    if (!isSendableToken(chosen.token.value)) found.push(errors.unsendableToken(chosen.token.source));
    if (chosen.baseUrl !== undefined) found.push(...trustErrors(chosen.token, chosen.baseUrl));
  }
  const target = chosen?.baseUrl ?? baseUrl ?? { value: DEFAULT_BASE_URL, source: DEFAULT_SOURCE };
  const route = chooseRoute(target.value, input.environment);
  if (route.kind === "error") found.push(errors.unusableProxy(route.variable));

  const word = input.stack.whenUnverified?.trim() || undefined;
  const whenUnverified = SETTINGS.whenUnverified.choices.find((choice) => choice === word);
  if (word !== whenUnverified) found.push(errors.unknownWhenUnverified());
  if (readMountPath(input.stack.s3MountPath) === undefined) found.push(errors.unusableMountPath());

  if (chosen === undefined || found.length > 0) return { kind: "errors", errors: found, error: errors.asOne(found) };
  const { notes, configuration } = complete(chosen, target, input.file);
  return { kind: "ok", notes, configuration: compact<Configuration>({ ...configuration, whenUnverified }) };
}

/**
 * The base URL and organization in the settings, in canonical form. A value is undefined if it is not valid or not
 * used.
 */
export function accountOf(input: ConfigurationInput): { readonly baseUrl?: string; readonly orgSlug?: string } {
  const baseUrl = named(input, "baseUrl")[0];
  const url = readBaseUrl(baseUrl?.value ?? DEFAULT_BASE_URL);
  const orgSlug = isJwt(named(input, "apiKey")[0]?.value ?? "") ? named(input, "orgSlug")[0]?.value : undefined;
  return compact({ baseUrl: url.kind === "ok" ? url.baseUrl : undefined, orgSlug });
}

const DEFAULT_SOURCE: Source = { kind: "default", name: "the built-in default" };

interface Chosen {
  readonly token: Sourced<string>;
  readonly baseUrl: Sourced<string> | undefined;
  readonly organisation: Sourced<string> | undefined;
}

/**
 * Errors for a token or base URL that is set but empty. An empty value is usually the result of a failed shell command.
 * So neither another source nor the default replaces an empty value. Only the organization may be empty, because
 * pipelines pass a missing variable as an empty one.
 */
export function emptySettings(
  input: ConfigurationInput,
  settings: readonly SettingName[] = ["apiKey", "baseUrl"],
): LyceumError[] {
  const all = settings.flatMap((setting) => candidates(input, setting));
  return all.filter(({ value }) => value === "").map(({ source }) => errors.emptySetting(source));
}

/** The values of one setting. The value from the more explicit source comes first. */
function named(input: ConfigurationInput, setting: SettingName): Sourced<string>[] {
  return candidates(input, setting).filter(({ value }) => value !== "");
}

/** Like {@link named}, but also returns values that are empty or contain only white space. */
function candidates({ environment, stack }: ConfigurationInput, setting: SettingName): Sourced<string>[] {
  const all: readonly (readonly [string | undefined, Source])[] = [
    ...settingRow(setting).variables.map(
      (variable) => [environment[variable], { kind: "environment", name: variable }] as const,
    ),
    [stack[setting], { kind: "stack", name: `lyceum:${setting}` }],
  ];
  return all.flatMap(([value, source]) => (value === undefined ? [] : [{ value: value.trim(), source }]));
}

function decideBaseUrl(input: ConfigurationInput, found: LyceumError[]): Sourced<string> | undefined {
  const read = named(input, "baseUrl").map(({ value, source }) => ({
    source,
    result: readBaseUrl(value),
  }));
  for (const { result, source } of read) {
    if (result.kind === "error") found.push(errors.unusableBaseUrl(source, result));
  }
  const usable = read.flatMap(({ result, source }) =>
    result.kind === "ok" ? [{ value: result.baseUrl, source }] : [],
  );
  const [first, second] = usable;
  if (first !== undefined && second !== undefined && first.value !== second.value) {
    found.push(errors.differentBaseUrls(first, second));
  }
  // If one of two values is not valid, neither is used.
  return usable.length === read.length ? first : undefined;
}

function decideOrganisation(input: ConfigurationInput, found: LyceumError[]): Sourced<string> | undefined {
  const all = named(input, "orgSlug");
  for (const { value, source } of all) if (!isSlug(value)) found.push(errors.unusableOrganisation(source));
  const distinct = all.filter(({ value }, index) => all.findIndex((other) => other.value === value) === index);
  if (distinct.length > 1) found.push(errors.differentOrganisations(distinct));
  return all[0];
}

/**
 * The whole login in the file. The result is empty if the file is absent, is not valid, or is for another base URL or
 * organization.
 */
function fromFile(
  file: ConfigurationFile,
  baseUrl: Sourced<string> | undefined,
  organisation: Sourced<string> | undefined,
  found: LyceumError[],
): Chosen | undefined {
  const login = readLogin(file);
  if (login.kind === "none") {
    found.push(errors.missingToken(login.reason));
    return undefined;
  }
  if (login.kind === "error") {
    found.push(errors.unusableFile(login.path, login.reason));
    return undefined;
  }
  const source: Source = { kind: "file", name: login.path };
  const others = [
    baseUrl !== undefined && baseUrl.value !== login.baseUrl ? { named: baseUrl, inFile: login.baseUrl } : undefined,
    organisation !== undefined && organisation.value !== login.organisation
      ? { named: organisation, inFile: login.organisation }
      : undefined,
  ].filter((other) => other !== undefined);
  if (others.length > 0) {
    found.push(errors.loginElsewhere(login.path, others));
    return undefined;
  }
  return {
    token: { value: login.token, source },
    baseUrl: { value: login.baseUrl, source },
    organisation: login.organisation === undefined ? undefined : { value: login.organisation, source },
  };
}

const EXPLICITNESS: Readonly<Record<Source["kind"], number>> = { environment: 0, stack: 1, file: 2, default: 3 };

function isLessExplicit(one: Source, other: Source): boolean {
  return EXPLICITNESS[one.kind] > EXPLICITNESS[other.kind];
}

/**
 * The default base URL is the vendor's own address. So the token may be sent to this URL, from whatever source the
 * token comes.
 */
function trustErrors(token: Sourced<string>, baseUrl: Sourced<string>): LyceumError[] {
  if (baseUrl.value === DEFAULT_BASE_URL || !isLessExplicit(baseUrl.source, token.source)) return [];
  return [errors.lessExplicitBaseUrl(token.source, baseUrl)];
}

function complete(
  { token, organisation }: Chosen,
  baseUrl: Sourced<string>,
  file: ConfigurationFile,
): { readonly configuration: Configuration; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const chosenBaseUrl = isLessExplicit(baseUrl.source, token.source) ? DEFAULT_SOURCE : baseUrl.source;
  if (organisation !== undefined && !isJwt(token.value) && organisation.source.kind !== "file") {
    notes.push(`${organisation.source.name} is not sent, because an API key belongs to one organization.`);
  }
  if (token.source.kind === "file" && file.kind === "text" && file.openToOthers) {
    notes.push(
      `Other users of this machine can read the API key in ${token.source.name}. Run chmod 600 ${token.source.name}.`,
    );
  }
  if (token.source.kind === "stack" && baseUrl.source.kind === "environment" && isLoopback(baseUrl.value)) {
    notes.push(
      `The API key from ${token.source.name} is sent to ${baseUrl.value}, the base URL in ${baseUrl.source.name}. Unset ${baseUrl.source.name} if this is not your emulator.`,
    );
  }
  return {
    notes,
    configuration: compact<Configuration>({
      token: token.value,
      baseUrl: baseUrl.value,
      organisation: isJwt(token.value) ? organisation?.value : undefined,
      sources: { token: token.source, baseUrl: chosenBaseUrl },
    }),
  };
}
