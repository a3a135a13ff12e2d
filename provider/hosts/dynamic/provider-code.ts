/**
 * Makes a provider text (`__provider`). The text only names a module, so the state stays small and contains no code
 * that could become outdated. If the package is not installed, the text itself reports this, because no code of the
 * package can run.
 */
function providerText(module: string): string {
  const missing = `"LYC4001: pulumi-lyceum is not installed in "+process.cwd()+". Run there: npm install pulumi-lyceum"`;
  // The row of the resource shows the text in `missing`. On the row of the stack, the host prints the texts in `quiet`.
  const quiet = `{stack:"told on the resource's own row",toString:()=>"LYC4001"}`;
  return `exports.handler=()=>{try{return require("${module}")}catch(e){if(!/^Cannot find module 'pulumi-lyceum/.test(e&&e.message))throw e;throw Object.assign(Error(${missing}),${quiet})}}`;
}

/** The `__provider` of every `ComposeExecution`. The text must not change, because states contain it. */
export const EXECUTION_PROVIDER = providerText("pulumi-lyceum/dynamic");

/** The `__provider` of every `StoredFiles`. The text must not change, because states contain it. */
export const FILES_PROVIDER = providerText("pulumi-lyceum/dynamic/files");

/** The `__provider` of every `Scope`. The text must not change, because states contain it. */
export const SCOPE_PROVIDER = providerText("pulumi-lyceum/dynamic/scope");
