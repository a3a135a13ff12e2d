/**
 * A provider text (`__provider`). It only names a module, so that the state stays small and contains no code that
 * cannot be changed later. The text itself reports a missing module, because no other code of the package can run then.
 * States of 0.1.0 may have the text without that message. The host does not compare the texts, so a different one has
 * no effect.
 */
function providerText(module: string): string {
  const missing = `"LYC4001: pulumi-lyceum is not installed in "+process.cwd()+". Run there: npm install pulumi-lyceum"`;
  // The host prints message and stack of this error on the stack's row. The resource's own row has the message too.
  const quiet = `{stack:"told on the resource's own row",toString:()=>"LYC4001"}`;
  return `exports.handler=()=>{try{return require("${module}")}catch(e){if(!/^Cannot find module 'pulumi-lyceum/.test(e&&e.message))throw e;throw Object.assign(Error(${missing}),${quiet})}}`;
}

/** The provider text of every execution. It must not change: states contain it, and the engine has to run it. */
export const EXECUTION_PROVIDER = providerText("pulumi-lyceum/dynamic");

/** The provider text of the scope, as `EXECUTION_PROVIDER`. */
export const SCOPE_PROVIDER = providerText("pulumi-lyceum/dynamic/scope");
