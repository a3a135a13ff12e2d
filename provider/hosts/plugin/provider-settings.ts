import { randomBytes } from "node:crypto";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN_MARKER } from "../../../compose";
import { containsUnknown, withArgumentCode } from "../../lifecycle";
import { accountOf, resolveConfiguration, type StackSettings } from "../../lyceum/configuration/configuration";
import { type Environment, SETTING_NAMES, type SettingName, settingRow } from "../../lyceum/configuration/settings";
import { type CheckFailure, type Properties, readUrn, show, textIn } from "../../schema";
import { PACKAGE } from "../../schema/type-tokens";
import { looksSecret } from "../../secrets";
import { received, sent } from "./wire-values";

/**
 * The provider's own secret: start keys and digests of its resources are made under it. The engine stores it in the state of the
 * provider resource before the first resource is created. A saved plan does not compare names that begin with `_`, and with a plan
 * the secret is another one than the preview's.
 */
const SCOPE = "__scope";
/** The name of the secret in older states, which keep it. */
const FORMER_SCOPE = "scope";

const SECRET_SETTINGS = SETTING_NAMES.filter((name) => settingRow(name).secret === true).map((name) => [name]);

/** 192 random bits. */
const newScope = (): string => randomBytes(24).toString("base64url");

/** What CheckConfig answers. */
export interface CheckedSettings {
  readonly inputs: Struct;
  readonly failures: readonly CheckFailure[];
}

/**
 * Checks the inputs of a provider resource. Nothing is sent: whether the key is accepted shows at the first request.
 *
 * @param urn of the provider resource
 */
export function checkSettings(olds: Struct | undefined, news: Struct | undefined, urn = ""): CheckedSettings {
  const { values, secretPaths } = received(news);
  const recorded = received(olds).values;
  const scopeName = textIn(recorded[FORMER_SCOPE]) === undefined ? SCOPE : FORMER_SCOPE;
  const scope = textIn(recorded[scopeName]) ?? newScope();
  const resource = readUrn(urn);
  const given = Object.entries(values).filter(([, value]) => value !== null);
  const refused = given.flatMap(([key, value]): CheckFailure[] => {
    if (!isSetting(key)) {
      // Settings of a project of this name are those of its program, too.
      const isOther =
        (resource?.project === PACKAGE && isDefault(resource.name)) ||
        isEngines(key) ||
        (key === scopeName && value === scope);
      const reason = `${key} is not a setting of the provider; the settings are: ${SETTING_NAMES.join(", ")}`;
      // The engine prints the value of a property next to its failure.
      return isOther ? [] : [{ property: looksSecret(JSON.stringify(value)) ? "" : key, reason }];
    }
    if (typeof value === "string") return [];
    if (settingRow(key).secret === true) return [{ property: "", reason: `${key} must be text` }];
    return [{ property: key, reason: `${key} must be text, not ${show(value)}` }];
  });
  return {
    inputs: sent({ ...values, [scopeName]: scope }, [...secretPaths, ...SECRET_SETTINGS, [scopeName]]),
    failures: [...refused.map(withArgumentCode), ...settingsFailures(settingsIn(values))],
  };
}

function isSetting(key: string): key is SettingName {
  return (SETTING_NAMES as readonly string[]).includes(key);
}

/** What engines add to the inputs of a provider resource. */
function isEngines(key: string): boolean {
  return key === "version" || key === "pluginDownloadURL" || key.startsWith("__");
}

/**
 * Whether a name is one that the engine gives to a provider where the program has none: `default`, with the version and the
 * address of the plugin behind it.
 */
function isDefault(name: string): boolean {
  return /^(default(_\d+_\d+_\d+(_.+)?|_[a-z]+_\/.+)?)?$/.test(name);
}

/**
 * The environment for a provider. What the program gives to a provider resource of its own wins over the environment: it would
 * otherwise make two accounts one. The default provider has the settings of the stack, over which the environment wins.
 *
 * @param name of the provider resource
 */
export function environmentOf(name: string, settings: StackSettings, environment: Environment): Environment {
  if (isDefault(name)) return environment;
  const given = SETTING_NAMES.filter((name) => settings[name] !== undefined);
  const hidden = new Set(given.flatMap((name) => settingRow(name).variables));
  return Object.fromEntries(Object.entries(environment).filter(([variable]) => !hidden.has(variable)));
}

/**
 * Settings that name another account than before: each run is then ended where it is, through the old provider, and one is started
 * in the other account. The key decides nothing, since an account may have many, and what is not known at preview neither.
 *
 * @param name of the provider resource
 * @param olds inputs of the provider that manages the runs, which may be another one
 */
export function otherAccount(
  name: string,
  olds: Struct | undefined,
  news: Struct | undefined,
  environment: Environment,
): SettingName[] {
  const given = received(news).values;
  const [before, after] = [received(olds).values, given].map((values) => {
    const settings = settingsIn(values);
    return accountOf({ environment: environmentOf(name, settings, environment), stack: settings });
  });
  return (["baseUrl", "orgSlug"] as const).filter((setting) => {
    const [old, next] = [before?.[setting], after?.[setting]];
    return old !== undefined && next !== undefined && old !== next && !containsUnknown(given[setting]);
  });
}

/** A provider that is configured. */
export interface ConfiguredSettings {
  readonly settings: StackSettings;
  readonly scope: string;
}

/** Reads what Configure is given: the checked inputs. */
export function configuredSettings(args: Struct | undefined): ConfiguredSettings {
  const values = received(args).values;
  return {
    settings: settingsIn(values),
    scope: textIn(values[FORMER_SCOPE]) ?? textIn(values[SCOPE]) ?? newScope(),
  };
}

/** Texts alone: a value that is not known yet at preview counts as not set. */
function settingsIn(values: Properties): StackSettings {
  const known = SETTING_NAMES.flatMap((name) => {
    const value = values[name];
    return typeof value === "string" && !value.includes(UNKNOWN_MARKER) ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}

/**
 * What is wrong with the settings by themselves, by their names. Whether there is a key at all is not asked: the environment and
 * the login file may have one, and a preview needs none.
 */
function settingsFailures(stack: StackSettings): CheckFailure[] {
  const file = { kind: "absent", path: "" } as const;
  return SETTING_NAMES.flatMap((name) => {
    const value = stack[name];
    if (value === undefined) return [];
    const result = resolveConfiguration({ environment: {}, stack: { apiKey: "lk_0", [name]: value }, file });
    if (result.kind === "ok") return [];
    // The engine prints the value of a property next to its failure, and a URL may hold a password.
    const property = name === "apiKey" || value.includes("@") ? "" : name;
    return result.errors.map(({ code, message }) => ({ property, reason: `${code}: ${message}` }));
  });
}
