import { asMapping, isMapping, isSet, locationsOf } from "./model";
import { refuseVolumeMount } from "./volume-mounts";

/** Validates one value. Returns why it is refused, or undefined. */
type Check = (value: unknown) => string | undefined;

const NO_FILES = "only the text of the compose file reaches the service, no other file of yours";
const NO_HOST = "a run has no access to the machine it runs on";
const NO_OTHERS = "a run cannot reach what other projects made";

type Rule = readonly [pattern: string, check: Check];

const RULES: readonly Rule[] = [
  ["include", whenSet(`${NO_FILES}; put the included services into the text`)],
  ["models", whenSet("models run on the machine itself, outside the run")],

  ["services.*.build", whenSet("images are not built here; push the image to a registry and name it with `image`")],
  ["services.*.env_file", whenSet(`${NO_FILES}; write the variables under \`environment\``)],
  ["services.*.label_file", whenSet(`${NO_FILES}; write the labels under \`labels\``)],
  ["services.*.extends.file", whenSet(`${NO_FILES}; extend a service of the same text`)],
  ["services.*.develop", whenSet(`${NO_FILES}; there is nothing to watch`)],
  ["services.*.credential_spec", whenSet(NO_FILES)],
  ["services.*.provider", whenSet("a provider is a program on the machine that runs compose")],
  ["services.*.models", whenSet("models run on the machine itself, outside the run")],

  ...["privileged", "devices", "device_cgroup_rules", "cap_add", "cgroup_parent"].map((key): Rule => {
    return [`services.*.${key}`, whenSet(NO_HOST)];
  }),
  ["services.*.security_opt.*", refuseSecurityOption],
  [
    "services.*.runtime",
    whenSet("the runtime belongs to the machine; ask for a GPU with `deploy.resources.reservations.devices`"),
  ],
  ["services.*.use_api_socket", whenSet("the docker socket is the whole machine")],
  ...["network_mode", "net"].map((key): Rule => [`services.*.${key}`, refuseNetworkMode]),
  ...["pid", "ipc", "uts", "userns_mode", "cgroup"].map((key): Rule => [`services.*.${key}`, refuseForeignNamespace]),
  ["services.*.volumes_from", whenSet(`${NO_OTHERS}; share a named volume instead`)],
  ["services.*.external_links", whenSet(NO_OTHERS)],
  ["services.*.post_start.*.privileged", whenSet(NO_HOST)],
  ["services.*.pre_stop.*.privileged", whenSet(NO_HOST)],

  ["volumes.*.external", whenSet(NO_OTHERS)],
  ["volumes.*.driver", unlessOneOf(["local"], "only the driver `local` is there")],
  ["volumes.*", refuseVolumeOptions],
  ["networks.*.external", whenSet(NO_OTHERS)],
  ["networks.*.driver", unlessOneOf(["bridge", "default"], `${NO_HOST}; only bridge networks are there`)],
  ...["configs", "secrets"].flatMap((kind): Rule[] => [
    [`${kind}.*.file`, whenSet(kind === "configs" ? `${NO_FILES}; write it as \`content\`` : NO_FILES)],
    [`${kind}.*.environment`, whenSet("the variables of your shell do not reach the service")],
    [`${kind}.*.external`, whenSet(NO_OTHERS)],
    [`${kind}.*.driver`, whenSet(NO_OTHERS)],
    [`${kind}.*.template_driver`, whenSet(NO_OTHERS)],
  ]),
];

/**
 * Returns all reasons why the emulator refuses to run a Compose model.
 *
 * `prepareModel` calls this function twice. The first call is for the text as written: to normalize the text, Compose
 * would read the files of `env_file`, `include` and `extends`. The second call is for the normalized model: only this
 * model has the values of interpolations (`${X:-host}`).
 *
 * @param model one YAML document of the text, or the normalized model
 * @param isBucketThere whether services may mount paths of the bucket
 * @returns one sentence for each error, with the location of the error in front (`services.web.build: …`)
 */
export function refusals(model: unknown, isBucketThere = false): readonly string[] {
  const volumes: Rule = ["services.*.volumes.*", (mount) => refuseVolumeMount(mount, isBucketThere)];
  return [...RULES, volumes].flatMap(([pattern, check]) =>
    locationsOf(model, pattern).flatMap(({ path, value }) => {
      const reason = check(value);
      return reason === undefined ? [] : [`${path}: refused, ${reason}.`];
    }),
  );
}

function whenSet(reason: string): Check {
  return (value) => (isSet(value) ? reason : undefined);
}

function unlessOneOf(allowed: readonly string[], reason: string): Check {
  return (value) => (isSet(value) && !allowed.includes(String(value)) ? reason : undefined);
}

function refuseForeignNamespace(value: unknown): string | undefined {
  const mode = String(value).trim().toLowerCase();
  if (mode === "host") return NO_HOST;
  return mode.startsWith("container:") ? NO_OTHERS : undefined;
}

/** Refuses a network mode that names a network which this run has not created. */
function refuseNetworkMode(value: unknown): string | undefined {
  const mode = String(value ?? "").trim();
  // A value with variables is checked later, after Compose has normalized it.
  if (mode.includes("$") || /^(none|bridge|default|service:.+)?$/.test(mode)) return undefined;
  return refuseForeignNamespace(mode) ?? `${NO_OTHERS}; name its networks under \`networks\``;
}

/**
 * Refuses security options except `no-new-privileges`, which only removes rights. Other options may weaken the
 * isolation or read a file.
 */
function refuseSecurityOption(value: unknown): string | undefined {
  return /^no-new-privileges([:=](true|false))?$/.test(String(value)) ? undefined : NO_HOST;
}

/** Refuses a volume whose options can mount a folder of this machine, a device, or a network share. */
function refuseVolumeOptions(value: unknown): string | undefined {
  const options = isMapping(value) ? asMapping(value.driver_opts) : {};
  if (!isSet(options)) return undefined;
  const named = ["type", "device"].every((key) => options[key] === undefined || options[key] === "tmpfs");
  const binds = /\br?bind\b/.test(String(options.o ?? ""));
  return named && !binds
    ? undefined
    : "a volume with `driver_opts` mounts what is outside the run; only tmpfs is there";
}
