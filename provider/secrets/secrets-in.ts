import { type Assigned, assignmentsIn } from "./assignments/assignments";
import { ruleSecretsIn } from "./assignments/file-rules";
import { formatOf, withoutPercentSigns } from "./assignments/formats";
import { isPairs } from "./assignments/unquoted";
import { decodedWords } from "./decoded-words";
import { ADDRESS_FORM, type FoundForm, formsInDocument } from "./forms/forms";
import type { TextSpan } from "./mark";
import { gradeOfName } from "./names";
import { gradeOfValue, isExample, isKeyLike, SHORTEST_SECRET } from "./ordinary";
import { randomWords } from "./random";

/**
 * Why a part of a text counts as a secret. The reason also shows how certain this is.
 *
 * - `form`: the part has the form of a secret, such as a token of a known provider
 * - `named`: the part is the value of a key with the name of a secret, such as `DB_PASSWORD`
 * - `random`: the part is a long word that looks random
 * - `ordinary`: the key has the name of a secret, but the value does not look like one: a word such as `prod`, a
 *   placeholder or a path. An ordinary value counts only if the text is shown or stored (`isShown`).
 */
export type Certainty = "form" | "named" | "random" | "ordinary";

/** Where a text was found. The rules for secrets use these facts. */
export interface SecretPlace {
  /** The key whose value is the text, such as `DB_PASSWORD`. */
  readonly key?: string | undefined;
  /** The words of a command before the text, such as `redis-server --requirepass`. */
  readonly before?: string | undefined;
  /** The name of the file whose content is the text, such as `conf/redis.conf`. */
  readonly file?: string | undefined;
  /**
   * Names of the project's Compose services. If such a name is the host of an address, the address is internal. The
   * password in an internal address is less certain to be a secret.
   */
  readonly services?: ReadonlySet<string> | undefined;
  /**
   * Names of images, users, hosts and databases in the rest of the document. A password that equals such a name is
   * usually not secret.
   */
  readonly names?: ReadonlySet<string> | undefined;
  /** True for a text that is shown or stored. Values with the certainty `ordinary` are then found too. */
  readonly isShown?: boolean | undefined;
}

/** A secret in a text: its position, its certainty, and its kind. */
export interface SecretFinding extends TextSpan {
  /** The kind of secret, for a sentence such as "The line holds a GitHub token". Does not show the value. */
  readonly kind: string;
  readonly certainty: Certainty;
  /** The secret as a program gets it, without the escapes of the text. */
  readonly value: string;
}

/**
 * Finds all secrets in a text of a document, or in the content of a file. Diagnostics, masks, policies and the search
 * in output all use this function. The time is linear in the length of the text. Never throws.
 *
 * @example secretsIn("redis-server --requirepass hunter2-Leaks") // one secret, `named`, from offset 27 to 40
 */
export function secretsIn(text: string, place: SecretPlace = {}): readonly SecretFinding[] {
  // This test saves time, because a document may have a hundred thousand texts of one character.
  if (text.length < SHORTEST_SECRET) return [];
  const found = distinct([...ofForms(text, place), ...ofNames(text, place)]);
  const words = isPublicName(place.key) ? [] : randomWords(text);
  const random = place.file !== undefined && words.length > MOST_RANDOM ? [] : words;
  return [
    ...found,
    ...random.filter(outsideOf(found)).map(({ start, end }): SecretFinding => {
      return {
        start,
        end,
        kind: "a long word that looks random",
        certainty: "random",
        value: text.slice(start, end),
      };
    }),
  ];
}

/**
 * If a file has more random words than this number, its random words do not count as secrets. Such a file has data,
 * such as a list of ids.
 */
const MOST_RANDOM = 20;

/** Returns a function that returns true if a span overlaps no finding. */
function outsideOf(findings: readonly TextSpan[]): (part: TextSpan) => boolean {
  const sorted = [...findings].sort((one, other) => one.start - other.start);
  /** For each finding in `sorted`: the highest end offset of this finding and of all findings before it. */
  const ends: number[] = [];
  for (const { end } of sorted) ends.push(Math.max(end, ends.at(-1) ?? 0));
  return (part) => {
    // A binary search finds the number of findings that begin before the end of `part`.
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) < part.end) low = middle + 1;
      else high = middle;
    }
    return (ends[low - 1] ?? 0) <= part.start;
  };
}

/** Keeps only the first finding of each span. */
function distinct(findings: readonly SecretFinding[]): SecretFinding[] {
  const known = new Set<string>();
  return findings.filter(({ start, end }) => {
    const isNew = !known.has(`${start} ${end}`);
    known.add(`${start} ${end}`);
    return isNew;
  });
}

