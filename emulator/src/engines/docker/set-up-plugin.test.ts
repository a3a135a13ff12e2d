import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { arch, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { choosePlugin } from "./probe";
import { setUpPlugin } from "./set-up-plugin";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "set-up-plugin-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function addTool(name: string): string {
  const folder = join(root, ".cache", "tools", name, "cli-plugins");
  mkdirSync(folder, { recursive: true });
  const plugin = join(folder, "docker-compose");
  writeFileSync(plugin, "");
  return plugin;
}

const here = `${platform()}-${arch()}`;

test("the newest plugin that set-up built for this machine is found from a folder below", () => {
  addTool(`docker-compose-2.9.10-${here}`);
  const newest = addTool(`docker-compose-2.40.3-${here}`);
  addTool("docker-compose-9.9.9-plan9-mips");
  addTool(`pulumi-9.9.9-${here}`);
  mkdirSync(join(root, ".cache", "tools", `docker-compose-9.9.9-${here}`), { recursive: true });
  const below = join(root, "emulator", "dist", "engines");
  mkdirSync(below, { recursive: true });
  expect(setUpPlugin(below)).toBe(newest);
});

test("without a set-up there is none", () => {
  expect(setUpPlugin(root)).toBeUndefined();
  mkdirSync(join(root, ".cache", "tools"), { recursive: true });
  expect(setUpPlugin(root)).toBeUndefined();
});

test.each([
  ["docker's own where it is recent", { path: "/own", version: "v2.40.3" }, "/set-up", "/own"],
  ["that of set-up where docker has none", undefined, "/set-up", "/set-up"],
  ["that of set-up where docker's is too old", { path: "/own", version: "2.1.0" }, "/set-up", "/set-up"],
  ["docker's own where there is no other", { path: "/own", version: "2.1.0" }, undefined, "/own"],
  ["none where there is none", undefined, undefined, undefined],
])("taken is %s", (_, own, setUp, expected) => {
  expect(choosePlugin(own, setUp)).toBe(expected);
});
