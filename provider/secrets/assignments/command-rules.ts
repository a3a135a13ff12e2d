import type { Assigned } from "./assignments";
import { withoutEscapes, withoutSingleEscapes } from "./formats";

/** A rule for a command that takes a password as an argument, without a name in front of the password. */
interface CommandRule {
  /** The names of commands. `docker-login` means the subcommand `login` of `docker`. */
  readonly commands: string;
  /**
   * The options that take the password, with a mark of this table at their end. `-p*`: the password is the next
   * argument, or follows directly, as in `-px`. `-p^`: the password always follows directly.
   */
  readonly options?: string;
  /**
   * The position of the argument that is a password. Options do not count, and the first argument has position 0. A
   * negative position counts from the end.
   */
  readonly argument?: number;
  /** Matches the text before the password in an argument, usually a user name and a separator. */
  readonly after?: RegExp;
  /** If set, the password ends before the last occurrence of this text. */
  readonly until?: string;
  /** If set, one of the words after the command's name must match this expression. */
  readonly only?: RegExp;
}

const RULES: readonly CommandRule[] = [
  {
    commands: "curl wget http https xh httpie etcdctl influx smbclient",
    options: "-u* --user --user= -a --auth --auth= -U* --proxy-user",
    after: /^[^\s:%]{1,100}[:%]/,
  },
  { commands: "ttyd gotty", options: "-c* --credential --credential=", after: /^[^\s:]{1,100}:/ },
  {
    commands: "sqlplus sqlldr expdp impdp rman",
    argument: 0,
    after: /^(?:userid=)?[A-Za-z][\w$#]{0,60}\//,
    until: "@",
  },
  { commands: "filebrowser-users", argument: 2 },
  {
    commands: "sshpass mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop",
    options: "-p*",
  },
  {
    commands: "mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlshow mysqlsh mariadb mariadb-dump",
    options: "-p^",
  },
  { commands: "mariadb-admin mysqlpump mysqlslap 7z 7za 7zz 7zr rar unrar", options: "-p^" },
  { commands: "cypher-shell rabbitmqadmin az useradd usermod psexec plink pscp ansible-vault", options: "-p -pw" },
  {
    commands: "docker-login podman-login nerdctl-login buildah-login skopeo-login helm-login oras-login",
    options: "-p*",
  },
  { commands: "oc-login argocd-login", options: "-p --password" },
  { commands: "mosquitto_pub mosquitto_sub mosquitto_rr sqlcmd bcp unzip zip zipcloak", options: "-P*" },
  { commands: "ipmitool", options: "-P" },
  { commands: "redis-cli valkey-cli keydb-cli", options: "-a" },
  { commands: "ldapsearch ldapadd ldapmodify ldapdelete ldappasswd ldapwhoami ldapcompare", options: "-w*" },
  { commands: "wandb-login vault-login", argument: 0 },
  { commands: "mc-alias", argument: 4 },
  { commands: "mcli-alias", argument: 4 },
  { commands: "mc-config", argument: 5 },
  { commands: "mc-admin", argument: 4, only: /^add$/ },
  { commands: "lftp", options: "-u* --user", after: /^[^\s,]{1,100},/ },
  { commands: "rabbitmqctl-add_user rabbitmqctl-change_password", argument: 1 },
  { commands: "htpasswd", argument: -1, only: /^-[a-zA-Z]{0,6}b/ },
  { commands: "mosquitto_passwd", argument: -1, only: /^-[a-zA-Z]{0,6}b/ },
  { commands: "openssl", options: "-pass -passin -passout", after: /^pass:/ },
  { commands: "openssl-passwd", argument: 0 },
  { commands: "openssl-enc", options: "-k -K" },
  { commands: "gh-auth glab-auth", options: "-t" },
  { commands: "ngrok-authtoken", argument: 0 },
];

/**
 * The rule of each command. A key is the name of a command, such as `mysql`, or of a subcommand, such as
 * `docker-login`.
 */
const RULES_OF = new Map(RULES.flatMap((rule) => rule.commands.split(" ").map((name) => [name, rule] as const)));
const NAMES = [
  ...new Set(
    [...RULES_OF.keys()].map(
      (name) => name.split(/-(?=login|alias|config|admin|add|change|auth|passwd|users|enc)/)[0] ?? name,
    ),
  ),
];
const HEAD = new RegExp(`(?<![\\w.=@-])(?:${NAMES.join("|")})(?=[ \\t])`, "g");

const LONGEST_COMMAND = 2000;
const WORD =
  /"((?:[^"\\\n]|\\.){0,400})"?|'((?:[^'\n]|'\\''){0,400})'?|((?:[^\s"'|;&\\]|\\[^\n]|&(?!&)){1,400})|(\\\r?\n)|([|;\n]|&&)/g;

interface Word {
  readonly start: number;
  readonly end: number;
  /** The text of the word without quotes and escapes. */
  readonly text: string;
}

/**
 * Finds the passwords in well-known commands whose arguments have no name that shows a password. The time is linear in
 * the length of the text.
 */
