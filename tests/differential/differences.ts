import { posix } from "node:path";
import type { Difference } from "./compare";
import { inWords } from "./compare";
import type { Answer, Release } from "./docker-compose";
import type { Json } from "./json";
import { releaseDifferences } from "./release-differences";

/**
 * An accepted difference, with its reason. A rule must be as narrow as possible, so that it hides no other difference.
 */
export interface AcceptedDifference {
  readonly why: string;
  /** The kind of the difference, and its text. */
  readonly kind: Difference["kind"];
  /** The pattern of the reason, for a refusal. */
  readonly reason?: RegExp;
  /** The path, for a model. `*` stands for any step. If absent, the rule is for any path. */
  readonly at?: string;
  /** A condition on both values, for a model. */
  readonly when?: (ours: Json | undefined, theirs: Json | undefined) => boolean;
  /** The release of Compose that differs. If absent, both releases differ. */
  readonly release?: Release;
}

/** The form into which Compose changes a list of KEY=VALUE before it merges. */
const listed =
  "(?:configs|networks|secrets|services|volumes)\\.\\S+\\.(?:environment|labels|annotations|sysctls|build\\.args|build\\.additional_contexts)";

/** The differences from both releases, one on each line. `docs/explanation/docker-compose.md` describes them. */
const differencesOfBoth: readonly AcceptedDifference[] = [
  // Documents that Compose accepts, although no run could start with them.
  refused(/^LYC2102 (services)?: /, "nothing would run: there are no services, or no service has a requested profile"),
  refused(/^LYC2223 services\.\S+\.image: /, "Docker would refuse the image reference when it pulls the image"),
  refused(/^LYC2211 services\.\S+\.ports\[\d+\]: /, "two services cannot publish the same port of a machine"),
  refused(
    /^LYC2210 services\.\S+\.ports\[\d+\]\.(published|target): /,
    "Docker would refuse a port in long syntax that publishes a word, or a number over 65535",
  ),
  refused(
    /^LYC2107 services\.\S+\.(restart|stop_signal|platform|deploy\.restart_policy\.condition): /,
    "Docker would refuse this value of `restart`, `stop_signal` or `platform`",
  ),
  refused(/^LYC21(?:05|10) services\.\S+\.ulimits\.\S+: /, "Docker would refuse a limit of `ulimits`"),
  refused(/^LYC2008 : /, "a text may have only one YAML document, and Compose merges several documents"),
  refused(
    /^LYC2105 include\[\d+\](\.[\w$-]+|\["[^"]*"\]): /,
    "the specification does not allow this key in `include`, and Compose does not check keys there",
  ),
  refused(
    /^LYC2105 services\.\S+\.gpus\[\d+\]\.[A-Z]\w*: /,
    "a key of `gpus` in capital letters is a mistake, although Compose accepts it",
  ),
  refused(/^LYC2104 include\[\d+\]: \S+ must be .*, and it is empty$/, "an empty entry of `include` names no file"),
  refused(
    /^LYC2106 services\.\S+\.(volumes|devices)\[\d+\]: \S+ needs `target`$/,
    "Docker would refuse a mount or a device without a target",
  ),
  refused(
    /^LYC2111 include\[\d+\]\.(path|env_file)\[\d+\]: /,
    "the specification allows a file only once in an entry of `include`, and Compose does not check this",
  ),
  refused(
    /^LYC2006 \S*: not YAML to Compose: the colon is a part of the key$/,
    "a key that ends in a colon is a mistake",
  ),
  refused(
    /^LYC2006 \S*: not YAML: (?:a bracket is opened here and not closed, or the lines in it are not indented|a quote is opened here and not closed|a key must be followed by `: `)$/,
    "YAML requires indented lines in brackets and quotes, and Compose does not check this",
  ),
  refused(
    new RegExp(`^LYC2108 ${listed}\\[(?:""|\\d+)\\]: `),
    "a variable or a label without a name is a mistake, and Compose checks names only in mappings",
  ),
  refused(
    new RegExp(`^LYC2104 ${listed}: \\S+ must be .*, and it is (a number|a string|true or false)$`),
    "Compose ignores a value of the wrong type in a second file",
  ),
  refused(
    new RegExp(`^LYC2104 ${listed}(?:\\.\\S+|\\["[^"]*"\\]): \\S+ must be .*, and it is a (list|mapping)$`),
    "Compose converts a list or a mapping, as the value of a variable or label, to a text when it merges two files",
  ),
  refused(
    /^LYC2104 services\.\S+\.(dns|dns_opt|dns_search|env_file|label_file|tmpfs)\[\d+\]: \S+ must be .*, and it is (a number|true or false)$/,
    "a key such as `dns` is a list in one file, and a number in another file: Compose drops the number",
  ),
  refused(
    /^LYC2104 networks\.\S+\.ipam\.config\[\d+\]: \S+ must be a mapping, and it is (empty|a list|a number|a string|true or false)$/,
    "Compose drops a number or a word, where another file has an address pool",
  ),
  // Documents that only Compose refuses.
  refusedByCompose(
    /^json: error calling MarshalJSON for type types\.SSHKey/,
    "Compose cannot print `build.ssh` as JSON",
  ),
  refusedByCompose(
    /^panic: interface conversion: interface \{\} is nil, not map\[string\]interface \{\} .*importResource/,
    "Compose crashes when it includes a file into an empty section, such as `networks:`",
  ),
  // Values that Compose leaves out of its JSON, or prints in another form.
  model("models", "Compose does not print `models`", (ours, theirs) => ours !== undefined && theirs === undefined),
  model(
    "networks.*.ipam.options",
    "Compose drops `ipam.options` and `pull_refresh_after`",
    (_, theirs) => theirs === undefined,
  ),
  model(
    "services.*.pull_refresh_after",
    "Compose drops `ipam.options` and `pull_refresh_after`",
    (_, theirs) => theirs === undefined,
  ),
  ...["mem_limit", "memswap_limit", "shm_size"].map((key) =>
    model(
      `services.*.${key}`,
      "Compose drops a size that is a fraction",
      (ours, theirs) => typeof ours === "number" && theirs === undefined,
    ),
  ),
  model(
    "volumes.*.driver_opts.device",
    "an empty `driver_opts.device` of a volume: Compose replaces it by the project folder, also when it reads the bundle",
    (ours, theirs) => ours === "" && theirs === ".",
  ),
  model(
    "services.*.gpus.*.*",
    "Compose drops unknown keys of `gpus`",
    (ours, theirs) => ours !== undefined && theirs === undefined,
  ),
  model(
    "services.*.extends",
    "Compose keeps `extends` if the extended service is empty",
    (ours, theirs) => ours === undefined && theirs !== undefined,
  ),
  model(
    "services.*.volumes.*.source",
    "Compose reads `~` as the user's home folder, which does not exist on the machine of the run",
    (ours, theirs) =>
      typeof ours === "string" && ours.startsWith("~/") && theirs === `./${posix.normalize(ours).replace(/\/$/, "")}`,
  ),
];

/** All accepted differences from a release of Compose. */
export function differencesFrom(release: Release): readonly AcceptedDifference[] {
  return [...differencesOfBoth, ...releaseDifferences].filter((rule) => (rule.release ?? release) === release);
}

/** All accepted differences from the oldest release of Compose. */
export const acceptedDifferences = differencesFrom("oldest");

/** Differences about single characters. They occur only in `characters.ts`. */
export const differencesOfCharacters: readonly AcceptedDifference[] = [
  refused(/^LYC2016 \S*: /, "readers of YAML and of env files interpret the character differently"),
  refused(
    /^LYC2006 \S*: not YAML: (?!.*escape sequence)/,
    "YAML requires indented lines in brackets and quotes, and Compose does not check this",
  ),
  refused(/^LYC2006 \S*: not YAML: .* escape sequence that YAML does not have$/, "YAML has no escape sequence \\'"),
  refused(
    /^LYC2006 \S*: not YAML to Compose: a tab cannot indent a line$/,
    "the line of text in quotes is not indented, so it is read as a line without quotes",
  ),
  refused(
    /^LYC2310 \S*: |^LYC2508 \S*: a variable is not closed or has no name$/,
    "Compose reads U+017F and U+212A in the name of a variable as an s and a k, which is hardly intended",
  ),
  refused(/^LYC2004 \S*: \S+ is not UTF-8$/, "no text can contain the values of such an env file"),
  refused(
    /^LYC2006 \S*: not YAML to Compose: it does not know the tag !$/,
    "for YAML, the tag makes a number a text; for Compose, it has no meaning or is an error",
  ),
  refused(/^LYC2109 \S*: \S+ has a space at the end of its name$/, "a name that ends with white space is a mistake"),
  refused(/^LYC2108 \S*\[""\]: /, "a name of white space in an env file is a mistake"),
  refused(
    /^LYC2109 services\.web\.environment\[\d\]: \S+ has a space at the end of its name$/,
    "a name that is only a wide space is a mistake",
  ),
  refused(
    /^LYC2006 \S*: an empty line behind a backslash is read in different ways$/,
    "readers of YAML disagree about the number of line breaks",
  ),
  refused(
    /^LYC2006 \S*: Compose may read a value with (?:this tag|the tag !!\w+) in another way$/,
    "Compose decodes the value, or gives it another text",
  ),
  refused(
    /^LYC2006 \S*: not YAML to Compose: a question mark starts a key here$|^LYC2105 \S*\["\?[^"]*"\]: /,
    "Compose reads the question mark as the sign of a key, and YAML reads it as a part of the key",
  ),
  refused(
    /^LYC2006 \S*: not YAML to Compose: the name of an anchor holds a character that is not allowed in it$/,
    "readers of YAML end the name of an anchor at different characters",
  ),
  refused(
    /^LYC2508 \S*: the last line has no =$/,
    "Compose drops a name without = if the file ends with a character of several bytes",
  ),
];

function refused(reason: RegExp, why: string): AcceptedDifference {
  return { kind: "refused here", reason, why };
}

function refusedByCompose(reason: RegExp, why: string): AcceptedDifference {
  return { kind: "refused by Compose", reason, why };
}

function model(at: string, why: string, when: AcceptedDifference["when"]): AcceptedDifference {
  return { kind: "model", at, why, ...(when === undefined ? {} : { when }) };
}

/** The rule that accepts a difference. A rule about services applies to jobs too. */
export function acceptedBy(
  difference: Difference,
  rules: readonly AcceptedDifference[] = acceptedDifferences,
): AcceptedDifference | undefined {
  return ruleFor(difference, rules) ?? ruleFor(ofService(difference), rules);
}

/**
 * Returns true if Compose refuses a project for a reason that this package accepts on purpose. If this package refuses
 * the project too, it has another reason, at another location.
 */
export function isKnownRefusal(theirs: Answer, rules: readonly AcceptedDifference[] = acceptedDifferences): boolean {
  if (theirs.accepted) return false;
  return theirs.reasons.some((reason) => acceptedBy({ kind: "refused by Compose", reason }, rules) !== undefined);
}

/** Returns the same difference, in a service in place of a job. */
function ofService(difference: Difference): Difference {
  if (difference.kind !== "model")
    return { ...difference, reason: difference.reason.replace(/\bjobs\./g, "services.") };
  const [section, ...path] = difference.path;
  return section === "jobs" ? { ...difference, path: ["services", ...path] } : difference;
}

function ruleFor(difference: Difference, rules: readonly AcceptedDifference[]): AcceptedDifference | undefined {
  return rules.find((rule) => {
    if (rule.kind !== difference.kind) return false;
    if (difference.kind !== "model") return rule.reason?.test(withPlainNames(difference.reason)) === true;
    const steps = rule.at?.split(".") ?? difference.path;
    const fits =
      steps.length === difference.path.length &&
      steps.every((step, index) => step === "*" || step === difference.path[index]);
    return fits && (rule.when?.(difference.ours, difference.theirs) ?? true);
  });
}

/** Replaces a name with dots, which is in brackets, by a plain name. */
function withPlainNames(reason: string): string {
  return reason.replace(/\b(services|networks|volumes)\["(?:[^"\\]|\\.)*"\]/, "$1.name");
}

/**
 * Codes of errors after which this package and Compose read the rest of a text differently. More differences may follow
 * from these errors.
 */
const readOtherwise = /^LYC2006 \S*: (?:not YAML|Compose may read )/;

/**
 * Returns a line for each difference that no rule accepts. If a rule explains that Compose reads a text differently and
 * this package refuses the text, later errors need no explanation.
 */
export function unaccepted(
  differences: readonly Difference[],
  rules: readonly AcceptedDifference[] = acceptedDifferences,
): string[] {
  const explained = differences.some(
    (found) =>
      found.kind === "refused here" && readOtherwise.test(found.reason) && acceptedBy(found, rules) !== undefined,
  );
  if (explained && differences.every(({ kind }) => kind === "refused here")) return [];
  return differences.filter((difference) => acceptedBy(difference, rules) === undefined).map(inWords);
}
