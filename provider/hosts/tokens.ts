/** Name of the package in Pulumi. */
export const PACKAGE = "lyceum";

/** A name of the package as programs write it: `lyceum:index:ComposeExecution`. */
export function token(name: string): string {
  return `${PACKAGE}:index:${name}`;
}

/** Type of the resource. */
export const EXECUTION_TOKEN = token("ComposeExecution");
