import { type ConfigurationResult, resolveConfiguration, type StackSettings } from "../configuration/configuration";
import type { ConfigurationFile } from "../configuration/configuration-login";

/** The path of the login file. */
export const PATH = "/home/me/.lyceum/config.json";
/** An API key. */
export const KEY = "lk_canary_0123456789";
/** A token of the dashboard. */
export const JWT = `eyJ${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.sig`;
/** The base URL of an emulator. */
export const EMULATOR = "http://127.0.0.1:4000/api/v2/external";

/** The result if there is no login file. */
export const absent: ConfigurationFile = { kind: "absent", path: PATH };
/** The result for a login file with this content. */
export const fileOf = (content: unknown, openToOthers = false): ConfigurationFile => ({
  kind: "text",
  path: PATH,
  text: typeof content === "string" ? content : JSON.stringify(content),
  openToOthers,
});
/** Resolves the configuration of an environment, a stack and a login file. */
export const resolve = (
  environment: Record<string, string>,
  stack: StackSettings = {},
  file: ConfigurationFile = absent,
): ConfigurationResult => resolveConfiguration({ environment, stack, file });

/** The codes of all errors in a result. */
export const codesOf = (result: ConfigurationResult): readonly string[] =>
  result.kind === "ok" ? [] : result.errors.map((error) => error.code);
/** The message of the error in a result. */
export const messageOf = (result: ConfigurationResult): string => (result.kind === "ok" ? "" : result.error.message);
/** The configuration in a result. Throws the error if the result is an error. */
export const configurationOf = (result: ConfigurationResult) => {
  if (result.kind === "ok") return result.configuration;
  throw result.error;
};
