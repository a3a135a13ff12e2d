import { dirname, join } from "node:path";
import { dockerHost } from "./emulator/docker";
import { ROOT } from "./root";
import type { Workspace } from "./workspace";

/** The folders whose paths are in an environment. */
export type Folders = Pick<Workspace, "home" | "temporary" | "pulumiHome" | "state">;

/**
 * The variable that identifies every process of a scenario. With this variable, tests find processes that were left
 * behind.
 */
export const MARKER = "LYCEUM_SCENARIO";

/**
 * The Node that runs programs and providers. In `npm run test:long`, this is the Node in the plugin's archives.
 * Otherwise, this is the Node that runs the test.
 */
const NODE = process.env.LYCEUM_TEST_NODE || process.execPath;

/**
 * Variables that halve the time of a command, and hide what only Pulumi's own code causes. An installed package does
 * not get these variables, because it must run as it does for a user.
 */
export const QUICK_PROGRAMS = {
  // To write a function of a program into the state, Pulumi loads every module of Node. Node 26 warns of the
  // experimental modules.
  NODE_OPTIONS: `--disable-warning=ExperimentalWarning --require=${join(ROOT, "tests", "harness", "processes", "when-used.cjs")}`,
  // Turns off type checks, because `tests/docs/examples.test.ts` checks the types of all programs at once.
  PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  // From Node 22 on, a command can use code that an earlier command has compiled and stored in this folder.
  NODE_COMPILE_CACHE: join(ROOT, ".cache", "compiled"),
};

/**
 * Returns an environment that contains nothing of the user's: no home, no settings, no plugins, no check for updates.
 */
export function pulumiEnvironment(
  work: Folders,
  pulumiFolder: string,
  marker: string,
  lyceum: { readonly url: string; readonly apiKey: string },
): Readonly<Record<string, string>> {
  return {
    ...baseEnvironment(work, marker),
    PATH: [pulumiFolder, dirname(NODE), dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
    PULUMI_HOME: work.pulumiHome,
    PULUMI_BACKEND_URL: `file://${work.state}`,
    // The passphrase must never change, because recorded states are encrypted with it.
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for stories",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    LYCEUM_BASE_URL: lyceum.url,
    LYCEUM_API_KEY: lyceum.apiKey,
  };
}

/**
 * Returns the emulator's environment. It contains the variables with which the emulator finds Docker, and no secret.
 */
export function emulatorEnvironment(work: Folders, marker: string): Readonly<Record<string, string>> {
  const plugin = process.env.LYCEUM_TEST_COMPOSE_PLUGIN;
  return {
    ...baseEnvironment(work, marker),
    PATH: process.env.PATH ?? "",
    ...dockerHost(),
    ...(plugin === undefined || plugin === "" ? {} : { LYCEUM_EMULATOR_COMPOSE_PLUGIN: plugin }),
  };
}

function baseEnvironment(work: Folders, marker: string): Readonly<Record<string, string>> {
  return { HOME: work.home, TMPDIR: work.temporary, LANG: "C.UTF-8", NO_COLOR: "1", [MARKER]: marker };
}
