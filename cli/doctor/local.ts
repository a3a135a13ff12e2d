import type { Machine } from "./machine";
import type { DoctorCheck } from "./print";

/** The versions that the package needs, from its package.json. */
export interface Requirements {
  /** The version of Node, such as `20.18.1`. */
  readonly node: string;
  /** The version of the Pulumi SDK, such as `3.248.0`. */
  readonly pulumi: string;
}

const GROUP = "This machine";

/** Checks Node, the Pulumi CLI and the Pulumi SDK on this machine. */
export function checkMachine(machine: Machine, folder: string, needs: Requirements): readonly DoctorCheck[] {
  return [checkNode(machine.nodeVersion, needs), checkCli(machine.pulumi()), checkSdk(machine, folder, needs)];
}

function checkNode(version: string, needs: Requirements): DoctorCheck {
  const text = `${version} (needs ${needs.node} or later)`;
  const check = { id: "node", group: GROUP, name: "Node", text } as const;
  if (isAtLeast(version, needs.node)) return { ...check, state: "ok" };
  return { ...check, state: "attention", todo: `Install Node ${needs.node} or later.` };
}

function checkCli(found: ReturnType<Machine["pulumi"]>): DoctorCheck {
  const check = { id: "pulumi-cli", group: GROUP, name: "Pulumi CLI" } as const;
  if (found === undefined) {
    const todo = "Install the Pulumi CLI (https://www.pulumi.com/docs/install/) and put it on PATH.";
    return { ...check, state: "attention", text: "not found on PATH", todo };
  }
  if (found.version === undefined) {
    const todo = "Run `pulumi version` and follow its message.";
    return { ...check, state: "attention", text: `${found.path} does not report a version`, todo };
  }
  return { ...check, state: "ok", text: `${found.version} (${found.path})` };
}

function checkSdk(machine: Machine, folder: string, needs: Requirements): DoctorCheck {
  const check = { id: "pulumi-sdk", group: GROUP, name: "@pulumi/pulumi" } as const;
  const version = machine.packageVersion("@pulumi/pulumi", folder);
  if (version === undefined) {
    const todo = "In the folder of the program: `npm install pulumi-lyceum @pulumi/pulumi`.";
    return { ...check, state: "attention", text: "not found from this folder", todo };
  }
  const text = `${version} (needs ${needs.pulumi} or later)`;
  if (isAtLeast(version, needs.pulumi)) return { ...check, state: "ok", text };
  return {
    ...check,
    state: "attention",
    text,
    todo: "In the folder of the program: `npm install @pulumi/pulumi@latest`.",
  };
}

/** Returns whether a version is the required version or later. Compares only the three numbers. */
export function isAtLeast(version: string, needed: string): boolean {
  const [have, need] = [version, needed].map((text) => text.split(/[.+-]/, 3).map(Number));
  for (const index of [0, 1, 2]) {
    const [a, b] = [have?.[index] ?? 0, need?.[index] ?? 0];
    if (a !== b) return a > b;
  }
  return true;
}
