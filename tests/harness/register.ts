import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { NOT_WITH_PLUGIN, ON_CONTAINERS } from "../../tools/test/jest-projects.cjs";
import { close } from "./closing";
import type { EngineName } from "./emulator/emulator";
import { NO_DOCKER, testUnless } from "./needs";
import { Scenario } from "./scenario";
import { type HostName, hostOfProject } from "./workspace";

/** The options with which a test file declares a scenario. */
export interface ScenarioDeclaration {
  /** `__dirname` of the test file. */
  readonly folder: string;
  /**
   * The engines. Default: only the simulated engine. The docker engine, in the jest project `containers`, is for
   * scenarios that need real containers.
   */
  readonly engines?: readonly EngineName[];
  /** See {@link ScenarioOptions.variant}. */
  readonly variant?: string;
  /**
   * The folder of the program, relative to the scenario's folder. Needed if the program is in another folder, such as
   * the program of an example.
   */
  readonly program?: string;
  /** See {@link ScenarioOptions.namedByLabel}. */
  readonly namedByLabel?: boolean;
  /**
   * The hosts. Default: both. Use {@link ONE_HOST} if other scenarios already show how the hosts differ. A scenario
   * with only the plugin needs a reason.
   */
  readonly hosts?: readonly HostName[];
  /** What the scenario needs and this machine does not have. */
  readonly missing?: string | undefined;
  /** The time limit of the whole scenario on one engine, in seconds. Default: 600. */
  readonly seconds?: number;
  /**
   * Whether the scenario runs at the same time as other scenarios of its file that set `waits`. Set this for scenarios
   * that wait most of their time, such as for the end of a lookup.
   */
  readonly waits?: boolean;
}

/**
 * The only host of a scenario about the lifecycle, the API or containers. In such a scenario, the second host would
 * show nothing new.
 */
export const ONE_HOST = ["dynamic"] as const;

/** In the jest project `containers`, each scenario with two engines runs on the second engine. */
const onSecondEngine = (globalThis as { LYCEUM_ENGINE?: EngineName }).LYCEUM_ENGINE === "docker";

/**
 * Declares the test of a scenario in this jest project. Without Docker, scenarios on containers are skipped. If a
 * scenario fails, its work folder stays under `.cache/scenarios`.
 */
export function testScenario(
  title: string,
  declaration: ScenarioDeclaration,
  act: (scenario: Scenario) => Promise<void>,
): void {
  const host = hostOfProject();
  const { hosts = ["dynamic", "plugin"], engines = ["simulated"] } = declaration;
  const [first, second] = engines;
  if (second !== undefined && hosts.includes("dynamic") && !ON_CONTAINERS.includes(basename(declaration.folder)))
    throw new Error("This scenario would never run on containers: name its folder in tools/test/jest-projects.cjs.");
  if (hosts.includes("plugin") && NOT_WITH_PLUGIN.some((name) => declaration.folder.endsWith(`scenarios/${name}`)))
    throw new Error(
      "This scenario would never run with the plugin: tools/test/jest-projects.cjs leaves its folder out.",
    );
  const engine = onSecondEngine ? second : first;
  if (!hosts.includes(host) || engine === undefined) return;
  const { missing = engine === "docker" ? NO_DOCKER : undefined, seconds = 600, waits = false } = declaration;
  const where = host === "plugin" ? "plugin" : engine;
  testUnless(missing, `${title} (${where})`, () => runOnce(declaration, engine, host, act), seconds * 1000, waits);
}

async function runOnce(
  { folder, program, variant, namedByLabel = false }: ScenarioDeclaration,
  engine: EngineName,
  host: HostName,
  act: (scenario: Scenario) => Promise<void>,
): Promise<void> {
  const own = join(folder, `program-${variant}`);
  const programFolder = variant !== undefined && existsSync(own) ? own : join(folder, program ?? "program");
  const scenario = await Scenario.begin({
    folder,
    engine,
    host,
    programFolder,
    namedByLabel,
    ...(variant === undefined ? {} : { variant }),
  });
  try {
    await act(scenario);
    await close(scenario);
  } catch (error) {
    await scenario.abandon();
    throw error;
  }
  scenario.work.remove();
}
