import { type CatalogueEntry, readingCatalogue } from "../catalogue";

/**
 * Every diagnostic that validation reports beyond those of reading. LYC21xx: the shape, as the Compose Specification
 * has it. LYC22xx: what the parts mean to each other. LYC23xx: what the remote service cannot know, since it receives
 * one text and nothing else. LYC24xx: assumptions about the service, which nobody outside can be sure of. LYC26xx: what
 * others read who read the text.
 */
export const validationCatalogue = {
  ...readingCatalogue,
  LYC2105: { severity: "error", title: "unknown key", remedy: "Remove the key, or start its name with `x-`." },
  LYC2106: { severity: "error", title: "missing key", remedy: "Add the key that the message names." },
  LYC2107: { severity: "error", title: "word that is not one of those allowed", remedy: "Write one of them." },
  LYC2108: {
    severity: "error",
    title: "name with characters that are not allowed",
    remedy: "Use letters, digits, `.`, `_` and `-` only.",
  },
  LYC2109: {
    severity: "error",
    title: "text in the wrong form",
    remedy: "Write the value in the form that the message names.",
  },
  LYC2110: { severity: "error", title: "number out of its limits", remedy: "Choose a number within the limits." },
  LYC2111: { severity: "error", title: "item that is in the list twice", remedy: "Remove one of the two." },
  LYC2112: {
    severity: "error",
    title: "text that should be a number, or true or false",
    remedy: "Write the number, or `true` or `false`.",
  },
  LYC2202: {
    severity: "error",
    title: "service that is not defined",
    remedy: "Define the service, or correct the name.",
  },
  LYC2203: {
    severity: "error",
    title: "services that wait for each other",
    remedy: "Take one of them out of the circle.",
  },
  LYC2204: {
    severity: "error",
    title: "network that is not defined",
    remedy: "Declare it under the top-level `networks:`, or correct the name.",
  },
  LYC2205: {
    severity: "error",
    title: "volume that is not defined",
    remedy: "Declare it under the top-level `volumes:`, or correct the name.",
  },
  LYC2206: {
    severity: "error",
    title: "config that is not defined",
    remedy: "Declare it under the top-level `configs:`, or correct the name.",
  },
  LYC2207: {
    severity: "error",
    title: "secret that is not defined",
    remedy: "Declare it under the top-level `secrets:`, or correct the name.",
  },
  LYC2208: {
    severity: "error",
    title: "model that is not defined",
    remedy: "Declare it under the top-level `models:`, or correct the name.",
  },
  LYC2209: { severity: "error", title: "`network_mode` with `networks`", remedy: "Keep one of the two." },
  LYC2210: {
    severity: "error",
    title: "port in the wrong form",
    remedy: "Write [HOST_IP:][PUBLISHED:]TARGET[/PROTOCOL], with ports from 1 to 65535 and ranges of equal length.",
  },
  LYC2211: {
    severity: "error",
    title: "published port that is taken",
    remedy: "Publish another port, or none: services reach each other without it.",
  },
  LYC2212: {
    severity: "error",
    title: "duration in the wrong form",
    remedy: "Write a number with its unit, such as `90s`, `1m30s` or `500ms`.",
  },
  LYC2213: {
    severity: "error",
    title: "size in the wrong form",
    remedy: "Write a number with its unit, such as `512m`, `1g` or `64kb`.",
  },
  LYC2214: {
    severity: "error",
    title: "several replicas with one `container_name`",
    remedy: "Remove `container_name`, or run one replica.",
  },
  LYC2215: {
    severity: "warning",
    title: "`service_healthy` of a service without a healthcheck",
    remedy: "Add a `healthcheck:` to that service, unless its image brings one along.",
  },
  LYC2216: {
    severity: "error",
    title: "healthcheck in the wrong form",
    remedy: "Start the list with CMD, CMD-SHELL or NONE, or write the test as one string.",
  },
  LYC2217: {
    severity: "error",
    title: "external resource with settings of its own",
    remedy: "Keep `external` and `name` only.",
  },
  LYC2218: {
    severity: "error",
    title: "config or secret without one source",
    remedy: "Give it exactly one source. Of these, inline `content` (configs) works remotely.",
  },
  LYC2219: { severity: "error", title: "container name that is taken", remedy: "Choose another name, or none." },
  LYC2220: { severity: "error", title: "two things mounted at one place", remedy: "Mount one of them elsewhere." },
  LYC2221: {
    severity: "error",
    title: "settings that exclude each other",
    remedy: "Keep one of the two, or make them equal.",
  },
  LYC2222: {
    severity: "error",
    title: "volume in the wrong form",
    remedy: "Write [SOURCE:]TARGET[:OPTIONS].",
  },
  LYC2301: {
    severity: "error",
    title: "image that would have to be built",
    remedy: "Build and push the image to a registry, and name it under `image:`.",
  },
  LYC2302: {
    severity: "warning",
    title: "build that cannot happen remotely",
    remedy: "Push the image before the run: it is pulled by its name.",
  },
  LYC2303: {
    severity: "error",
    title: "mount of a local path",
    remedy: "Put the files into the image, an inline config (`content:`) or a named volume.",
  },
  LYC2304: {
    severity: "error",
    title: "`env_file`",
    remedy: "Write the variables under `environment:`.",
  },
  LYC2305: { severity: "error", title: "`include`", remedy: "Copy what the included files declare into this text." },
  LYC2306: {
    severity: "error",
    title: "`extends` of another file",
    remedy: "Copy the extended service into this text.",
  },
  LYC2307: {
    severity: "error",
    title: "content from a local file",
    remedy: "Write the content inline (`content:`, configs only), or put the file into the image.",
  },
  LYC2308: {
    severity: "warning",
    title: "variable that is not set remotely",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
    remedy: "Write the value, give a default with ${NAME:-default}, or write $$ for a dollar sign.",
  },
  LYC2309: {
    severity: "error",
    title: "variable that must be set and is not",
    remedy: "Write the value: no variable of your shell reaches the service.",
  },
  LYC2310: {
    severity: "error",
    title: "broken variable",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
    remedy: "Close it as ${NAME}, or write $$ for a dollar sign.",
  },
  LYC2401: {
    severity: "warning",
    title: "privileges that the service may not give (assumed)",
    remedy: "Do without them if the run is refused.",
  },
  LYC2402: {
    severity: "warning",
    title: "namespace of the host (assumed)",
    remedy: "Use a network of the compose document; services reach each other by name.",
  },
  LYC2403: {
    severity: "warning",
    title: "device of the host (assumed)",
    remedy: "Ask for a GPU with `executionType` and `deploy.resources.reservations.devices`.",
  },
  LYC2404: {
    severity: "warning",
    title: "mount of a path of the remote machine (assumed)",
    remedy: "Use a named volume unless you know that the path is there.",
  },
  LYC2405: {
    severity: "warning",
    title: "external resource that may not be there (assumed)",
    remedy: "Declare it without `external`, so that it is made with the run.",
  },
  LYC2406: {
    severity: "warning",
    title: "GPU asked of a machine without one",
    remedy: "Choose an `executionType` with a GPU, such as `gpu.l40s`.",
  },
  LYC2407: {
    severity: "warning",
    title: "registry that the credentials do not fit (assumed)",
    remedy: 'Give `registryCredentials` of `type: "aws"` for that account.',
  },
  LYC2408: {
    severity: "warning",
    title: "run that only its time limit ends (assumed)",
    remedy: 'Give the service whose end is that of the run `restart: "no"` or `on-failure`.',
  },
  LYC2601: {
    severity: "warning",
    title: "key that is written out",
    remedy: "Revoke it if others have read it. Take it from a variable or give the whole text as a secret.",
  },
  LYC2602: {
    severity: "warning",
    title: "what looks like a password or a key, written out",
    remedy: "Take it from a variable, or give the whole text as a secret.",
  },
} as const satisfies Record<string, CatalogueEntry>;

/** The stable code of a diagnostic that validation can find. */
export type ValidationCode = keyof typeof validationCatalogue;
