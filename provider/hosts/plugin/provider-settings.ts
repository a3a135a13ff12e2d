import { randomBytes } from "node:crypto";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { unknownMarker } from "../../compose";
import type { StackSettings } from "../../lyceum/configuration";
import type { Environment } from "../../lyceum/configuration-source";
import { SETTING_NAMES, settingRow } from "../../lyceum/settings";
import type { CheckFailure, Properties } from "../../schema";
import { settingsFailures } from "../settings-failures";
import { received, sent } from "./wire-values";

/**
 * The provider's own secret: start keys and digests of its resources are made under it. The engine stores it in the state of the
 * provider resource before the first resource is created.
 */
const SCOPE = "scope";

const SECRET_SETTINGS = SETTING_NAMES.filter((name) => settingRow(name).secret === true).map((name) => [name]);

/** 192 random bits. */
const newScope = (): string => randomBytes(24).toString("base64url");

/** What CheckConfig answers. */
export interface CheckedSettings {
  readonly inputs: Struct;
  readonly failures: readonly CheckFailure[];
}

/** Checks the inputs of a provider resource. Nothing is sent: whether the key is accepted shows at the first request. */
export function checkSettings(olds: Struct | undefined, news: Struct | undefined): CheckedSettings {
  const { values, secretPaths } = received(news);
  const before = received(olds).values[SCOPE];
  const scope = typeof before === "string" && before !== "" ? before : newScope();
  return {
    inputs: sent({ ...values, [SCOPE]: scope }, [...secretPaths, ...SECRET_SETTINGS, [SCOPE]]),
    failures: settingsFailures(settingsIn(values)),
  };
}

/**
 * The environment for a provider. What the program gives to a provider resource of its own wins over the environment: it would
 * otherwise make two accounts one. The default provider has the settings of the stack, over which the environment wins.
 *
 * @param name of the provider resource; `default`, or with a version behind it, where the program has none
 */
export function environmentOf(name: string, settings: StackSettings, environment: Environment): Environment {
  if (name === "" || /^default(_|$)/.test(name)) return environment;
  const given = SETTING_NAMES.filter((name) => settings[name] !== undefined);
  const hidden = new Set(given.flatMap((name) => settingRow(name).variables));
  return Object.fromEntries(Object.entries(environment).filter(([variable]) => !hidden.has(variable)));
}

/** A provider that is configured. */
export interface ConfiguredSettings {
  readonly settings: StackSettings;
  readonly scope: string;
}

/** Reads what Configure is given: the checked inputs, or the variables of an engine that sends no inputs. */
export function configuredSettings(
  args: Struct | undefined,
  variables: Iterable<readonly [string, string]>,
): ConfiguredSettings {
  const values = received(args).values;
  const legacy = Object.fromEntries([...variables].map(([key, value]) => [key.replace(/^lyceum:config:/, ""), value]));
  const { [SCOPE]: scope } = values;
  return {
    settings: settingsIn({ ...legacy, ...values }),
    scope: typeof scope === "string" && scope !== "" ? scope : newScope(),
  };
}

/** Texts alone: a value that is not known yet at preview counts as not set. */
function settingsIn(values: Properties): StackSettings {
  const known = SETTING_NAMES.flatMap((name) => {
    const value = values[name];
    return typeof value === "string" && !value.includes(unknownMarker) ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}
