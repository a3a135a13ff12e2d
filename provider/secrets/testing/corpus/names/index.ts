import { type CorpusCase, type CorpusKind, caseOf, secret } from "../case";
import { plainPasswords } from "../passwords";
import { randomOf } from "../random";
import { SECRET_COMMANDS } from "./commands";
import { SECRET_ADDRESSES, SECRET_KEYS, SECRET_VARIABLES } from "./names";

/** Matches names of values that a machine generates and that nobody has to remember. */
const MADE_BY_MACHINE = /(?:keys?|token|cookie|salt|pepper|pat|skey)(?:_id)?$/i;
const MACHINE_STYLES: readonly string[] = ["hexadecimal", "base64", "letters and digits"];

/**
 * A password for an entry, in a style that depends on the name of the entry. Passwords with `&` and `!` are left out
 * for a shell, because they would need quotes.
 */
function passwordFor(name: string, form: string, forShell = false): string {
  const row = `${name} ${form}`;
  const all = plainPasswords(row)
    .filter(({ style }) => !MADE_BY_MACHINE.test(name) || MACHINE_STYLES.includes(style))
    .filter(({ password }) => !forShell || /^[\w=+/-]+$/.test(password));
  return all[randomOf(row).number(all.length)]?.password ?? "";
}

/** The option for a variable: `postgres-password` for `POSTGRES_PASSWORD`. */
const optionOf = (name: string): string => name.toLowerCase().replaceAll("_", "-");

const written = (name: string, form: string, forShell = false): string => secret(passwordFor(name, form, forShell));

const mapping = (name: string): CorpusCase => caseOf(name, written(name, "mapping"), { key: name });
const item = (name: string): CorpusCase => caseOf(name, `${name}=${written(name, "item")}`);

function options(name: string): readonly CorpusCase[] {
  const option = `--${optionOf(name)}`;
  return [
    caseOf(option, `serve --port 8080 ${option} ${written(name, "option", true)} --verbose`, { key: "command" }),
    caseOf(option, `${option}=${written(name, "option with a sign")}`),
    caseOf(option, written(name, "item after an option"), { before: option }),
  ];
}

/** Replaces `<pw>` in a pattern by a password. In an address, the password is percent-encoded. */
function filled(pattern: string): string {
  const password = passwordFor(pattern, "pattern", true);
  const spelled = /:\/\/\S*<pw>@/.test(pattern) ? encodeURIComponent(password) : password;
  return pattern.replace("<pw>", () => secret(spelled, password));
}

function addressed(line: string): readonly CorpusCase[] {
  const [name = "", ...rest] = line.split(" ");
  const value = filled(rest.join(" "));
  return [caseOf(name, value, { key: name }), caseOf(name, `${name}=${value}`)];
}

export const mappingEntries: CorpusKind = {
  kind: "entries of a mapping",
  match: "exact",
  cases: [...SECRET_VARIABLES, ...SECRET_KEYS].map(mapping),
};

export const listItems: CorpusKind = {
  kind: "items of a list",
  match: "exact",
  cases: [...SECRET_VARIABLES, ...SECRET_KEYS].map(item),
};

export const optionValues: CorpusKind = {
  kind: "options of a command",
  match: "exact",
  cases: SECRET_VARIABLES.flatMap(options),
};

export const commands: CorpusKind = {
  kind: "commands",
  match: "exact",
  cases: SECRET_COMMANDS.map((pattern) => caseOf(pattern, filled(pattern), { key: "command" })),
};

export const addresses: CorpusKind = {
  kind: "values with a password in them",
  match: "exact",
  cases: SECRET_ADDRESSES.flatMap(addressed),
};
