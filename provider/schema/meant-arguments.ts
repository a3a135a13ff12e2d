/** Names that programs use by mistake for an argument, and what to write instead. Case, `_` and `-` do not matter. */
const MEANT: readonly { readonly names: readonly string[]; readonly instead: string; readonly isSource?: true }[] = [
  {
    names: ["services", "compose", "yaml", "file", "path", "project", "definition", "dockerCompose", "composeYaml"],
    instead: 'Give the path of the Compose project as composeFile: "compose.yaml", or its text as composeFileCode.',
    isSource: true,
  },
  {
    names: ["image", "dockerImage", "containerImage"],
    instead: 'Set the image of a service in the Compose file. images: { SERVICE: "…" } replaces it.',
  },
  {
    names: ["environment", "env", "envs", "envVars", "environmentVariables", "vars"],
    instead:
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
      'Set the environment of a service in the Compose file. variables: { NAME: "…" } sets the value of ${NAME} there.',
  },
  {
    names: ["command", "cmd", "args", "entrypoint", "script", "build", "volumes", "mounts", "ports", "networks"],
    instead: "Set it for a service in the Compose file.",
  },
  {
    names: ["gpu", "gpus", "gpuType", "machine", "machineType", "instanceType", "hardware", "accelerator", "cpu"],
    instead: 'Choose the machine with executionType, such as executionType: "gpu.a100".',
  },
  {
    names: ["wait", "waitForCompletion", "awaitCompletion", "waitUntil"],
    instead: 'Write waitFor: "completed" to wait for the end of the run.',
  },
  {
    names: ["retry", "maxRetries", "retryCount", "backoffLimit", "attempts", "maxAttempts"],
    instead: 'Write retries, such as { attempts: 3, on: ["system_failure"] }.',
  },
  { names: ["timeoutSeconds", "maxDuration", "duration", "deadline"], instead: "Write timeout, in seconds." },
  { names: ["gracePeriod", "stopGracePeriod"], instead: "Write gracefulTimeout, in seconds." },
  { names: ["webhook", "webhooks", "callback", "callbackUrl", "callbackUrls"], instead: "Write userCallbackUrls." },
  { names: ["registry", "registryAuth", "credentials", "auth"], instead: "Write registryCredentials." },
  { names: ["executionId", "runId", "id"], instead: "Write existingExecutionId to adopt a run." },
  { names: ["label", "labels", "displayName", "name"], instead: "Write fileName for the label of the run." },
  {
    names: ["apiKey", "baseUrl", "orgSlug", "token"],
    instead: "It is a setting of the provider, such as `pulumi config set --secret lyceum:apiKey`.",
  },
  {
    names: ["replaceOnChanges"],
    instead: "Write rerunOnChanges: in every language, a change of the named arguments then starts a new run.",
  },
  {
    names: [
      "dependsOn",
      "protect",
      "parent",
      "provider",
      "ignoreChanges",
      "aliases",
      "deleteBeforeReplace",
      "retainOnDelete",
      "customTimeouts",
      "import",
      "version",
      "additionalSecretOutputs",
      "transformations",
      "transforms",
    ],
    instead: "It is a resource option: give it with the options of the resource.",
  },
];

const BY_NAME = new Map(MEANT.flatMap((row) => row.names.map((name) => [plain(name), row] as const)));

/** Returns what to write in place of a wrong argument name. Returns undefined if the table does not have the name. */
export function insteadOf(name: string): string | undefined {
  return BY_NAME.get(plain(name))?.instead;
}

/**
 * Returns true if a wrong argument name probably means an argument with the Compose project, such as `composeFile`.
 */
export function meansProject(name: string): boolean {
  return BY_NAME.get(plain(name))?.isSource === true;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}