function ofForms(text: string, place: SecretPlace): SecretFinding[] {
  const plain = formsInDocument(text).flatMap((found) => ofForm(text, found, place));
  const decoded = decodedWords(text);
  const encoded = formsInDocument(decoded.text)
    .filter((found) => ofForm(decoded.text, found, place).length > 0)
    .map((found): SecretFinding => {
      const { start, end } = decoded.spanOf(found);
      return { start, end, kind: `an encoded ${found.name}`, certainty: "form", value: text.slice(start, end) };
    });
  return [...plain, ...encoded.filter(outsideOf(plain))];
}

function ofForm(text: string, { name, start, end }: FoundForm, place: SecretPlace): SecretFinding[] {
  const value = text.slice(start, end);
  const kind = /^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`;
  if (name !== ADDRESS_FORM)
    return isExample(value.slice(0, 500)) && !value.includes("-----")
      ? []
      : [
          {
            start,
            end,
            kind,
            certainty: "form",
            value: value.includes("-----") ? value.replace(/\\{1,8}n/g, "\n") : value,
          },
        ];
  const colon = value.indexOf(":");
  const password = value.slice(colon + 1);
  const host = /^@([^\s/:?#"'<>]{0,253})/.exec(text.slice(end, end + 255))?.[1] ?? "";
  const { services, names = services, isShown } = place;
  const grade = gradeOfValue(password, "password", [value.slice(0, colon), host], names);
  if (grade === "none" || (grade === "ordinary" && !isShown)) return [];
  const isInside = !host.includes(".") || (services?.has(host) ?? false);
  const certainty = grade === "ordinary" ? grade : isInside ? "named" : "form";
  return [{ start: start + colon + 1, end, kind, certainty, value: withoutPercentSigns(password) }];
}

function ofNames(text: string, place: SecretPlace): SecretFinding[] {
  const { key, before = "", file, services, names = services, isShown } = place;
  // Items of `args` of a build, such as `NAME=x`, are variables and not arguments of a command.
  const isVariable = key === "args" && /^[A-Za-z_]\w{0,100}=/.test(text);
  const format = formatOf(file, isVariable ? "environment" : key);
  const isSure = ({ name, value, by }: Given): boolean => {
    if (format === "prose") return isKeyLike(value);
    if (by === "space") return isKeyLike(value) || !/^[a-z]+$/i.test(value);
    return by === "rule" || gradeOfName(name) === "secret" || isKeyLike(value);
  };
  const certaintyOf: CertaintyOf = (given) => {
    const grade = gradeOfValue(given.value, given.name, [], names);
    if (grade === "none" || !isSure(given)) return undefined;
    if (grade === "secret") return "named";
    return isShown && given.by !== "space" ? "ordinary" : undefined;
  };
  const counts = namesThatCount();
  // The items before this one (`before`) matter only in a command, because items of other lists are independent.
  const isArgument = key === undefined || format === "shell";
  const given = [...assignmentsIn(text, counts, format), ...ruleSecretsIn(text, file)];
  const found = [...given, ...asArgument(text, isArgument ? before : "", counts), ...contentOf(text, place)]
    .flatMap(partsOf)
    .flatMap((one) => {
      const certainty = certaintyOf(one);
      // An ordinary value with white space is a sentence, not a password.
      return certainty === undefined || (certainty === "ordinary" && /\s/.test(one.value))
        ? []
        : [named(one, certainty)];
    });
  return key !== undefined && counts(key) ? [...found, ...ofKey(text, key, certaintyOf, found)] : found;
}

type Given = Pick<Assigned, "name" | "value" | "by">;
type CertaintyOf = (given: Given) => Certainty | undefined;

function named({ start, end, name, value, by }: Assigned, certainty: Certainty): SecretFinding {
  return { start, end, kind: by === "rule" ? `the ${name}` : `the value of ${name}`, certainty, value };
}

/** Matches options of a command, such as `--requirepass x` and `-Dpassword=x`. */
const OPTIONS = /^(?:--?[A-Za-z][\w-]{0,60}(?:\s|$)|--[a-z][\w.-]{0,60}=|-D[\w.-]{1,60}=)/;

/**
 * Returns the finding for the whole value of a key. Returns none for a connection string, options of a command, JSON or
 * an address, because at most a part of such a value is secret.
 */
function ofKey(text: string, key: string, certaintyOf: CertaintyOf, found: readonly SecretFinding[]): SecretFinding[] {
  const value = text.trim();
  const start = text.indexOf(value);
  if (
    isPairs(value) ||
    OPTIONS.test(value) ||
    /^\{\s{0,9}["']/.test(value) ||
    /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value)
  )
    return [];
  if (found.some((each) => each.start > start || each.end < start + value.length) && /\s/.test(value)) return [];
  return partsOf({ start, end: start + value.length, name: key, value, by: "sign" }).flatMap((part) => {
    const certainty = certaintyOf(part);
    return certainty === undefined ? [] : [{ ...named(part, certainty), kind: `the value of ${key}` }];
  });
}

/** Matches names whose value is a user and a password, such as `FLOWER_BASIC_AUTH` and `LIVEKIT_KEYS`. */
const OF_USERS = /(?:auth|keys|credentials?|creds|users?|userpass|login|tokens)$/i;
const USER = /^[A-Za-z_][\w.@-]{0,60}: ?(?=[^\s/])/;
/** Matches a user before a slash. In Neo4j, a slash separates user and password. */
const USER_OF_NEO4J = /^[a-z]\w{0,30}\//;

/** Matches names whose value may be a list, such as `API_KEYS`. */
const OF_LISTS = /(?:keys|tokens|passwords|secrets|hashes)$/i;

/**
 * Returns the items of a list of secrets, or else the value itself. Leaves out a user name before a password, also in
 * an item.
 */
function partsOf(given: Assigned): Assigned[] {
  const { value, start, end } = given;
  const isList = OF_LISTS.test(given.name) && value.includes(",") && value.length === end - start;
  if (!isList) return withoutUser(given);
  return [...value.matchAll(/[^\s,]{1,400}/g)].flatMap(({ 0: part, index }) =>
    withoutUser({ ...given, start: start + index, end: start + index + part.length, value: part }),
  );
}

/** Returns a value without the user name before its password. A value without a user name stays unchanged. */
function withoutUser(given: Assigned): Assigned[] {
  const user = OF_USERS.test(given.name)
    ? (USER.exec(given.value) ?? (/neo4j/i.test(given.name) ? USER_OF_NEO4J.exec(given.value) : null))
    : null;
  if (user === null) return [given];
  const [{ length }] = user;
  // In `admin:hunter2`, a password follows a user name. But `user: unknown` may be an ordinary message. So a value
  // after a space is less certain to be a password.
  const by = / $/.test(user[0]) ? "space" : "rule";
  return [
    { name: "password of a user", by, start: given.start + length, end: given.end, value: given.value.slice(length) },
  ];
}

/**
 * Returns a function that returns true if a name may be the name of a secret. Results are cached, because texts repeat
 * names.
 */
function namesThatCount(): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const answer = known.get(name) ?? gradeOfName(name) !== "none";
    known.set(name, answer);
    return answer;
  };
}

/**
 * Finds the secret in an argument of a command. The arguments before, such as `--password`, show that the argument is
 * secret.
 */
function asArgument(text: string, before: string, counts: (name: string) => boolean): Assigned[] {
  if (before === "") return [];
  const from = before.length + 1;
  const command = `${before} ${text}`;
  const options = assignmentsIn(command, counts, "shell").filter(({ by }) => by !== "space");
  return [...options, ...ruleSecretsIn(command, undefined)]
    .filter(({ start }) => start >= from)
    .map((found) => ({ ...found, start: found.start - from, end: found.end - from }));
}

/**
 * Returns the content of a file if the path shows that the content is secret: `/run/secrets/db_password`,
 * `.cache/huggingface/token`.
 */
function contentOf(text: string, { file = "" }: SecretPlace): Assigned[] {
  const value = text.trim();
  if (file === "" || !/^\S{4,4000}$/.test(value)) return [];
  const [, base = ""] = /([^/\\]{1,200}?)(?:\.(?:txt|secret|conf|env|dat))?$/.exec(file) ?? [];
  if (gradeOfName(base) === "none" && !/(?:^|\/)secrets?\/[^/]{1,200}$/.test(file)) return [];
  const start = text.indexOf(value);
  return isPairs(value) || /^[A-Za-z_]\w{0,60}[=:]/.test(value)
    ? []
    : [{ start, end: start + value.length, name: "content of the file", value, by: "rule" }];
}

/** Returns true if a value with this name is public, even one that looks random. */
function isPublicName(name = ""): boolean {
  return /(?:public|pub|cert|checksum|digest|hash|integrity|sha\d*|fingerprint|image|model|path|dir|url|uri|id)$/i.test(
    name,
  );
}
