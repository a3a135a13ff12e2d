import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXECUTION_TYPE, FILES_TYPE, SCOPE_TYPE } from "../../schema/type-tokens";
import { EXECUTION_PROVIDER, FILES_PROVIDER, SCOPE_PROVIDER } from "./provider-code";

const manifest = JSON.parse(readFileSync(resolve(__dirname, "../../../package.json"), "utf8")) as {
  exports: Record<string, { default?: string } | string>;
};

/** Every provider text that states contain: the name of the text, the text, and the module that it loads. */
const TEXTS: readonly (readonly [string, string, string])[] = [
  ["of an execution", EXECUTION_PROVIDER, "pulumi-lyceum/dynamic"],
  ["of stored files", FILES_PROVIDER, "pulumi-lyceum/dynamic/files"],
  ["of a scope", SCOPE_PROVIDER, "pulumi-lyceum/dynamic/scope"],
  ["of an execution of 0.1.0", 'exports.handler=()=>require("pulumi-lyceum/dynamic")', "pulumi-lyceum/dynamic"],
  ["of a scope of 0.1.0", 'exports.handler=()=>require("pulumi-lyceum/dynamic/scope")', "pulumi-lyceum/dynamic/scope"],
];

/** Returns the module that a provider text loads with the given `require`. */
function handlerOf(text: string, require: (name: string) => unknown): () => unknown {
  const exports: { handler?: () => unknown } = {};
  new Function("exports", "require", "process", text)(exports, require, process);
  if (exports.handler === undefined) throw new Error("The text exports no handler.");
  return exports.handler;
}

function thrown(error: unknown): never {
  throw error;
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("the names in recorded states", () => {
  test("the provider texts and type tokens do not change by a byte", () => {
    const sha = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
    expect([EXECUTION_PROVIDER, SCOPE_PROVIDER].map(sha)).toEqual(["4dab189f292c5611", "16b5cad334dc4f7e"]);
    expect(EXECUTION_TYPE).toBe("pulumi-nodejs:dynamic/lyceum:ComposeExecution");
    expect(sha(FILES_PROVIDER)).toBe("112040f7fe0487f5");
    expect(FILES_TYPE).toBe("pulumi-nodejs:dynamic/lyceum:StoredFiles");
    expect(SCOPE_TYPE).toBe("pulumi-nodejs:dynamic/lyceum:Scope");
  });

  test.each(TEXTS)("the text %s finds its module", (_name, text, module) => {
    const loaded = { a: "module" };
    expect(handlerOf(text, (name) => (name === module ? loaded : undefined))()).toBe(loaded);
  });

  test.each(TEXTS.filter(([, text]) => text.includes("catch")))(
    "where there is none, the text %s names the remedy",
    (_name, text, module) => {
      const missing = Object.assign(new Error(`Cannot find module '${module}'\nRequire stack:\n- /a/b.js`), {
        code: "MODULE_NOT_FOUND",
      });
      const shown = thrownBy(() => handlerOf(text, () => thrown(missing))()) as Error;
      expect(shown.message).toBe(
        `LYC4001: pulumi-lyceum is not installed in ${process.cwd()}. Run there: npm install pulumi-lyceum`,
      );
      // The host prints the message and the stack on the stack's row.
      expect(`${shown}: ${shown.stack}`).toBe("LYC4001: told on the resource's own row");
    },
  );

  test.each(TEXTS)("the text %s passes every other error on", (_name, text) => {
    const inner = Object.assign(new Error("Cannot find module 'undici'"), { code: "MODULE_NOT_FOUND" });
    for (const error of [inner, new TypeError("pulumi-lyceum broke")]) {
      expect(thrownBy(() => handlerOf(text, () => thrown(error))())).toBe(error);
    }
  });

  test.each([
    ["./dynamic", "execution.ts"],
    ["./dynamic/scope", "scope.ts"],
    ["./package.json", undefined],
  ])("the package exports %s", (name, source) => {
    const entry = manifest.exports[name];
    expect(entry).toBeDefined();
    if (source === undefined || typeof entry === "string") return;
    expect(entry?.default).toBe(`./dist/provider/hosts/dynamic/${source.replace(".ts", ".js")}`);
    expect(existsSync(resolve(__dirname, source))).toBe(true);
  });
});
