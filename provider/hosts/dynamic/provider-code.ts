/**
 * Makes a provider text (`__provider`). The text only names a module. So the state stays small, and contains no code
 * that nobody can change later. If the module is missing, no other code of the package can run, so the text itself
 * reports this. States of 0.1.0 may have the text without that message. A different text has no effect, because the
 * host does not compare the texts.
 */
function providerText(module: string): string {
  const missing = `"LYC4001: pulumi-lyceum is not installed in "+process.cwd()+". Run there: npm install pulumi-lyceum"`;
  // The host prints the message and the stack of this error on the stack's row. The resource's own row shows the whole
  // message.
  const quiet = `{stack:"told on the resource's own row",toString:()=>"LYC4001"}`;
  return `exports.handler=()=>{try{return require("${module}")}catch(e){if(!/^Cannot find module 'pulumi-lyceum/.test(e&&e.message))throw e;throw Object.assign(Error(${missing}),${quiet})}}`;
}

/** The provider text of every execution. It must not change: states contain it, and the engine has to run it. */
export const EXECUTION_PROVIDER = providerText("pulumi-lyceum/dynamic");

/** The provider text of stored files, which must not change either. */
export const FILES_PROVIDER = providerText("pulumi-lyceum/dynamic/files");

/** The provider text of the scope, which must not change either. */
export const SCOPE_PROVIDER = providerText("pulumi-lyceum/dynamic/scope");
