import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as execution from "./execution";
import { EXECUTION_PROVIDER, EXECUTION_TYPE, SCOPE_PROVIDER, SCOPE_TYPE } from "./provider-code";
import * as scope from "./scope";

const manifest = JSON.parse(readFileSync(resolve(__dirname, "../../../package.json"), "utf8")) as {
  exports: Record<string, { default?: string } | string>;
};

describe("what recorded states name for ever", () => {
  test("the bytes of the provider texts and type tokens", () => {
    expect(EXECUTION_PROVIDER).toBe('exports.handler=()=>require("pulumi-lyceum/dynamic")');
    expect(SCOPE_PROVIDER).toBe('exports.handler=()=>require("pulumi-lyceum/dynamic/scope")');
    expect(EXECUTION_TYPE).toBe("pulumi-nodejs:dynamic/lyceum:ComposeExecution");
    expect(SCOPE_TYPE).toBe("pulumi-nodejs:dynamic/lyceum:Scope");
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

  test.each([
    ["execution", execution],
    ["scope", scope],
  ])("%s offers every method that the host calls", (_name, module) => {
    const methods: Record<string, unknown> = { ...module };
    for (const method of ["check", "diff", "create", "read", "update", "delete"]) {
      expect(typeof methods[method]).toBe("function");
    }
  });
});
