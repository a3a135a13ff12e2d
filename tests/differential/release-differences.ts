// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import type { Schema } from "../../compose/validate/schema";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "../../compose/validate/schema.generated";
import type { AcceptedDifference } from "./differences";
import type { Release } from "./docker-compose";
import type { Json } from "./json";

/** A difference from one of the two releases. `why` is a row in `docs/explanation/docker-compose.md`. */
export interface ReleaseDifference extends AcceptedDifference {
  readonly release: Release;
}

const { service } = SCHEMA_DEFINITIONS;
/** The keys that the oldest release does not know at all. This package reports them with a warning, LYC2113. */
const laterKeys = [...new Set([DOCUMENT_SCHEMA, ...Object.values(SCHEMA_DEFINITIONS)].flatMap(laterKeysIn))].filter(
  (key) => service?.properties?.[key] === undefined || service.since?.[key] !== undefined,
);

function laterKeysIn({ since = {}, properties = {}, patternProperties = {}, items, oneOf = [] }: Schema): string[] {
  const inner = [
    ...Object.values(properties),
    ...Object.values(patternProperties),
    ...oneOf,
    ...(items ? [items] : []),
  ];
  return [...Object.keys(since), ...inner.flatMap(laterKeysIn)];
}

/**
 * Texts that the two releases of Docker Compose read differently. This package follows the newest release, except if a
 * rule names the newest release.
 */
