import { error, READING_CATALOGUE, secretWarning, warning, withCodes } from "../diagnostics/catalogue";

/**
 * Every diagnostic that reading or validation can report. LYC21xx: keys, types and values, by the Compose
 * Specification. LYC22xx: rules beyond the schema, such as references to services, ports and mounts. LYC23xx: variables
 * that are not set or not valid. LYC26xx: secrets in the text. Rules that a caller adds have their own catalogue.
 */
export const VALIDATION_CATALOGUE = withCodes(READING_CATALOGUE, {
  LYC2105: error("unknown key", "Remove the key, or start its name with `x-`."),
  LYC2106: error("missing key", "Add the key that the message names."),
  LYC2107: error("word that is not allowed here", "Write one of the words that the message names."),
  LYC2108: error("name with characters that are not allowed", "Use letters, digits, `.`, `_` and `-` only."),
  LYC2109: error("text in the wrong form", "Write the value as the message describes it."),
  LYC2110: error("number out of its limits", "Choose a number within the limits."),
  LYC2111: error("item that is in the list twice", "Remove one of the two."),
  LYC2112: error("text that should be a number, or true or false", "Write a value of the type that the message names."),
  LYC2113: warning(
    "key or text that older releases of Docker Compose refuse",
    "Run the file with the release that the message names, or with a later one. Older releases refuse the file.",
  ),
  LYC2202: error("service that is not defined", "Define the service, or correct the name."),
  LYC2203: error("services that wait for each other", "Remove one of the references that form the circle."),
  LYC2204: error("network that is not defined", "Declare it under the top-level `networks:`, or correct the name."),
  LYC2205: error("volume that is not defined", "Declare it under the top-level `volumes:`, or correct the name."),
  LYC2206: error("config that is not defined", "Declare it under the top-level `configs:`, or correct the name."),
  LYC2207: error("secret that is not defined", "Declare it under the top-level `secrets:`, or correct the name."),
  LYC2208: error("model that is not defined", "Declare it under the top-level `models:`, or correct the name."),
  LYC2209: error("`network_mode` with `networks`", "Keep one of the two."),
  LYC2210: error(
    "port in the wrong form",
    "Write [HOST_IP:][PUBLISHED:]TARGET[/PROTOCOL], with ports from 1 to 65535 and ranges of equal length.",
  ),
  LYC2211: error(
    "port that is published twice",
    "Publish another port, or none: services reach each other without it.",
  ),
  LYC2212: error("duration in the wrong form", "Write a number with its unit, such as `90s`, `1m30s` or `500ms`."),
  LYC2213: error("size in the wrong form", "Write a number with its unit, such as `512m`, `1g` or `64kb`."),
  LYC2214: error("several replicas with one `container_name`", "Remove `container_name`, or run one replica."),
  LYC2215: warning(
    "`service_healthy` of a service without a healthcheck",
    "Add a `healthcheck:` to that service, unless its image already has one.",
  ),
  LYC2216: error(
    "healthcheck in the wrong form",
    "Start the list with CMD, CMD-SHELL or NONE, or write the test as one string.",
  ),
  LYC2217: error("external resource with settings of its own", "Keep `external` and `name` only."),
  LYC2218: error(
    "config or secret without exactly one source",
    "Give it exactly one source. For a config of a run, use `content`.",
  ),
  LYC2219: error("container name that another service already has", "Choose another name, or none."),
  LYC2220: error("two mounts with the same target", "Choose another target for one of them."),
  LYC2221: error("settings that exclude each other", "Keep one of the two, or make them equal."),
  LYC2222: error("volume in the wrong form", "Write [SOURCE:]TARGET[:OPTIONS]."),
  LYC2223: error("image reference in the wrong form", "Write [REGISTRY/]NAME[:TAG][@DIGEST], the name in lowercase."),
  LYC2224: error("job with the name of a service", "Rename one of the two."),
  LYC2308: warning(
    "variable that is not set remotely",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text shows a variable of Compose
    "Write the value, give a default with ${NAME:-default}, or write $$ for a dollar sign.",
  ),
  LYC2309: error(
    "required variable that is not set",
    "Write the value: no variable of your shell reaches the service.",
  ),
  LYC2310: error(
    "broken variable",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text shows a variable of Compose
    "Close it as ${NAME}, or write $$ for a dollar sign.",
  ),
  LYC2601: secretWarning(
    "key that is written out",
    "Revoke it if others have read it. Take it from a variable or give the whole text as a secret.",
  ),
  LYC2602: secretWarning(
    "secret that is written out under its name",
    "Take it from a variable, or give the whole text as a secret.",
  ),
  LYC2603: secretWarning(
    "word that looks random, perhaps a key",
    'If it is a key, take it from a variable. If it is not a key, set `diagnostics: { LYC2603: "off" }`.',
  ),
});

/** The code of a diagnostic that validation can report. */
export type ValidationCode = keyof typeof VALIDATION_CATALOGUE;
