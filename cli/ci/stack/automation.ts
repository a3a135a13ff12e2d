import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Automation from "@pulumi/pulumi/automation";
import { CiError } from "../catalogue";

/** The part of the Automation API that `ci` uses. */
export type AutomationApi = Pick<typeof Automation, "LocalWorkspace">;
/** A stack of the Automation API. */
export type PulumiStack = Automation.Stack;
/** An event of the engine. */
export type EngineEvent = Automation.EngineEvent;

/**
 * Loads the Automation API that the project has installed, because the project's program uses the same version. If the
 * project has not installed it, loads the copy that was installed with this package.
 *
 * @param folder the folder of the Pulumi project
 */
export function loadAutomation(folder: string): AutomationApi {
  for (const from of [join(folder, "package.json"), __filename]) {
    const load = createRequire(from);
    const path = pathOf(load);
    if (path !== undefined) return load(path) as AutomationApi;
  }
  throw new CiError("LYC5001", `Pulumi's Automation API is not installed in ${folder}.`);
}

function pathOf(load: NodeJS.Require): string | undefined {
  try {
    return load.resolve("@pulumi/pulumi/automation");
  } catch {
    return undefined;
  }
}

/**
 * Returns whether an error of the Automation API has one of these names. `instanceof` would fail, because the error's
 * class may come from another copy of the package.
 */
export function isError(
  error: unknown,
  ...names: readonly ("StackNotFoundError" | "StackAlreadyExistsError" | "ConcurrentUpdateError" | "CommandError")[]
): error is Error {
  return error instanceof Error && names.some((name) => error.name === name);
}

/** Returns the error message of the Pulumi CLI, without the command line and the output around the message. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/spawn \S*pulumi ENOENT/.test(text)) return new CiError("LYC5002", "There is no `pulumi` on PATH.").message;
  const errors = text.split("\n").flatMap((line) => {
    const [, reason] = /^\s*(?:stderr: )?error: (.*)$/.exec(line) ?? [];
    return reason === undefined ? [] : [reason];
  });
  if (errors.length > 0) return [...new Set(errors)].join("\n");
  const [first = text] = text.split("\n").filter((line) => /\S/.test(line) && !/^\s*(code|stdout): /.test(line));
  return first.trim();
}
