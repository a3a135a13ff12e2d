import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = "pulumi-resource-lyceum";

const base = realpathSync(mkdtempSync(join(tmpdir(), "launcher-")));
const folder = join(base, "a folder");
afterAll(() => rmSync(base, { recursive: true }));

beforeAll(() => {
  mkdirSync(folder);
  copyFileSync(join(__dirname, "launcher.sh"), join(folder, NAME));
  // A program that stands for Node. It prints the folder of the bundle, and the other arguments.
  writeFileSync(join(folder, "node"), `#!/bin/sh\ncd -P "\${1%/${NAME}.cjs}" && pwd && shift && printf '%s\\n' "$@"\n`);
  for (const name of [NAME, "node"]) chmodSync(join(folder, name), 0o755);
  mkdirSync(join(base, "links"));
  symlinkSync(join(folder, NAME), join(base, "links", "absolute"));
  symlinkSync(`../a folder/${NAME}`, join(base, "links", "relative"));
  symlinkSync("links/relative", join(base, "-chain"));
});

const CALLS: readonly (readonly [title: string, cwd: string, command: readonly string[]])[] = [
  ["by its path", "/", [join(folder, NAME)]],
  ["by a relative path", base, [`a folder/${NAME}`]],
  ["from its folder", folder, [`./${NAME}`]],
  ["by a shell, without a path", folder, ["/bin/sh", NAME]],
  ["by a link", "/", [join(base, "links", "absolute")]],
  ["by a relative link", "/", [join(base, "links", "relative")]],
  ["by a link to a link", base, ["./-chain"]],
];

test.each(CALLS)("called %s, it runs the Node and the bundle of its own folder", (_, cwd, [command = "", ...args]) => {
  const printed = execFileSync(command, [...args, "127.0.0.1:1", "two words", ""], { cwd, env: { PATH: "" } });
  expect(printed.toString()).toBe(`${folder}\n127.0.0.1:1\ntwo words\n\n`);
});

test("without a Node next to it, the error names what is missing", () => {
  const copy = join(base, "alone");
  copyFileSync(join(folder, NAME), copy);
  expect(() => execFileSync("/bin/sh", [copy], { env: { PATH: "" }, stdio: "pipe" })).toThrow(/alone.*node/);
});
