import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../harness/root";

const main = join(ROOT, "dist", "cli", "main.js");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-cli-"));
  writeFileSync(join(folder, "compose.yaml"), "services:\n  web:\n    image: nginx\n    prots: [80]\n");
  const lines = Array.from({ length: 100 }, (_, index) => `    k${index}: ${"x".repeat(2_000)}\n`);
  writeFileSync(join(folder, "many.yaml"), `services:\n  web:\n    image: nginx\n${lines.join("")}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shell(script: string) {
  const env = { ...process.env, MAIN: main, NODE: process.execPath };
  const { status, stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", script], { cwd: folder, env });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

test("the command ends with its exit code, and reports on standard output", () => {
  const { status, stdout, stderr } = shell('"$NODE" "$MAIN" check');
  expect(stdout).toMatch(/^compose\.yaml:4:5 error LYC2105: /);
  expect(stderr).toBe("compose.yaml: 1 error\n");
  expect(status).toBe(1);
  expect(shell('"$NODE" "$MAIN" check missing.yaml').status).toBe(2);
});

test("it reads a pipe that is slow to fill, and a device that has no end", () => {
  expect(shell('(sleep 0.3; cat compose.yaml) | "$NODE" "$MAIN" check -').stdout).toContain("<stdin>:4:5");
  expect(shell('"$NODE" "$MAIN" check /dev/zero').stdout).toContain("LYC2002");
  expect(shell('"$NODE" "$MAIN" check <(cat compose.yaml)').stdout).toMatch(/^\/dev\/fd\/\d+:4:5 error LYC2105/);
  expect(shell('"$NODE" "$MAIN" check compose.yaml -f <(cat compose.yaml)').status).toBe(2);
});

test("the command reads a file of variables, and Node does not", () => {
  writeFileSync(join(folder, "variables.env"), "TAG=1\nNODE_OPTIONS=--require ./planted.js\n");
  writeFileSync(join(folder, "planted.js"), 'console.log("planted");\n');
  writeFileSync(join(folder, "tagged.yaml"), 'services: {web: {image: "i:$TAG"}}\n');
  const bundle = (option: string) => shell(`"$NODE" "$MAIN" bundle tagged.yaml ${option}`);
  expect(bundle("--variable-file variables.env")).toEqual({
    status: 0,
    stdout: "services:\n  web:\n    image: i:1\n",
    stderr: "",
  });
  expect(bundle("--variable-file none.env")).toMatchObject({ status: 2, stdout: "" });
  // Node itself uses Compose's name of this option, so the option has another name here.
  expect(bundle("--env-file variables.env")).toMatchObject({
    status: 2,
    stdout: expect.stringContaining("planted"),
    stderr: expect.stringContaining("it is --variable-file"),
  });
});

test("a long report passes completely through a pipe, and a reader that stops early is not an error", () => {
  const whole = shell('"$NODE" "$MAIN" check many.yaml --json | cat');
  expect(JSON.parse(whole.stdout)).toHaveLength(100);
  const { stdout, stderr } = shell('"$NODE" "$MAIN" check many.yaml | head -n 1');
  expect(stdout).toMatch(/^many\.yaml:4:5 error LYC2105: .*\n$/);
  expect(stderr).toBe("many.yaml: 100 errors\n");
});

test("a full disk is reported", () => {
  const { status, stderr } = shell('"$NODE" "$MAIN" check > /dev/full');
  expect({ status, stderr }).toEqual({ status: 2, stderr: "The output cannot be written (ENOSPC).\n" });
});

test("colors are only for terminals, or by request", () => {
  const colored = (variables: string) => shell(`${variables} "$NODE" "$MAIN" check`).stdout.includes("\u001b[");
  const without = "env -u FORCE_COLOR -u NO_COLOR";
  expect(colored(without)).toBe(false);
  expect(colored(`${without} FORCE_COLOR=1`)).toBe(true);
  expect(colored(`${without} NO_COLOR=1`)).toBe(false);
});

test("a pattern in quotes is matched by the command, and annotations come through a shell unchanged", () => {
  const { status, stdout, stderr } = shell('"$NODE" "$MAIN" check "**/compose.{yaml,yml}" --format github');
  expect(stdout).toMatch(
    /^::error file=[^:]*compose\.yaml,line=4,endLine=4,col=5,endColumn=10,title=LYC2105::Compose .*\n$/,
  );
  expect({ status, stderr }).toEqual({ status: 1, stderr: "compose.yaml: 1 error\n" });
});

test("it loads two files, the entry and the Compose reader, and nothing of Pulumi", () => {
  const script = `
    process.on("exit", () => {
      console.log(Object.keys(require.cache).length);
      require(${JSON.stringify(join(ROOT, "dist/sdk/index.js"))});
      console.log(Object.keys(require.cache).some((file) => /@pulumi|undici|@grpc/.test(file)));
    });
    process.argv = [process.execPath, "pulumi-lyceum", "check"];
    require(${JSON.stringify(main)});`;
  const { stdout } = spawnSync(process.execPath, ["-e", script], { cwd: folder });
  // The last line shows that the test can detect a loaded file.
  expect(stdout.toString()).toMatch(/\n2\ntrue\n$/);
});

test("an unexpected error ends 2, and names lines of the sources", () => {
  writeFileSync(
    join(folder, "planted.cjs"),
    `const { split } = String.prototype;
String.prototype.split = function (...by) {
  if (by[0] === "." && String(this) === "127.0.0.1") throw new TypeError("planted");
  return split.apply(this, by);
};
`,
  );
  writeFileSync(join(folder, "address.yaml"), 'services: {a: {image: i, ports: ["127.0.0.1:80:80"]}}\n');
  const { status, stdout, stderr } = shell('"$NODE" --enable-source-maps -r ./planted.cjs "$MAIN" check address.yaml');
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^pulumi-lyceum \S+ failed unexpectedly on Node \S+: TypeError: planted\n/);
  const [, source = "", line = ""] =
    /\n {4}at .*\b(compose\/short-forms\/addresses\.ts):(\d+):\d+\)\n/.exec(stderr) ?? [];
  expect(readFileSync(join(ROOT, source), "utf8").split("\n")[Number(line) - 1]).toContain('text.split(".")');
  expect(stderr).toMatch(/Please run it again .*\n$/);
});
