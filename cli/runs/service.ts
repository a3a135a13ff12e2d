import { SIMULATED, sentence } from "../../provider/display/wording";
import { createLyceumClient, type LyceumClient } from "../../provider/lyceum/client";
import { configurationFileUnder, loadConfiguration } from "../../provider/lyceum/configuration/configuration-file";
import { LyceumError } from "../../provider/lyceum/errors";
import { DEFAULT_PORTS } from "../../provider/lyceum/http/caller";
import { EXIT_CODES, type Surface, UsageError } from "../command";
import { artifactsOfStack, type RecordedArtifacts, recordedArtifacts } from "./recorded-artifacts";
import { type RecordedSecrets, recordedRuns, recordedSecrets } from "./recorded-runs";

/** The objects that the commands about runs need, in addition to those that every command has. */
export interface RunService {
  readonly client: LyceumClient;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  /**
   * Fires at the first stop request, or when nobody reads the output any more. A second ^C ends the process at once.
   */
  readonly stopped: AbortSignal;
  /** Prints a text. If nobody reads the output any more, stops the command's work. */
  readonly print: (text: string) => void;
  /**
   * Returns the ids of the runs in the state of a stack. The key of an id is the URN of the resource. Throws if the
   * stack cannot be read.
   */
  readonly recorded: (stack: string) => ReadonlyMap<string, string>;
  /**
   * Returns the artifacts of a run in the state of a stack, by the names of the artifacts. `named` is the name or URN
   * of the resource, or the id of the run. Throws if the stack cannot be read.
   */
  readonly artifacts: (named: string, stack: string | undefined) => RecordedArtifacts["artifacts"];
  /** Returns the artifacts of all runs in the state of a stack, by the ids of the runs. */
  readonly artifactsOf: (stack: string) => ReadonlyMap<string, RecordedArtifacts["artifacts"]>;
  /**
   * Returns the secrets of the runs in the state of a stack. Undefined if Pulumi cannot decrypt them on this machine.
   */
  readonly secrets: (stack: string) => RecordedSecrets | undefined;
}

/**
 * Runs work that needs Lyceum. If Lyceum returns an error, reports the error and returns exit code 2.
 * @param showsRuns whether to print a note after the work if an emulator simulates the runs
 */
export async function withService(
  surface: Surface,
  work: (service: RunService) => Promise<number>,
  showsRuns = true,
): Promise<number> {
  const loaded = loadConfiguration({ environment: process.env, stack: {} }, configurationFileUnder());
  if (loaded.kind === "errors") {
    surface.printError(loaded.errors.map(String).join("\n"));
    return EXIT_CODES.usage;
  }
  const client = createLyceumClient(loaded.configuration);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, onSignal);
  let isRead = true;
  try {
    const code = await work({
      client,
      now: DEFAULT_PORTS.now,
      sleep: DEFAULT_PORTS.sleep,
      stopped: stop.signal,
      print: (text) => {
        isRead &&= surface.print(text);
        if (!isRead) stop.abort();
      },
      recorded: (stack) => recordedRuns(stack, surface.folder),
      artifacts: (named, stack) => recordedArtifacts(named, stack, surface.folder).artifacts,
      artifactsOf: (stack) => artifactsOfStack(stack, surface.folder),
      secrets: (stack) => recordedSecrets(stack, surface.folder),
    });
    if (!isRead) return EXIT_CODES.clean;
    if (showsRuns && client.isSimulated?.() === true) surface.printError(SIMULATED);
    return stop.signal.aborted ? EXIT_CODES.stopped : code;
  } catch (error) {
    // A stopped command prints no error, because the stop may have caused the error. An output that nobody reads any
    // more is no error either.
    if (stop.signal.aborted) return isRead ? EXIT_CODES.stopped : EXIT_CODES.clean;
    // The options were validated before. So a usage error at this point concerns a run, and not the command line.
    const isAboutRuns = UsageError.isInstance(error);
    if (!isAboutRuns && !isExplained(error)) throw error;
    surface.printError(LyceumError.isInstance(error) ? String(error) : sentence(error.message));
    return EXIT_CODES.usage;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.removeListener(signal, onSignal);
    await client.close();
  }
}

/** Returns whether an error has a code. The message of such an error says what happened and what to do. */
function isExplained(error: unknown): error is Error {
  return LyceumError.isInstance(error) || (error instanceof Error && /^LYC\d{4}: /.test(error.message));
}
