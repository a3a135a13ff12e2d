import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackSettings } from "../../../provider/lyceum/configuration/configuration";
import { CiError } from "../catalogue";
import { type AutomationApi, isError, loadAutomation, type PulumiStack, reasonOf } from "./automation";
import { isOfReleasedLock, pastReleasedLock } from "./lock/released";

/** A stack that was selected or created. */
export interface OpenStack {
  readonly stack: PulumiStack;
  readonly project: string;
  /** Removes the stack and restores its settings file, if this command created the stack. Otherwise, does nothing. */
  readonly removeIfNew: () => Promise<void>;
}

/** Selects or creates a stack. Backend, passphrase and keys come only from the environment. */
export async function openStack(folder: string, stackName: string): Promise<OpenStack> {
  const api = loadAutomation(folder);
  const program = { stackName, workDir: folder };
  const settings = join(folder, `Pulumi.${stackName.split("/").at(-1)}.yaml`);
  const before = textOf(settings);
  const { stack, isNew } = await pastReleasedLock(() => selectedOrCreated(api, program));
  const { name: project } = await stack.workspace.projectSettings();
  return {
    stack,
    project,
    removeIfNew: async () => {
      if (!isNew) return;
      try {
        // Without --force, Pulumi does not remove the stack if another command has created something in it.
        await stack.workspace.removeStack(stackName, { preserveConfig: true });
      } catch (error) {
        // Another command has begun to use the stack or has already removed it. The result of this command is still
        // valid.
        if (!isError(error, "CommandError", "ConcurrentUpdateError", "StackNotFoundError")) throw error;
        return;
      }
      if (before === undefined) rmSync(settings, { force: true });
      else writeFileSync(settings, before);
    },
  };
}

/**
 * Selects or creates a stack. If two commands find no stack, only one command can create it. The other command then
 * selects the new stack.
 */
async function selectedOrCreated(
  { LocalWorkspace }: AutomationApi,
  program: { readonly stackName: string; readonly workDir: string },
): Promise<{ readonly stack: PulumiStack; readonly isNew: boolean }> {
  try {
    return { stack: await LocalWorkspace.selectStack(program), isNew: false };
  } catch (error) {
    if (!isError(error, "StackNotFoundError")) throw error;
  }
  try {
    return { stack: await LocalWorkspace.createStack(program), isNew: true };
  } catch (error) {
    if (isError(error, "StackAlreadyExistsError"))
      return { stack: await LocalWorkspace.selectStack(program), isNew: false };
    if (!isError(error, "CommandError") || isOfReleasedLock(error)) throw error;
    const reason = reasonOf(error);
    throw new CiError(
      "LYC5005",
      `The stack ${program.stackName} does not exist, and Pulumi cannot create it: ${reason}${/[.!?]$/.test(reason) ? "" : "."}`,
    );
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Returns the settings of the stack that select the account, such as `lyceum:apiKey`. Never print them. */
export async function stackSettingsOf({ stack }: Pick<OpenStack, "stack">): Promise<StackSettings> {
  const config = await stack.getAllConfig();
  const setting = (name: string) => config[`lyceum:${name}`]?.value;
  return { apiKey: setting("apiKey"), baseUrl: setting("baseUrl"), orgSlug: setting("orgSlug") };
}
