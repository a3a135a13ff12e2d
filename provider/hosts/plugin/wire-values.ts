import { isDeepStrictEqual } from "node:util";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN_MARKER } from "../../../compose";
import { isMap, type Properties } from "../../schema";
import { SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN_TEXT, UNKNOWN_VALUES } from "../../schema/wire-forms";

/** The signature by which Pulumi marks an asset. `SECRET_SIGNATURE` marks a secret in the same way. */
const ASSET = "c44067f5952c0a294b673a41bacd8c17";

/** The engine's properties as plain values, and the paths of the secret values, such as `["variables", "PASSWORD"]`. */
export interface Received {
  readonly values: Properties;
  readonly secretPaths: readonly (readonly string[])[];
}

/** Converts the engine's properties to plain values. Secrets lose their mark. Assets become paths of files. */
export function received(properties: Struct | undefined): Received {
  const secretPaths: (readonly string[])[] = [];
  const read = (value: unknown, path: readonly string[]): unknown => {
    if (UNKNOWN_VALUES.has(value)) return UNKNOWN_MARKER;
    if (Array.isArray(value)) return value.map((item, index) => read(item, [...path, String(index)]));
    if (!isMap(value)) return value;
    if (value[SIGNATURE_KEY] === SECRET_SIGNATURE) {
      secretPaths.push(path);
      return read(value.value, path);
    }
    if (value[SIGNATURE_KEY] === ASSET && typeof value.path === "string") return value.path;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, read(entry, [...path, key])]));
  };
  return { values: read(properties?.toJavaScript() ?? {}, []) as Properties, secretPaths };
}

/** Converts properties to the engine's form: drops `undefined`, marks secrets, and converts unknown values. */
export function sent(values: Properties, secretPaths: readonly (readonly string[])[]): Struct {
  const isSecret = (path: readonly string[]): boolean => secretPaths.some((secret) => isDeepStrictEqual(secret, path));
  const write = (value: unknown, path: readonly string[]): unknown => {
    const plain = writePlain(value, path);
    return isSecret(path) && plain !== undefined ? { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: plain } : plain;
  };
  const writePlain = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === "string") return value.includes(UNKNOWN_MARKER) ? UNKNOWN_TEXT : value;
    if (Array.isArray(value)) return value.map((item, index) => write(item ?? null, [...path, String(index)]));
    if (!isMap(value)) return value;
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    return Object.fromEntries(entries.map(([key, entry]) => [key, write(entry, [...path, key])]));
  };
  return Struct.fromJavaScript(writePlain(values, []) as Parameters<typeof Struct.fromJavaScript>[0]);
}
