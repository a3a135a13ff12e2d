/**
 * The provider text that every dynamic resource stores. It only names a module, so that state stays small and code is
 * never frozen into it; the engine has to understand it for as long as a state that holds it exists. Golden: never change.
 */
export const EXECUTION_PROVIDER = 'exports.handler=()=>require("pulumi-lyceum/dynamic")';

/** As `EXECUTION_PROVIDER`, for the scope. */
export const SCOPE_PROVIDER = 'exports.handler=()=>require("pulumi-lyceum/dynamic/scope")';

/** Type tokens of the dynamic resources: `pulumi-nodejs:dynamic` is where the engine's Node host looks. */
export const EXECUTION_TYPE = "pulumi-nodejs:dynamic/lyceum:ComposeExecution";
export const SCOPE_TYPE = "pulumi-nodejs:dynamic/lyceum:Scope";
