/** A setting of the account: of the stack (`lyceum:apiKey`), of a provider resource, or of the environment. */
export interface SettingRow {
  /** Variables of the environment that set it, the first one first. */
  readonly variables: readonly string[];
  readonly secret?: true;
  /** The words that it may be, where it is one of a few. */
  readonly choices?: readonly string[];
  readonly doc: string;
}

/** Every setting; what a value may be is checked by `configuration.ts`. */
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
    doc: "What to do when the lookup before a start is incomplete, for resources without this argument.",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** The names of all settings. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** The row of a setting. */
export function settingRow(name: SettingName): SettingRow {
  return SETTINGS[name];
}
