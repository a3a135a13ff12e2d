import type * as Compiler from "./schema-compiler";

/** Returns a compiler of JSON schemas that is loaded when it is first used, so that the emulator starts faster. */
export function laterCompiler(...options: Parameters<typeof Compiler.schemaCompiler>): Compiler.SchemaCompiler {
  let compiler: Compiler.SchemaCompiler | undefined;
  return (schema) => {
    compiler ??= (require("./schema-compiler") as typeof Compiler).schemaCompiler(...options);
    return compiler(schema);
  };
}
