import { type OptionTexts, PROJECT_CATALOGUE } from "../../compose/project";
import { error, warning, withCodes } from "../../compose/rule";

/**
 * Diagnostics of the rules that Lyceum adds to Compose. LYC23xx: the text needs files or settings of the user's
 * machine, but Lyceum receives only the text. LYC24xx: the run needs something that Lyceum may not have, or may never
 * end by itself.
 */
const REMOTE_CATALOGUE = {
  LYC2301: error(
    "service whose image must be built",
    "Build and push the image with another resource, and pass its reference in `images` (`--image SERVICE=REF`). Or push it yourself, and name it under `image:`.",
  ),
  LYC2302: warning(
    "`build` that Lyceum cannot carry out",
    "Push the image before the run. Or set `images` to the reference of an image that another resource builds.",
  ),
  LYC2304: error("`env_file`", "Write the variables under `environment:`."),
  LYC2305: error("`include`", "Copy what the included files declare into this text."),
  LYC2306: error("`extends` of another file", "Copy the extended service into this text."),
  LYC2307: error(
    "content from a local file",
    "Write the content inline (`content:`, configs only), or put the file into the image.",
  ),
  LYC2401: warning("privileges that the service may not give", "Do without them if the run is refused."),
  LYC2402: warning(
    "namespace of the host",
    "Use a network of the compose document; services reach each other by name.",
  ),
  LYC2403: warning(
    "device of the host",
    "Ask for a GPU with `executionType` and `deploy.resources.reservations.devices`.",
  ),
  LYC2404: warning(
    "mount of a path of the remote machine",
    "Use a named volume unless you know that the path is there.",
  ),
  LYC2405: warning(
    "external resource that may not exist",
    "Declare it without `external`, so that it is made with the run.",
  ),
  LYC2406: warning(
    "GPU requested on a machine that has none",
    "Choose an `executionType` with a GPU, such as `gpu.l40s`.",
  ),
  LYC2407: warning(
    "image in a registry for which the credentials are not valid",
    'Give `registryCredentials` of `type: "aws"` for that account.',
  ),
  LYC2408: warning(
    "run that only its time limit ends",
    'Set `restart: "no"` or `on-failure` for the service that should end the run, or name this service as `job`.',
  ),
};

/** A code that the rules of Lyceum report. The Compose reader also reports LYC2303 and LYC2308. */
export type RemoteCode = keyof typeof REMOTE_CATALOGUE | "LYC2303" | "LYC2308";

/** Every diagnostic of the Compose reader and of the rules of Lyceum. */
export const COMPOSE_CATALOGUE = {
  ...withCodes(PROJECT_CATALOGUE, REMOTE_CATALOGUE),
  // These entries replace entries of the reader, because the reader knows no runs, no state, no bucket, and no
  // arguments or commands of the provider.
  LYC2303: error(
    "mount of a local path",
    'With `composeFile`, set `localFiles: "upload"` (`--local-files upload`) to store the files in the account\'s bucket, or `"inline"` to send small text files with the text. Or put the files into the image, and keep what the container writes in a named volume.',
  ),
  LYC2311: warning(
    "local file that is copied to the run",
    "Make sure that the run may have it. The service stores it with the run; the state of a stack only has a keyed digest of it. A change of the file starts a new run.",
  ),
  LYC2313: warning(
    "path of this machine's project folder in the text",
    "Write a path of the container, or set the variable `PWD`. Otherwise, another machine starts a new run.",
  ),
  LYC2315: warning(
    "local path whose files are stored in the account's bucket",
    "Check that the account may keep these files. A change of a file starts a new run. What the run writes there stays in the bucket. `npx pulumi-lyceum files` fetches it.",
  ),
  LYC2501: error(
    "file that cannot be read",
    "Correct the path, or make sure that the file exists when the program runs.",
  ),
  LYC2503: error(
    "path outside the project folder",
    "Keep the files of a project below its folder, or name a folder above it as `composeRoot` (`--root`).",
  ),
};

/**
 * Texts that replace the reader's texts about options. They name the arguments of a program and the flags of a command.
 */
export const ARGUMENT_TEXTS = {
  widerRoot: "Name a wider folder as `composeRoot` (`--root`), or copy the files into the project.",
  storeOrImage: 'Set `localFiles: "upload"` (`--local-files upload`), or put the files into the image.',
  copyFromHome:
    "Copy what the run needs into the project, pass credentials as secret `variables`, or declare a volume under the top-level `volumes:` for what the container writes.",
  nameJob: 'Name the job to run: `job: "NAME"` (`--job NAME`).',
  variables: "`variables: {",
  store: "the account's bucket",
} satisfies OptionTexts;

/** The stable code of a diagnostic of a Compose document. */
export type ComposeCode = keyof typeof COMPOSE_CATALOGUE;
