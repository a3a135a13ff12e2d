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

/** All settings that a client of the Lyceum API needs, and the source of each setting. */
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

/** A valid configuration with notes for the user, or all errors and one error that combines them. */
export type ConfigurationResult =
  | { readonly kind: "ok"; readonly configuration: Configuration; readonly notes: readonly string[] }
  | { readonly kind: "errors"; readonly errors: readonly LyceumError[]; readonly error: LyceumError };

/** The settings of the environment and of the stack. */
export interface ConfigurationInput {
  readonly environment: Environment;
  readonly stack: StackSettings;
}

/**
 * Returns true if the login file must be read: neither the environment nor the stack sets a token. An empty token
 * counts as set.
 */
export function needsConfigurationFile(input: ConfigurationInput): boolean {
  return candidates(input, "apiKey").length === 0;
}

/**
 * Decides the token, the base URL and the organization from the settings of the stack and of the environment. Uses the
 * login file only if neither of them has a token. Sources with different base URLs or organizations are an error, and
 * so is a token that must not be sent to the base URL. Reports all errors at once, and never throws.
 */
export function resolveConfiguration(
  input: ConfigurationInput & { readonly file: ConfigurationFile },
): ConfigurationResult {
  const found: LyceumError[] = [];
  const token = decideToken(input);
  const baseUrl = decideBaseUrl(input, token?.value, found);
  const organisation = decideOrganisation(input, found);

  found.push(...emptySettings(input));
  const fileLogin = needsConfigurationFile(input) ? fromFile(input.file, baseUrl, organisation, found) : undefined;
  const chosen: Chosen | undefined = token === undefined ? fileLogin : { token, baseUrl, organisation };
  if (chosen !== undefined) {
    if (!isSendableToken(chosen.token.value)) found.push(errors.unsendableToken(chosen.token.source));
    if (chosen.baseUrl !== undefined) found.push(...trustErrors(chosen.token, chosen.baseUrl, input));
  }
  const target = chosen?.baseUrl ?? baseUrl ?? { value: DEFAULT_BASE_URL, source: DEFAULT_SOURCE };
  const route = chooseRoute(target.value, input.environment);
  if (route.kind === "error") found.push(errors.unusableProxy(route.variable));

  const word = input.stack.whenUnverified?.trim() || undefined;
  const whenUnverified = SETTINGS.whenUnverified.choices.find((choice) => choice === word);
  if (word !== whenUnverified) found.push(errors.unknownWhenUnverified());
  if (readMountPath(input.stack.s3MountPath) === undefined) found.push(errors.unusableMountPath());

  if (chosen === undefined || found.length > 0) return { kind: "errors", errors: found, error: errors.asOne(found) };
  const { notes, configuration } = complete(chosen, target, input);
  return { kind: "ok", notes, configuration: compact<Configuration>({ ...configuration, whenUnverified }) };
}

/**
 * Returns the base URL and organization in the settings. The base URL is in canonical form, and undefined if it is not
 * valid. The organization is undefined if the token needs none.
 */
export function accountOf(input: ConfigurationInput): { readonly baseUrl?: string; readonly orgSlug?: string } {
  const baseUrl = named(input, "baseUrl")[0];
  const token = decideToken(input)?.value;
  const url = readBaseUrl(baseUrl?.value ?? DEFAULT_BASE_URL, token);
  const orgSlug = isJwt(token ?? "") ? named(input, "orgSlug")[0]?.value : undefined;
  return compact({ baseUrl: url.kind === "ok" ? url.baseUrl : undefined, orgSlug });
}

/** Returns true if the stack changes the API key, base URL or organization that the environment alone would give. */
export function isAccountOfStack({ environment, stack }: ConfigurationInput): boolean {
  const [own, ofEnvironment] = [
    { environment, stack },
    { environment, stack: {} },
  ].map((input) => JSON.stringify([decideToken(input)?.value ?? null, accountOf(input)]));
  return own !== ofEnvironment;
}

const DEFAULT_SOURCE: Source = { kind: "default", name: "the built-in default" };

interface Chosen {
  readonly token: Sourced<string>;
  readonly baseUrl: Sourced<string> | undefined;
  readonly organisation: Sourced<string> | undefined;
}

/**
 * Returns errors for a token or base URL that is set but empty. An empty value usually comes from a failed shell
 * command, so no other source and no default replaces it. The organization may be empty, because pipelines set a
 * missing variable to an empty text.
 */
function emptySettings(input: ConfigurationInput, settings: SettingName[] = ["apiKey", "baseUrl"]): LyceumError[] {
  const all = settings.flatMap((setting) => candidates(input, setting));
  return all.filter(({ value }) => value === "").map(({ source }) => errors.emptySetting(source));
}

/**
 * Returns the errors of the base URL that do not depend on the API key: a base URL is empty or not valid, or the
 * environment and the stack set different base URLs. A preview needs no API key, but needs the right base URL.
 */
export function baseUrlErrors(input: ConfigurationInput): LyceumError[] {
  const found = emptySettings(input, ["baseUrl"]);
  decideBaseUrl(input, decideToken(input)?.value, found);
  return found.filter(({ code }) => code !== "LYC1003");
}

