import { CREDENTIALS, credentials } from "./compound/credentials";
import { HANDLING_INPUTS } from "./handling-inputs";
import type { InputRow } from "./rows";
import { API_LIMITS } from "./rules";
import { flag, line, list, machine, source, urls, wholeSeconds } from "./value-types";

/**
 * Every argument of a ComposeExecution, in the order of the reference. The check, the lifecycle, the request and the
 * documentation all use this table.
 */
export const INPUTS = {
  composeFile: {
    type: source("string | string[]", "path, or list of paths", {
      anyOf: [{ type: "string" }, { items: { type: "string" } }],
    }),
    role: "source",
    plain: true,
    apiField: "compose_file_code",
    apiNote: ": the resolved text, at most 1 MB. The path is not sent, and a change of the path alone starts no run",
    doc: "The Compose project: a file, several files that are merged in their order, or a folder with a `compose.yaml` (or another of Compose's names) and its override. Paths are relative to the program's directory. The provider resolves `include`, `extends`, `env_file`, files of configs and secrets, and variables, as `docker compose config` does. A program sets exactly one of `composeFile` and `composeFileCode`.",
    example: 'composeFile: ["compose.yaml", "compose.gpu.yaml"]',
  },
  composeFileCode: {
    type: source("string", "text", { type: "string" }),
    role: "source",
    apiField: "compose_file_code",
    apiNote:
      ", at most 1 MB. If the text has jobs, or if `variables`, `images`, `profiles` or `job` is set, the provider resolves the text first. Otherwise, it sends the text unchanged",
    notOutput: "it may have 1 MB, and secrets. `composeDigest` shows a change of its meaning",
    doc: "The Compose text itself. It may be an output of another resource.",
    example: `composeFileCode: 'services: {job: {image: "busybox:stable", command: [echo, hello]}}'`,
  },
  variables: {
    type: source("Record<string, pulumi.Input<string | number | boolean>>", "map of names to text, number or boolean", {
      values: { anyOf: [{ type: "string" }, { type: "number" }, { type: "boolean" }] },
    }),
    role: "source",
    notOutput: "their values may be secret",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
    doc: "Variables for `${NAME}` in the project. These variables win over `inheritEnvironment` and `envFiles`. The provider never shows a variable that is secret or has the name of a secret (`DB_PASSWORD`), nor a value that contains such a variable.",
    example: 'variables: { TAG: "1.4", DB_PASSWORD: config.requireSecret("dbPassword") }',
  },
  images: {
    type: source("Record<string, pulumi.Input<string>>", "map of services to image references", {
      values: { type: "string" },
    }),
    role: "source",
    doc: "Images that other resources build, by service. Each image replaces the `image` and `build` of its service before the project is validated. A key may also be the `image` that several services with one `build` share. A changed image starts a new run. If an image is not known at preview, it is validated at the update.",
    example: 'images: { web: config.require("webImage") }',
  },
  profiles: {
    type: source("pulumi.Input<string>[]", "list of names", { items: { type: "string" } }),
    role: "source",
    defaultWords: "none",
    doc: "Profiles to enable. `*` enables all. Services without a profile always run.",
    example: 'profiles: ["training"]',
  },
  job: {
    type: line,
    role: "source",
    plain: true,
    defaultWords: "none: all services run",
    doc: 'The job to run, as `docker compose run` does: an entry of the project\'s `jobs`, or one of its services. Only the job and the services that it needs are sent. With `waitFor: "completed"`, the end of the job ends the run: the provider stops the other services once the output shows that the job has ended. The outputs then have the exit code of the job.',
    example: 'job: "train", waitFor: "completed"',
  },
  inheritEnvironment: {
    type: source("string[]", "list of names", { items: { type: "string" } }),
    role: "source",
    plain: true,
    defaultWords: "none: the project gets no variable of the environment",
    doc: "Names of environment variables of the program that the project of `composeFile` may use.",
    example: 'inheritEnvironment: ["HF_TOKEN"]',
  },
  envFiles: {
    type: source("pulumi.Input<string>[]", "list of paths", { items: { type: "string" } }),
    role: "source",
    defaultWords: "the `.env` in the project's folder, if it exists. An empty list means no file",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
    doc: "Env files with variables for `${NAME}` in the project of `composeFile`, like Compose's `--env-file`. Later files win over earlier ones. `variables` and `inheritEnvironment` win over all of them. Paths are relative to the program's directory, and must be inside `composeRoot`. The state contains no value of these files.",
    example: 'envFiles: ["defaults.env", "production.env"]',
  },
  composeRoot: {
    type: source("string", "path", { type: "string" }),
    role: "source",
    plain: true,
    defaultWords: "the folder of the first file",
    doc: "The folder that must contain every file of the project, relative to the program's directory.",
    example: 'composeFile: "deploy/compose.yaml", composeRoot: "."',
  },
  localFiles: {
    type: source('"inline" | "upload"', '`"inline"` or `"upload"`', {
      choices: ["inline", "upload"],
      meanings: {
        inline:
          "Small text files are sent with the Compose text, as configs with their content (LYC2311). A missing or empty folder becomes a named volume (LYC2312). Any other mount is left out if the service's Dockerfile copies the same files to the same path (LYC2314). Otherwise, it is an error.",
        upload:
          "Files and folders of any size, also binary files, are stored in the account's bucket before the start, and the run mounts them from there (LYC2315). Files that services only read are stored once for each content. Files that a service may change are stored for each run, in the folder `filesPrefix`. Files with secrets are sent as with `inline`.",
      },
    }),
    role: "source",
    plain: true,
    defaultWords: "none: a mount of a local path is an error (LYC2303)",
    doc: "What happens to mounts of local paths in the project of `composeFile`. A warning names each mount.",
    example: 'localFiles: "upload"',
  },
  executionType: {
    type: machine,
    role: "identity",
    default: "cpu",
    apiField: "execution_type",
    recorded: "value",
    whenNotRecorded: "",
    inEveryKey: true,
    doc: "The machine, such as `cpu` or `gpu.a100`. One machine runs all services.",
    example: 'executionType: "gpu.a100"',
  },
  timeout: {
    type: wholeSeconds(1, API_LIMITS.timeout),
    role: "nextRun",
    default: 60,
    apiField: "timeout",
    doc: "Seconds after which Lyceum ends the run.",
    example: "timeout: 300",
  },
  gracefulTimeout: {
    type: wholeSeconds(1, API_LIMITS.gracefulTimeout),
    role: "nextRun",
    default: 10,
    apiField: "graceful_timeout",
    doc: "Seconds between the stop signal and the kill when the run is aborted.",
    example: "gracefulTimeout: 30",
  },
  fileName: {
    type: line,
    role: "nextRun",
    defaultWords: "the resource's name",
    apiField: "file_name",
    apiNote: ", after the start key",
    doc: "A label of the run. Lyceum shows the label after the start key, a text by which the provider finds the run again.",
    example: 'fileName: "nightly training"',
  },
  enableS3Mount: {
    type: flag,
    role: "identity",
    default: false,
    apiField: "enable_s3_mount",
    recorded: "value",
    inEveryKey: true,
    doc: "Whether the services of the run see the account's bucket.",
    example: "enableS3Mount: true",
  },
  userCallbackUrls: {
    type: urls,
    role: "nextRun",
    apiField: "user_callback_urls",
    doc: "`https:` URLs that Lyceum calls when the run ends. The calls are not signed and may come more than once.",
    example: 'userCallbackUrls: ["https://example.com/runs"]',
  },
  registryCredentials: {
    type: credentials,
    role: "nextRun",
    secret: true,
    notOutput: "their values are secret",
    doc: "Credentials for the registry of the images. The state always stores them as a secret.",
    example: `registryCredentials: ${CREDENTIALS.basic.example}`,
  },
  triggers: {
    type: list,
    role: "identity",
    default: [] as readonly unknown[],
    defaultWords: "none",
    recorded: "digest",
    notOutput: "their values may be of any kind and size",
    doc: "Values of any kind. When one changes, a new run starts.",
    example: 'triggers: ["dataset-v2"]',
  },
  ...HANDLING_INPUTS,
} as const satisfies Readonly<Record<string, InputRow>>;
