import { randomBytes } from "node:crypto";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { unknownMarker } from "../../compose";
import type { StackSettings } from "../../lyceum/configuration";
import { settingsFailures } from "../settings-failures";
import { type Properties, received, sent } from "./wire-values";

/** Inputs of the provider resource: the settings of the stack by their names, and the secret that check adds. */
const SETTINGS = ["apiKey", "baseUrl", "orgSlug", "whenUnverified"] as const satisfies readonly (keyof StackSettings)[];

/**
 * The provider's own secret: start keys and digests of its resources are made under it. The engine stores it in the state of the
 * provider resource before the first resource is created.
 */
const SCOPE = "scope";

/** 192 random bits. */
const SECRET_BYTES = 24;

/** What CheckConfig answers. */
export interface CheckedSettings {
  readonly inputs: Struct;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** Checks the inputs of a provider resource. Nothing is sent: whether the key is accepted shows at the first request. */
export function checkSettings(olds: Struct | undefined, news: Struct | undefined): CheckedSettings {
  const { values, secretPaths } = received(news, unknownMarker);
  const before = received(olds, unknownMarker).values[SCOPE];
  const scope = typeof before === "string" && before !== "" ? before : randomBytes(SECRET_BYTES).toString("base64url");
  return {
    inputs: sent({ ...values, [SCOPE]: scope }, [...secretPaths, ["apiKey"], [SCOPE]], unknownMarker),
    failures: settingsFailures(settingsIn(values)),
  };
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
  const values = received(args, unknownMarker).values;
  const legacy = Object.fromEntries([...variables].map(([key, value]) => [key.replace(/^lyceum:config:/, ""), value]));
  const { [SCOPE]: scope } = values;
  return {
    settings: settingsIn({ ...legacy, ...values }),
    scope: typeof scope === "string" && scope !== "" ? scope : randomBytes(SECRET_BYTES).toString("base64url"),
  };
}

/** Texts alone: a value that is not known yet at preview counts as not set. */
function settingsIn(values: Properties): StackSettings {
  const known = SETTINGS.flatMap((name) => {
    const value = values[name];
    return typeof value === "string" && !value.includes(unknownMarker) ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}
