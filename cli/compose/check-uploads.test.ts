import { chmodSync } from "node:fs";
import { join } from "node:path";
import { diskFiles } from "../../compose/node";
import { folderWith, removeFolders } from "../../provider/storage/testing/folder";
import { runCommandLine } from "../run";
import { fakeSurface } from "../testing/surface";

afterEach(removeFolders);

const mounting = (...mounts: string[]) =>
  `services:\n  a:\n    image: i\n    volumes:\n${mounts.map((mount) => `      - ${mount}\n`).join("")}`;

/** Checks the projects in a folder of this machine. */
async function check(folder: string, options: string) {
  const contents = { "one/compose.yaml": "", "two/compose.yaml": "", "compose.yaml": "" };
  const surface = { ...fakeSurface(contents), folder, files: diskFiles };
  const code = await runCommandLine(["check", ...options.split(" ")], surface);
  return { code, output: surface.output.join("\n"), complaints: surface.complaints.join("\n") };
}

test("a project that runs with uploads has no error: large and binary files, folders, and what is missing", async () => {
  const folder = folderWith({
    "compose.yaml": mounting("./data:/data:ro", "./model.bin:/model.bin", "./run.sh:/run.sh:ro", "./out:/out"),
    "data/deep/a.bin": Buffer.from([0, 1, 255]),
    "model.bin": Buffer.alloc(2_000_000, 7),
    "run.sh": "#!/bin/sh\n",
  });
  chmodSync(join(folder, "run.sh"), 0o755);
  const without = await check(folder, ". --local-files inline");
  expect([without.code, without.output]).toEqual([1, expect.stringContaining("error LYC2303")]);
  const { code, output, complaints } = await check(folder, ". --local-files upload");
  expect([code, complaints]).toEqual([0, "compose.yaml: 4 warnings"]);
  expect(output.match(/^compose\.yaml:\d+:9 warning LYC2315/gm)).toHaveLength(4);
  expect(output).toContain("the permission to execute run.sh");
});

test("a mount that cannot be stored is an error at its line, in each of several projects", async () => {
  const folder = folderWith({
    "one/compose.yaml": mounting("./token.bin:/t"),
    "one/token.bin": Buffer.from([0]),
    "two/compose.yaml": mounting("./in:/in:ro", "./big:/big:ro"),
    "two/in/a.txt": "one",
    [`two/big/${"d".repeat(200)}/${"e".repeat(200)}/${"f".repeat(200)}/${"g".repeat(200)}/${"h".repeat(200)}`]: "deep",
  });
  const { code, output, complaints } = await check(folder, "one two --local-files upload");
  expect([code, complaints]).toEqual([1, "1 error, 2 warnings in 2 projects"]);
  expect(output).toMatch(/^two\/compose\.yaml:6:9 error LYC2303: .*cannot be stored in the bucket/m);
});

test("a file with a secret is sent with the text, and neither value nor line is shown", async () => {
  const secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
  const folder = folderWith({ "compose.yaml": mounting("./app.conf:/app.conf:ro"), "app.conf": `token=${secret}\n` });
  const { code, output } = await check(folder, ". --local-files upload --json");
  expect(code).toBe(0);
  expect(output).toContain("LYC2311");
  expect(output).not.toContain(secret.slice(4, 20));
});

test("a single text, a folder without a project and an unknown way are errors of the command line", async () => {
  const folder = folderWith({ "compose.yaml": mounting("./a:/a") });
  const text = { ...fakeSurface({ "-": mounting("./a:/a") }), folder, files: diskFiles };
  expect(await runCommandLine(["check", "-", "--local-files", "upload"], text)).toBe(2);
  expect(text.complaints.join()).toContain("--local-files needs a project of files");
  expect(await check(folder, "missing --local-files upload")).toMatchObject({ code: 2 });
  expect(await check(folder, ". --local-files everything")).toMatchObject({
    code: 2,
    complaints: expect.stringContaining("--local-files must be one of inline, upload"),
  });
});
