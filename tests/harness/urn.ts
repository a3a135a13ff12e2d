import { hostOfProject } from "./workspace";

/** Returns the URN of an execution that has no parent but the stack. */
export function urnOf(name: string): string {
  const type =
    hostOfProject() === "plugin" ? "lyceum:index:ComposeExecution" : "pulumi-nodejs:dynamic/lyceum:ComposeExecution";
  return `urn:pulumi:dev::story::${type}::${name}`;
}
