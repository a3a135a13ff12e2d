import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isError, loadAutomation, type PulumiStack } from "./automation";

/** A stack that was selected or created. */
export interface OpenStack {
  readonly stack: PulumiStack;
  /** Name of the project. */
  readonly project: string;
  /** Removes the stack again, where this command created it, and brings its settings back as they were. */
  readonly removeIfNew: () => Promise<void>;
}

/** Selects a stack, or creates it where it does not exist. Backend, passphrase and keys come from the environment only. */
export async function openStack(folder: string, stackName: string): Promise<OpenStack> {
  const { LocalWorkspace } = loadAutomation(folder);
  const program = { stackName, workDir: folder };
  const settings = join(folder, `Pulumi.${stackName.split("/").at(-1)}.yaml`);
  const before = textOf(settings);
  let isNew = false;
  const stack = await LocalWorkspace.selectStack(program).catch((error) => {
    if (!isError(error, "StackNotFoundError")) throw error;
    isNew = true;
    return LocalWorkspace.createStack(program);
  });
  const { name: project } = await stack.workspace.projectSettings();
  return {
    stack,
    project,
    removeIfNew: async () => {
      if (!isNew) return;
      // Without --force: a stack in which another command has created something meanwhile stays.
      await stack.workspace.removeStack(stackName, { preserveConfig: true });
      if (before === undefined) rmSync(settings, { force: true });
      else writeFileSync(settings, before);
    },
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
