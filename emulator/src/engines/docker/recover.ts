import { execFile } from "node:child_process";
import type { EngineEvents, EngineRun } from "../engine";
import type { Daemon } from "./daemon";
import { MARK_LABEL } from "./names";
import type { RunFolders, RunNotes } from "./run-folder";

/** A run that had not ended when the emulator did. */
export interface Recoverable {
  readonly run: EngineRun;
  /** Whether it is known to have run; one that is not is only cleared away, and started again by the caller. */
  readonly started: boolean;
  readonly events: EngineEvents;
  /** Time of the last line of it that was reported (ISO 8601). */
  readonly lastLineAt?: string | undefined;
  /** Whether its abort was asked for: then its containers have perhaps ended by that, and it is `aborted` whatever they say. */
  readonly aborted?: boolean | undefined;
}

/** Something of an execution that nobody watches. */
export interface AbandonedRun {
  readonly executionId: string;
  /** Whether compose may have been at work on it. */
  readonly interrupted: boolean;
}

/** What recovering needs from outside. */
export interface RecoverEffects {
  readonly daemon: Pick<Daemon, "containers" | "executions">;
  readonly folders: Pick<RunFolders, "allNotes" | "remove">;
  readonly log: (message: string) => void;
  readonly mark: string;
  /** Ends an abandoned compose process of an earlier process; a parameter for tests. */
  readonly endAbandoned?: (notes: RunNotes) => Promise<void>;
}

/** What recovering does with what it finds. */
export interface RecoverActions {
  readonly isLive: (executionId: string) => boolean;
  readonly watchOn: (run: Recoverable) => void;
  readonly sweep: (abandonedRun: AbandonedRun) => Promise<void>;
}

/** Takes stock after a restart: watches on over what is whole, and clears away everything else of this engine. */
export async function recoverRuns(
  unfinished: readonly Recoverable[],
  effects: RecoverEffects,
  actions: RecoverActions,
): Promise<void> {
  const { daemon, folders, mark } = effects;
  const notes = new Map((await folders.allNotes()).map((note) => [note.executionId, note]));
  await Promise.all([...notes.values()].map((note) => (effects.endAbandoned ?? endAbandoned)(note)));

  const lost: Recoverable[] = [];
  for (const entry of unfinished.filter(({ started }) => started)) {
    const { executionId } = entry.run;
    const whole = notes.get(executionId)?.up === true && (await daemon.containers(executionId)).length > 0;
    if (whole) actions.watchOn(entry);
    else lost.push(entry);
  }

  const found = new Set([...(await daemon.executions(MARK_LABEL, mark)), ...notes.keys()]);
  const abandonedRuns = [...found].filter((executionId) => !actions.isLive(executionId));
  await Promise.all(
    abandonedRuns.map((executionId) =>
      actions.sweep({ executionId, interrupted: notes.get(executionId)?.up !== true }),
    ),
  );
  for (const { events, aborted } of lost) {
    if (aborted === true) {
      events.ended({ status: "aborted", returnCode: null, errors: [], dockerErrors: [] });
      continue;
    }
    const error = "The emulator ended while the run was going, and its containers could not be resumed.";
    events.ended({ status: "system_failure", returnCode: null, errors: [error], dockerErrors: [] });
  }
}

/** Compose outlives an emulator that was killed. Its process id may be another's by now, so the command line has to name the project. */
async function endAbandoned({ composePid, project }: RunNotes): Promise<void> {
  if (composePid === undefined) return;
  const command = await new Promise<string>((resolve) => {
    execFile("ps", ["-o", "args=", "-p", String(composePid)], (_error, stdout) => resolve(stdout));
  });
  if (!command.split(/\s+/).includes(project)) return;
  try {
    process.kill(-composePid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
