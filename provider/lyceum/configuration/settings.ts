import { isPlainPath } from "../../schema";

/**
 * A setting of the account. Its value may come, for example, from the stack (`lyceum:apiKey`), from a provider resource
 * or from the environment.
 */
export interface SettingRow {
  /** Environment variables that set this setting. The first variable with a value wins. */
  readonly variables: readonly string[];
  readonly secret?: true;
  /** The allowed values. If absent, the setting has no fixed set of values. */
  readonly choices?: readonly string[];
  readonly doc: string;
}

/** All settings. `configuration.ts` validates their values. */
export const SETTINGS = {
  apiKey: { variables: ["LYCEUM_API_KEY"], secret: true, doc: "API key (`lk_…`) or token." },
  baseUrl: { variables: ["LYCEUM_BASE_URL"], doc: "Base URL of the API." },
  orgSlug: {
    variables: ["LYCEUM_ORG_SLUG", "LYCEUM_ORG"],
    doc: "Slug of the organization, for a token.",
  },
  whenUnverified: {
    variables: [],
    choices: ["start", "fail"],
    doc: "The default of the argument `whenUnverified` for all resources.",
  },
  s3MountPath: {
    variables: [],
    doc: "The path at which runs see the account's bucket. Default: `/mnt/s3`.",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

/** The path of the bucket inside runs, unless the setting `s3MountPath` sets another path. */
const DEFAULT_MOUNT_PATH = "/mnt/s3";

/**
 * The path in the setting `s3MountPath`, or the default path. Undefined if the setting is not a plain absolute path.
 */
export function readMountPath(setting: string | undefined): string | undefined {
  const path = setting?.trim() || DEFAULT_MOUNT_PATH;
  return path.startsWith("/") && isPlainPath(path) ? path : undefined;
}

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** The names of all settings. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** The row of a setting in the table `SETTINGS`. */
export function settingRow(name: SettingName): SettingRow {
  return SETTINGS[name];
}

// These types are here because several modules of the configuration share them, and these modules must not import each
// other.

/** Variables of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a value was found. `name` is the name of a variable, the name of a stack setting, or the path of a file. */
export interface Source {
  readonly kind: "environment" | "stack" | "file" | "default";
  readonly name: string;
}

/** A value, and the source in which it was found. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: Source;
}

// The following functions check the syntax of the values of settings.

/**
 * Returns true if a token can be in an HTTP header: printable ASCII, without quotes around it and without `Bearer`
 * before it. For any other token, Lyceum would answer 401.
 */
export function isSendableToken(token: string): boolean {
  return /^[!#-&(-~][!-~]{0,16383}$/.test(token) && !/["']$/.test(token);
}

/** Whether a text can be an organization's slug. */
export function isSlug(slug: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,199}$/.test(slug);
}

/** Whether a token is a JWT: it has three parts, and the first part is a JSON object in base64url. */
export function isJwt(token: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(token);
}
