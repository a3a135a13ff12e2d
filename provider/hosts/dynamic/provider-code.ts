/**
 * A provider text. It only names a module, so that state stays small and code is never frozen into it; what it adds is the
 * sentence for a module that is not there, since nothing else of the package can run then. States of 0.1.0 may hold the text
 * without that sentence; another text of the same resource changes nothing, because the host does not compare them.
 */
function providerText(module: string): string {
  const missing = `"LYC4001: pulumi-lyceum is not installed in "+process.cwd()+". Run there: npm install pulumi-lyceum"`;
  // The host prints text and stack of an error on the stack's row; the message stands on the resource's own.
  const quiet = `{stack:"told on the resource's own row",toString:()=>"LYC4001"}`;
  return `exports.handler=()=>{try{return require("${module}")}catch(e){if(!/^Cannot find module 'pulumi-lyceum/.test(e&&e.message))throw e;throw Object.assign(Error(${missing}),${quiet})}}`;
}

/** The provider text that every execution stores. Golden: the engine has to understand it for as long as a state that holds it exists. */
export const EXECUTION_PROVIDER = providerText("pulumi-lyceum/dynamic");

/** As `EXECUTION_PROVIDER`, for the scope. */
export const SCOPE_PROVIDER = providerText("pulumi-lyceum/dynamic/scope");
