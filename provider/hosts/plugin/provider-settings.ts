import { randomBytes } from "node:crypto";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN_MARKER } from "../../../compose";
import { containsUnknown, withArgumentCode } from "../../lifecycle";
import { accountOf, resolveConfiguration, type StackSettings } from "../../lyceum/configuration/configuration";
import {
  type Environment,
  isSendableToken,
  SETTING_NAMES,
  type SettingName,
  settingRow,
} from "../../lyceum/configuration/settings";
import { type CheckFailure, isDefaultProvider, type Properties, readUrn, show, textIn } from "../../schema";
import { PACKAGE } from "../../schema/type-tokens";
import { isSecretVariable } from "../../secrets";
import { received, sent } from "./wire-values";

/**
 * The property with a random secret of the provider resource. The provider makes start keys and digests with this
 * secret. The engine stores the secret in the state before the first run starts, so a later command can find the run of
 * a killed command. With a saved plan, preview and update make different secrets. This is no error, because a plan does
 * not compare names that begin with `_`.
 */
const SCOPE = "__scope";
/** The name of the same property in older versions. A state in which it has this name keeps the name. */
const FORMER_SCOPE = "scope";

const SECRET_SETTINGS = SETTING_NAMES.filter((name) => settingRow(name).secret === true).map((name) => [name]);

/** Makes a new secret of 192 random bits. */
const newScope = (): string => randomBytes(24).toString("base64url");

/** The answer of CheckConfig. */
export interface CheckedSettings {
  readonly inputs: Struct;
  readonly failures: readonly CheckFailure[];
}

/**
 * Checks the inputs of a provider resource. Sends no request, so an invalid API key is found only later.
 *
 * @param urn URN of the provider resource
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
      // In a project with the name `lyceum`, settings of the program are in the same namespace, so they are no errors.
      const isOther =
        (resource?.project === PACKAGE && isDefaultProvider(resource.name)) ||
        isEngines(key) ||
        (key === scopeName && value === scope);
      const reason = `${key} is not a setting of the provider; the settings are: ${SETTING_NAMES.join(", ")}`;
      // If an error names a property, the engine prints the value of the property too. So an error about a secret
      // setting names no property.
      return isOther ? [] : [{ property: isSecretSetting(key, value) ? "" : key, reason }];
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

/** Whether the engine itself adds a property of this name to the inputs of a provider resource. */
function isEngines(key: string): boolean {
  return key === "version" || key === "pluginDownloadURL" || key.startsWith("__");
}

/**
 * Returns the environment variables that a provider may read. The default provider, which has the settings of the
 * stack, may read all variables. If the program declares the provider and sets one of its arguments, such as `apiKey`,
 * the provider does not read the variables of the same setting. These variables may belong to another account.
 *
 * @param name name of the provider resource
 */
export function environmentOf(name: string, settings: StackSettings, environment: Environment): Environment {
  if (isDefaultProvider(name)) return environment;
  const given = SETTING_NAMES.filter((name) => settings[name] !== undefined);
  const hidden = new Set(given.flatMap((name) => settingRow(name).variables));
  return Object.fromEntries(Object.entries(environment).filter(([variable]) => !hidden.has(variable)));
}

/**
 * Returns the settings that name another account than before. If there are any, the old provider ends each run in the
 * old account, and the new provider starts a run in the new account. A different API key does not count, because an
 * account may have many keys. An unknown value does not count either.
 *
 * @param name name of the provider resource
 * @param olds inputs of the provider that manages the runs now, which may be another provider resource
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

/** The settings of a provider after Configure. */
export interface ConfiguredSettings {
  readonly settings: StackSettings;
  /** Whether all settings are known. In a preview, a setting may be an unknown output. */
  readonly isKnown: boolean;
  readonly scope: string;
}

/**
 * Returns the settings, and the random secret of the provider resource (`scope`), from the inputs of Configure.
 * CheckConfig has already validated the inputs.
 */
export function configuredSettings(args: Struct | undefined): ConfiguredSettings {
  const values = received(args).values;
  return {
    settings: settingsIn(values),
    isKnown: !SETTING_NAMES.some((name) => containsUnknown(values[name])),
    scope: textIn(values[FORMER_SCOPE]) ?? textIn(values[SCOPE]) ?? newScope(),
  };
}

/** Returns the settings whose value is a text. A value that a preview does not know counts as not set. */
function settingsIn(values: Properties): StackSettings {
  const known = SETTING_NAMES.flatMap((name) => {
    const value = values[name];
    return typeof value === "string" && !value.includes(UNKNOWN_MARKER) ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}

/** Checks each setting by itself. A missing API key is no error, because the environment may contain the key. */
function settingsFailures(stack: StackSettings): CheckFailure[] {
  const file = { kind: "absent", path: "" } as const;
  return SETTING_NAMES.flatMap((name) => {
    const value = stack[name];
    if (value === undefined) return [];
    // Some base URLs are valid only with the API key of an emulator. If no valid API key is known here, the base URL is
    // checked with such a key, because most base URLs are valid with it. Configure uses the real API key.
    const apiKey = isSendableToken(stack.apiKey ?? "") ? stack.apiKey : "lk_local_0";
    const result = resolveConfiguration({ environment: {}, stack: { apiKey, [name]: value }, file });
    if (result.kind === "ok") return [];
    // If an error names a property, the engine prints the value of the property too, and a URL may contain a password.
    const property = name === "apiKey" || value.includes("@") ? "" : name;
    return result.errors.map(({ code, message }) => ({ property, reason: `${code}: ${message}` }));
  });
}

/** Returns true if an argument that is not a setting is probably secret, by its name or by its value. */
function isSecretSetting(key: string, value: unknown): boolean {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length >= SHORTEST_SECRET && isSecretVariable(key, text);
}

/** Minimum number of characters of a value that counts as secret. Nobody uses a shorter secret. */
const SHORTEST_SECRET = 4;
