/**
 * Makes a provider text (`__provider`). The text only names a module, so the state stays small and contains no code
 * that could become outdated. If the module is missing, no other code of the package can run, so the text itself
 * reports the missing package. States of version 0.1.0 may have a text without this report. A different text has no
 * effect, because the host does not compare the texts.
 */
function providerText(module: string): string {
  const missing = `"LYC4001: pulumi-lyceum is not installed in "+process.cwd()+". Run there: npm install pulumi-lyceum"`;
  // The host prints the message and the stack of this error on the stack's row. The resource's own row shows the whole
  // message.
  const quiet = `{stack:"told on the resource's own row",toString:()=>"LYC4001"}`;
  return `exports.handler=()=>{try{return require("${module}")}catch(e){if(!/^Cannot find module 'pulumi-lyceum/.test(e&&e.message))throw e;throw Object.assign(Error(${missing}),${quiet})}}`;
}

/**
 * The provider text of every execution. The text must not change, because states contain it and the engine has to
 * execute it.
 */
export const EXECUTION_PROVIDER = providerText("pulumi-lyceum/dynamic");

/** The provider text of stored files. This text must not change either. */
export const FILES_PROVIDER = providerText("pulumi-lyceum/dynamic/files");

/** The provider text of the scope. This text must not change either. */
export const SCOPE_PROVIDER = providerText("pulumi-lyceum/dynamic/scope");
