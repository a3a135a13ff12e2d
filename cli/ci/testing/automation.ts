import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The two functions of the Automation API with which `ci` opens a stack. */
export interface FakeWorkspace {
  readonly selectStack: (program: { readonly stackName: string; readonly workDir: string }) => Promise<unknown>;
  readonly createStack: (program: { readonly stackName: string; readonly workDir: string }) => Promise<unknown>;
}

/** Installs these functions as the Automation API of the projects in a folder. */
export function installAutomation(folder: string, workspace: FakeWorkspace): void {
  const module = join(folder, "node_modules", "@pulumi", "pulumi", "automation");
  mkdirSync(module, { recursive: true });
  const key = `automation of ${folder}`;
  (globalThis as Record<string, unknown>)[key] = workspace;
  const text = `module.exports = { get LocalWorkspace() { return globalThis[${JSON.stringify(key)}]; } };`;
  writeFileSync(join(module, "index.js"), text);
}

/** Returns an error with the name of one of the classes of the Automation API. */
export function automationError(name: string, message = "failed"): Error {
  return Object.assign(new Error(message), { name });
}
