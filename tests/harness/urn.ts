import { hostOfProject } from "./workspace";

/** URN of an execution at the top of the stack. */
export function urnOf(name: string): string {
  const type =
    hostOfProject() === "plugin" ? "lyceum:index:ComposeExecution" : "pulumi-nodejs:dynamic/lyceum:ComposeExecution";
  return `urn:pulumi:dev::story::${type}::${name}`;
}
