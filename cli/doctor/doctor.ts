import { loadConfiguration } from "../../provider/lyceum/configuration/configuration-file";
import { ownManifest, ownVersion } from "../../provider/lyceum/http/own-version";
import type { Walked } from "../../provider/lyceum/probe/walk";
import { type Command, EXIT_CODES, type Surface } from "../command";
import { widthFor } from "../layout";
import { shownJson } from "../reports/json";
import { checkConfiguration } from "./configuration";
import { checkMachine } from "./local";
import { type Machine, thisMachine } from "./machine";
import { DOCTOR_OPTIONS, readDoctorOptions } from "./options";
import { type DoctorCheck, printChecks } from "./print";
import { checkAssumptions, isAllowed, makeProbe } from "./probe";
import { askService, checkService } from "./service";

/**
 * The largest number of attempts for each call. The number is small, because a person waits, and "Lyceum is down" is a
 * useful result.
 */
const ATTEMPTS = 2;

/** `pulumi-lyceum doctor`: reports what is missing on this machine, in the configuration and at Lyceum. */
export const doctor: Command = {
  synopsis: "[options]",
  about: [
    `Checks what a program with a ComposeExecution needs: Node and Pulumi, the source of the API key and of the base URL, and which calls of
    the service work. It never shows the API key. It starts nothing and changes nothing. Each line that
    is not fine has a line below it with what to do.`,
  ],
  options: DOCTOR_OPTIONS,
  closing: [
    "Exit code: 0 if all checks pass; 1 if a line needs attention; 2 if the command line is not valid; 130 after a signal.",
    "docs/guides/doctor.md of the package explains the checks and the probe.",
  ],
  run: (args, surface) => runDoctor(args, surface, thisMachine()),
};

/** Runs `doctor`. Its effects are arguments, so that tests can replace them. */
export async function runDoctor(args: readonly string[], surface: Surface, machine: Machine): Promise<number> {
  const options = readDoctorOptions(args);
  const width = widthFor(surface.columns);
  const { environment } = machine;
  const loaded = loadConfiguration({ environment, stack: {} }, machine.configurationFile);
  const print = (checks: readonly DoctorCheck[]) => options.json || surface.print(printChecks(checks, width));
  let checks: readonly DoctorCheck[] = [
    ...checkMachine(machine, surface.folder, requirements()),
    ...checkConfiguration(loaded, environment),
  ];
  let walked: Walked | undefined;
  if (loaded.kind === "ok") {
    const userAgent = `pulumi-lyceum/${ownVersion()} doctor`;
    const client = machine.connect(loaded.configuration, { environment, userAgent, attempts: ATTEMPTS });
    try {
      const answers = await askService(client);
      checks = [...checks, ...checkService(answers, client)];
      print(checks);
      if (options.probe && "unreachable" in answers)
        surface.printError("No probe was made: the service cannot be reached.");
      else if (options.probe && (await isAllowed(options, machine, surface, width)))
        walked = await makeProbe(options, machine, surface, client);
    } finally {
      await client.close();
    }
  } else {
    print(checks);
    if (options.probe) surface.printError("No probe was made: the configuration cannot be used.");
  }
  if (walked?.interrupted) return EXIT_CODES.stopped;
  const assumptions = walked === undefined ? [] : checkAssumptions(walked);
  if (options.json) surface.print(shownJson(reportOf([...checks, ...assumptions], walked, machine.now())));
  else if (walked !== undefined) surface.print(`\n${printChecks(assumptions, width)}`);
  const isFine = checks.every(({ state }) => state !== "attention") && assumptions.every(({ state }) => state === "ok");
  const isProbed = walked === undefined ? !options.probe : !(walked.cleanedUp ?? walked.lostRun);
  return isFine && isProbed ? EXIT_CODES.clean : EXIT_CODES.errors;
}

function reportOf(checks: readonly DoctorCheck[], walked: Walked | undefined, now: number) {
  return {
    version: ownVersion(),
    at: new Date(now).toISOString(),
    checks: checks.map((check) => ({ ...check, todo: check.todo ?? null })),
    run: walked?.answers.run ?? null,
  };
}

/** Returns the oldest accepted versions of Node and of the Pulumi SDK, from this package's manifest. */
function requirements(): { readonly node: string; readonly pulumi: string } {
  const { engines, peerDependencies } = ownManifest() ?? {};
  const least = (range: unknown): string => /(?<!\d)\d+\.\d+\.\d+/.exec(String(range))?.[0] ?? "0.0.0";
  return { node: least(engines?.node), pulumi: least(peerDependencies?.["@pulumi/pulumi"]) };
}