/** The values of one setting that are not empty. The value of the stack comes first. */
function named(input: ConfigurationInput, setting: SettingName): Sourced<string>[] {
  return candidates(input, setting).filter(({ value }) => value !== "");
}

/** Like {@link named}, but also returns empty values. White space around a value does not count. */
function candidates({ environment, stack }: ConfigurationInput, setting: SettingName): Sourced<string>[] {
  const all: readonly (readonly [string | undefined, Source])[] = [
    [stack[setting], { kind: "stack", name: `lyceum:${setting}` }],
    ...settingRow(setting).variables.map(
      (variable) => [environment[variable], { kind: "environment", name: variable }] as const,
    ),
  ];
  return all.flatMap(([value, source]) => (value === undefined ? [] : [{ value: value.trim(), source }]));
}

/**
 * Returns the API key to use.
 *
 * | the environment has a key | the stack has a key | the base URL of the environment is used | the key |
 * |---|---|---|---|
 * | yes | yes | no | of the stack, because a stray variable must not move a stack to another account |
 * | yes | yes | yes | of the environment, because its key and base URL belong together, as for an emulator |
 * | in all other cases | | | the only key |
 */
function decideToken(input: ConfigurationInput): Sourced<string> | undefined {
  const tokens = named(input, "apiKey");
  const url = named(input, "baseUrl")[0];
  return tokens.find(({ source }) => source.kind === "environment" && url?.source.kind === "environment") ?? tokens[0];
}

function decideBaseUrl(
  input: ConfigurationInput,
  token: string | undefined,
  found: LyceumError[],
): Sourced<string> | undefined {
  const read = named(input, "baseUrl").map(({ value, source }) => ({
    source,
    result: readBaseUrl(value, token),
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
  // If one of the base URLs is not valid, its error is reported, and none is used. So no other check adds an error.
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
 * Returns the login in the file. Returns undefined if the file is absent, is not valid, or is for another base URL or
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

/**
 * Returns the source that decides whether the token may be sent to the base URL. The first row that fits decides.
 *
 * | the base URL | the source |
 * |---|---|
 * | is set by the source of the token | the source of the token |
 * | is Lyceum's own address | the default, because every token may be sent there |
 * | is any other | the source of the base URL |
 */
function sourceOfUrl(token: Sourced<string>, baseUrl: Sourced<string>, input: ConfigurationInput): Source {
  const sources = [baseUrl.source, ...named(input, "baseUrl").map(({ source }) => source)];
  const same = sources.find(({ kind }) => kind === token.source.kind);
  if (same !== undefined) return same;
  return baseUrl.value === DEFAULT_BASE_URL ? DEFAULT_SOURCE : baseUrl.source;
}

/**
 * Returns errors if the token must not be sent to the base URL. The first row that fits decides.
 *
 * | source of the base URL | source of the token | may the token be sent? |
 * |---|---|---|
 * | the source of the token | any | yes |
 * | the default, which is Lyceum's own address | any | yes |
 * | the environment, and the base URL is on this machine | the stack | yes, and a message reports this |
 * | any other | any | no |
 */
function trustErrors(token: Sourced<string>, baseUrl: Sourced<string>, input: ConfigurationInput): LyceumError[] {
  const source = sourceOfUrl(token, baseUrl, input);
  if (source.kind === token.source.kind || source.kind === "default") return [];
  if (isOwnMachine(token, { ...baseUrl, source })) return [];
  return [errors.otherSourceOfUrl(token.source, { ...baseUrl, source })];
}

function isOwnMachine(token: Sourced<string>, baseUrl: Sourced<string>): boolean {
  return token.source.kind === "stack" && baseUrl.source.kind === "environment" && isLoopback(baseUrl.value);
}

function complete(
  { token, organisation }: Chosen,
  baseUrl: Sourced<string>,
  input: ConfigurationInput & { readonly file: ConfigurationFile },
): { readonly configuration: Configuration; readonly notes: readonly string[] } {
  const { file } = input;
  const notes: string[] = [];
  const source = sourceOfUrl(token, baseUrl, input);
  const unused = named(input, "apiKey").find(({ value }) => value !== token.value);
  if (unused !== undefined && token.source.kind === "stack") {
    notes.push(`${unused.source.name} is not used, because ${token.source.name} is set.`);
  }
  if (organisation !== undefined && !isJwt(token.value) && organisation.source.kind !== "file") {
    notes.push(`${organisation.source.name} is not sent, because an API key belongs to one organization.`);
  }
  if (token.source.kind === "file" && file.kind === "text" && file.openToOthers) {
    notes.push(
      `Other users of this machine can read the API key in ${token.source.name}. Run chmod 600 ${token.source.name}.`,
    );
  }
  if (isOwnMachine(token, { ...baseUrl, source })) {
    notes.push(
      `The API key from ${token.source.name} is sent to ${baseUrl.value}, the base URL in ${source.name}. Unset ${source.name} if this is not your emulator.`,
    );
  }
  return {
    notes,
    configuration: compact<Configuration>({
      token: token.value,
      baseUrl: baseUrl.value,
      organisation: isJwt(token.value) ? organisation?.value : undefined,
      sources: { token: token.source, baseUrl: source },
    }),
  };
}
