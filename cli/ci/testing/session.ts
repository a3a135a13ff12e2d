import { fakeSurface } from "../../testing/surface";
import type { EngineOptions, Session } from "../stack/session";

/** The commands of a fake stack. A command that is not given does nothing. */
export interface FakeCommands {
  readonly preview?: (options: EngineOptions) => void;
  readonly up?: (options: EngineOptions) => void;
  readonly previewRefresh?: (options: EngineOptions) => void;
  /** The state of the stack. */
  readonly deployment?: object;
}

/**
 * Returns a session on a fake stack, and the names of the commands that ran.
 *
 * @param files of the surface
 * @param variables of the environment
 */
export function fakeSession(
  commands: FakeCommands,
  request: Partial<Session["request"]>,
  files: Parameters<typeof fakeSurface>[0] = {},
  variables: Parameters<typeof fakeSurface>[1] = {},
) {
  const ran: string[] = [];
  const command = (name: "preview" | "up" | "previewRefresh") => async (options: EngineOptions) => {
    ran.push(name);
    commands[name]?.(options);
  };
  const envVars: Record<string, string> = {};
  const stack = {
    preview: command("preview"),
    up: command("up"),
    previewRefresh: command("previewRefresh"),
    cancel: async () => undefined,
    getAllConfig: async () => ({}),
    exportStack: async () => ({ deployment: commands.deployment ?? { resources: [] } }),
    workspace: { envVars },
  };
  const stop = new AbortController();
  const surface = fakeSurface(files, variables);
  const session = {
    surface,
    open: { stack, project: "training", removeIfNew: async () => void ran.push("remove if new") },
    stop: { signal: stop.signal },
    request: { stack: "prod", folder: "/project", lockWaitSeconds: 0, annotates: false, ...request },
  } as unknown as Session;
  return { session, surface, ran, stop, envVars };
}
