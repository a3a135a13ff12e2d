import { WORKLOAD_SECTIONS } from "./keys";
import { type ComposeValue, isMapping, isSequence } from "./model";
import type { SecretPlace } from "./secret-rules";

/** The names in a document, which help to decide whether a text is a secret. */
export type SecretContext = Required<Pick<SecretPlace, "services" | "names">>;

/** Matches the name of a variable or key whose value is a name, such as DB_USER. */
const OF_NAMES = /(?:^|[_.-])(?:user|username|db|database|dbname|host|hostname|name)$/i;
/** Compose keys whose values are names. */
const KEYS = new Set(["image", "container_name", "hostname", "domainname", "name", "user"]);
const ADDRESS = /^[a-z][a-z0-9+.-]{1,30}:\/\/([^\s:/?#@]{0,100})(?:(?::[^\s/?#]{0,200})?@([^\s:/?#@]{1,100}))?/i;
const DATABASE = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/?#]{1,400}\/([\w-]{1,60})/i;
/** The longest text that can be a name, in characters. */
const LONGEST_NAME = 200;
/** Matches a character that no name contains. A text with this character may contain a secret: `host=db password=x`. */
const NO_NAME = /[\s"'={};]/;

/**
 * Returns the names in a document: of services, secrets, images, users, hosts and databases. A password that is equal
 * to a name does not count as a secret.
 */
export function secretContextOf(document: ComposeValue | undefined): SecretContext {
  const names = new Set<string>();
  const services = new Set<string>(
    isMapping(document) ? WORKLOAD_SECTIONS.flatMap((section) => keysOf(document[section])) : [],
  );
  const visited = new Set<unknown>();
  const walk = (value: ComposeValue | undefined, key: string): void => {
    if (typeof value === "string") addNamesOf(value, key, names);
    else if (!(isMapping(value) || isSequence(value)) || visited.has(value)) return;
    else {
      visited.add(value);
      if (isSequence(value)) for (const item of value) walk(item, key);
      else for (const [name, entry] of Object.entries(value)) walk(entry, name);
    }
  };
  walk(document, "");
  if (isMapping(document)) for (const name of keysOf(document.secrets)) names.add(name);
  for (const name of services) names.add(name);
  return { services, names };
}

/**
 * Returns the names in texts, such as names of images, users, hosts and databases. Each text is the value of its `key`.
 */
export function secretNamesOf(texts: Iterable<{ readonly text: string; readonly key?: string }>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text, key = "" } of texts) addNamesOf(text, key, names);
  return names;
}

function keysOf(value: ComposeValue | undefined): readonly string[] {
  return isMapping(value) ? Object.keys(value) : [];
}

function addNamesOf(text: string, key: string, names: Set<string>): void {
  if (text.length > LONGEST_NAME || text.includes("\u0000")) return;
  const assigned = /^([\w.-]{1,100})=(.{0,200})$/.exec(text);
  const [name, value] = assigned === null ? [key, text] : [assigned[1] ?? "", assigned[2] ?? ""];
  if (KEYS.has(name) || OF_NAMES.test(name)) for (const part of partsOf(value, name)) names.add(part);
  for (const [, user = "", host = user] of [ADDRESS.exec(value) ?? []]) names.add(user).add(host);
  names.add(DATABASE.exec(value)?.[1] ?? "");
  names.delete("");
}

/**
 * Returns the names in the value of a key. The value of `image` has several: the registry and the parts of the path,
 * without port and tag. Any other value is one name. Returns an empty list for a value that cannot be a name.
 */
function partsOf(value: string, key: string): readonly string[] {
  if (NO_NAME.test(value)) return [];
  return key === "image" ? value.split("/").map((part) => part.split(/[:@]/, 1)[0] ?? "") : [value];
}
