/** The name of the package in Pulumi. */
export const PACKAGE = "lyceum";

/** The token of a resource, function or type of this package, such as `lyceum:index:ComposeExecution`. */
export function token(name: string): string {
  return `${PACKAGE}:index:${name}`;
}

/** The type token of the plugin's resource for executions. */
export const EXECUTION_TOKEN = token("ComposeExecution");

/** The type token of the plugin's resource for files in the bucket. */
export const FILES_TOKEN = token("StoredFiles");

/** The type tokens of the dynamic resources. Pulumi's Node host requires the prefix `pulumi-nodejs:dynamic`. */
export const EXECUTION_TYPE = "pulumi-nodejs:dynamic/lyceum:ComposeExecution";
export const FILES_TYPE = "pulumi-nodejs:dynamic/lyceum:StoredFiles";
export const SCOPE_TYPE = "pulumi-nodejs:dynamic/lyceum:Scope";

/** Returns true for the type tokens of StoredFiles in both hosts. */
export function isFilesType(type: string): boolean {
  return type === FILES_TOKEN || type === FILES_TYPE;
}

/** Returns true for the type tokens of ComposeExecution in both hosts. */
export function isExecutionType(type: string): boolean {
  return type === EXECUTION_TOKEN || type === EXECUTION_TYPE;
}
