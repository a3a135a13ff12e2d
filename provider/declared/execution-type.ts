/** Types of the resource in both hosts. */
const TYPES: ReadonlySet<string> = new Set([
  "lyceum:index:ComposeExecution",
  "pulumi-nodejs:dynamic/lyceum:ComposeExecution",
]);

/** Whether resources of a type are executions, in either host. */
export function isExecutionType(type: string): boolean {
  return TYPES.has(type);
}