export function commandSecretsIn(text: string): Assigned[] {
  const found: Assigned[] = [];
  HEAD.lastIndex = 0;
  for (let match = HEAD.exec(text); match !== null; match = HEAD.exec(text)) {
    const { words, end } = wordsFrom(text, HEAD.lastIndex);
    HEAD.lastIndex = Math.max(HEAD.lastIndex, end);
    found.push(...ofCommand(match[0], words));
  }
  return found;
}

/** Reads the words of the command that begins at an offset. */
function wordsFrom(text: string, from: number): { words: Word[]; end: number } {
  const words: Word[] = [];
  const part = text.slice(from, from + LONGEST_COMMAND);
  let end = from;
  for (const match of part.matchAll(WORD)) {
    const [whole, double, single, plain, , stop] = match;
    const begin = from + match.index;
    const last = words.at(-1);
    const isJoined = last !== undefined && last.end === begin && plain === undefined && ENDS_OPTION.test(last.text);
    end = begin + whole.length;
    if (stop !== undefined) break;
    const raw = double ?? single ?? plain;
    if (raw === undefined) continue;
    const word = double === undefined ? withoutSingleEscapes(withoutQuotes(raw)) : withoutEscapes(raw);
    // In `mysql -p"x"`, the quote after `-p` opens the value of the option, so both are one word. In `"mysql -p", "x"`,
    // the quote after `-p` only closes the first text.
    if (isJoined && /^[^\s,]/.test(raw) && !/^\w/.test(text.slice(end, end + 1)))
      words.splice(-1, 1, { start: last.start, end, text: last.text + word });
    else
      words.push({
        start: begin + (plain === undefined ? 1 : 0),
        end: begin + (plain === undefined ? 1 : 0) + raw.length,
        text: word,
      });
  }
  return { words, end };
}

/** Matches the end of an option whose value follows without a space: `-p"x"`, `--user='a:x'`. */
const ENDS_OPTION = /^(?:-[A-Za-z]|--?[A-Za-z][\w-]{0,60}=)$/;

/** Removes the escaped quotes around a value: `\"x\"` becomes `x`. */
function withoutQuotes(raw: string): string {
  return raw.replace(/\\(["'])([^"'\\]{1,400})\\\1/, "$2");
}

/** Finds the passwords in a command, and in a command that this command runs: `sshpass -p x mysql -py`. */
function ofCommand(name: string, words: readonly Word[]): Assigned[] {
  const next = words.findIndex(({ text }) => RULES_OF.has(text));
  const own = next === -1 ? words : words.slice(0, next);
  const rest = next === -1 ? [] : ofCommand(words[next]?.text ?? "", words.slice(next + 1));
  const [first] = own.filter(({ text }) => !text.startsWith("-"));
  const second = first === undefined ? undefined : own[own.indexOf(first) + 1];
  const subcommands = [first, name === "helm" || name === "rabbitmqctl" ? second : undefined];
  const rules = [name, ...subcommands.map((word) => `${name}-${word?.text ?? ""}`)].flatMap(
    (key) => RULES_OF.get(key) ?? [],
  );
  const found = rules.flatMap((rule) => byRule(rule, own, RULES_OF.get(name) === rule ? 0 : 1));
  return [...found, ...rest];
}

function byRule(
  { options = "", argument, after, until, only }: CommandRule,
  words: readonly Word[],
  skipped: number,
): Assigned[] {
  if (only !== undefined && !words.some(({ text }) => only.test(text))) return [];
  const positional = words.filter(({ text }) => !text.startsWith("-"));
  const values = [
    ...options.split(" ").flatMap((option) => (option === "" ? [] : ofOption(option, words))),
    ...(argument === undefined ? [] : [argument < 0 ? positional.at(argument) : positional[argument + skipped]]),
  ];
  return values.flatMap((word) => {
    if (word === undefined) return [];
    const head = after === undefined ? "" : after.exec(word.text)?.[0];
    if (head === undefined) return [];
    const last = until === undefined ? -1 : word.text.lastIndexOf(until);
    const text = last === -1 ? word.text : word.text.slice(0, last);
    const { start } = word;
    const end = word.end - (word.text.length - text.length);
    if (text.length <= head.length) return [];
    // If the argument has escapes, it is longer in the command than in `text`. The position of the password in the
    // command is then unknown, so the finding begins at the start of the argument.
    const from = end - start === text.length ? start + head.length : start;
    return [{ start: from, end, value: text.slice(head.length), name: "password of a command", by: "rule" as const }];
  });
}

/** The values of an option: in `-p x` the next word, and in `-px` the rest of the same word. */
function ofOption(option: string, words: readonly Word[]): Word[] {
  const name = option.replace(/[*^]$/, "");
  return words.flatMap(({ start, end, text }, index) => {
    const next = words[index + 1];
    if (text === name && !option.endsWith("^")) return next === undefined || next.text.startsWith("-") ? [] : [next];
    if (!/[*^=]$/.test(option) || !text.startsWith(name)) return [];
    return [{ start: start + name.length, end, text: text.slice(name.length) }];
  });
}