export const releaseDifferences: readonly ReleaseDifference[] = [
  {
    release: "oldest",
    kind: "refused by Compose",
    reason: new RegExp(`additional properties '(?:${laterKeys.join("|")})'(?:, '\\w+')* not allowed$`),
    why: "a key that only later releases know, such as `jobs`",
  },
  {
    release: "oldest",
    kind: "refused by Compose",
    reason: /depends_on\.\S+\.required must be a boolean$/,
    why: "`required` of a dependency as a text, such as from a variable",
  },
  {
    release: "oldest",
    kind: "refused by Compose",
    reason: /required variable \w+ is missing a value/,
    why: "a required variable inside a default or a replacement that is not used, such as `${A:+${B:?x}}` if `A` is not set",
  },
  {
    release: "oldest",
    kind: "refused by Compose",
    reason: /conflicts with imported resource$/,
    why: "a service of an included file that the including file declares again: the newest release merges the two",
  },
  {
    release: "oldest",
    kind: "refused by Compose",
    reason: /^cannot extend service "?[^"]+"? in \S+: service "?[^"]+"? not found/,
    why: "a service that extends a service of an included file",
  },
  {
    release: "oldest",
    kind: "refused by Compose",
    reason: /(?:array items\[\d+,\d+\] must be unique|items at \d+ and \d+ are equal)$/,
    why: "the same item in two files, in a list whose items must differ",
  },
  {
    release: "oldest",
    kind: "model",
    when: (ours, theirs) =>
      Array.isArray(ours) &&
      Array.isArray(theirs) &&
      ours.length < theirs.length &&
      JSON.stringify(withoutRepeated(ours)) === JSON.stringify(withoutRepeated(theirs)),
    why: "the same item in two files, in any other list: the oldest release repeats the item",
  },
  {
    release: "oldest",
    kind: "refused here",
    reason: /^LYC2109 services\.\S+\.pull_policy: /,
    why: "a `pull_policy` that is not an allowed word but contains one, such as `always-never`",
  },
  {
    release: "oldest",
    kind: "refused here",
    reason: /^LYC2108 (?:networks|models)(?:\.name|\["[^"]*"\]): the name /,
    why: "a name of a network or a model with characters such as a space",
  },
  {
    release: "oldest",
    kind: "refused by Compose",
    reason: /invalid jsonType time\.Time$/,
    why: "a date without quotes as the value of a variable or label: the newest release adds a time of day and a time zone",
  },
  {
    release: "oldest",
    kind: "refused by Compose",
    reason: /invalid size: '-[0-9]+'$/,
    why: 'a negative size as a text, such as `memswap_limit: "-1"`',
  },
  {
    release: "newest",
    kind: "refused here",
    reason: /^LYC2104 \S+: \S+ must be .*, and it is a date to YAML \(put it in quotes\)$/,
    why: "a date with a time zone, without quotes",
  },
  {
    release: "newest",
    kind: "refused here",
    reason: /^LYC2310 \S+: \S+ holds a variable that is not closed or has no name$/,
    why: "an invalid variable inside a default or a replacement that is not used",
  },
  {
    release: "newest",
    kind: "refused here",
    reason: /^LYC2006 \S*: not YAML to Compose: text without quotes cannot start with a colon here$/,
    why: "text without quotes that starts with a colon",
  },
  {
    release: "newest",
    kind: "refused here",
    reason:
      /^LYC2209 jobs\.\S+: |^LYC2221 jobs\.\S+: \S+ excludes |^LYC2106 jobs\.\S+\.devices\[\d+\]: \S+ needs `target`$/,
    why: "a job with keys that exclude each other, such as `networks` and `network_mode`, or with a device without `target`",
  },
  {
    release: "newest",
    kind: "refused here",
    reason: /^LYC220[45678] jobs\.\S+: |^LYC2106 jobs\.\S+\.(?:configs|secrets)\[\d+\]: \S+ needs `source`$/,
    why: "a job that uses a network, a volume, a config, a secret or a model that is not declared, or a config or secret without `source`",
  },
  {
    release: "newest",
    kind: "refused here",
    reason: /^LYC2201 jobs\.\S+: /,
    why: "a job without an image",
  },
  {
    release: "newest",
    kind: "refused here",
    reason: /^LYC2203 jobs\.\S+: /,
    why: "jobs that wait for each other",
  },
  {
    release: "newest",
    kind: "refused here",
    reason: /^LYC2501 jobs\.\S+\.(?:env_file|label_file)\S*: \S+ does not exist$/,
    why: "a job whose `env_file` or `label_file` does not exist: the newest release reads it when the job runs",
  },
  {
    release: "newest",
    kind: "refused by Compose",
    reason: /json: unsupported value: (?:[+-]Inf|NaN)$/,
    why: "an infinite number, such as `.inf`, or a number that is too large",
  },
  ofModel(
    "jobs.*.env_file",
    "`env_file` and `label_file` of a job: the newest release prints the names of these files",
  ),
  ofModel(
    "jobs.*.label_file",
    "`env_file` and `label_file` of a job: the newest release prints the names of these files",
  ),
  ofModel(
    "services.*.label_file",
    "`label_file` of a service: the newest release prints the name and the labels of the file",
  ),
  ...["environment", "environment.*", "labels", "labels.*"].map(
    (key): ReleaseDifference => ({
      release: "newest",
      kind: "model",
      at: `jobs.*.${key}`,
      when: (ours, theirs) => ours !== undefined && theirs === undefined,
      why: "`env_file` and `label_file` of a job: the newest release prints the names of these files",
    }),
  ),
  ...["networks", "volumes", "configs", "secrets"].flatMap((section) =>
    [section, `${section}.*`].map(
      (at): ReleaseDifference => ({
        release: "newest",
        kind: "model",
        at,
        when: (ours, theirs) => ours !== undefined && theirs === undefined,
        why: "networks, volumes, configs and secrets that only jobs use: the newest release does not print them",
      }),
    ),
  ),
  ...["pre_start.*.*", "pre_start.*.*.*"].map((key) =>
    ofModel(
      `services.*.${key}`,
      "`pre_start`: the newest release prints the settings that an init container inherits from its service",
    ),
  ),
];

function ofModel(at: string, why: string): ReleaseDifference {
  return {
    release: "newest",
    kind: "model",
    at,
    why,
    when: (ours, theirs) => ours === undefined && theirs !== undefined,
  };
}

function withoutRepeated(items: readonly Json[]): Json[] {
  const texts = items.map((item) => JSON.stringify(item));
  return items.filter((_item, index) => texts.indexOf(texts[index] ?? "") === index);
}
