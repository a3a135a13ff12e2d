import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFiles } from "../../compose/node";
import { fakeSurface, runOn } from "../testing/surface";
import { fixProject, replaceFile } from "./fix";

const text = "services:\n  web: # a comment\n    imgae: nginx\r\n    user: 1000\n    zzzzzz: 1\n";
const right = 'services:\n  web: # a comment\n    image: nginx\r\n    user: "1000"\n    zzzzzz: 1\n';

/** The parts of a project that `fixProject` reads. */
const project = (...paths: [string, ...string[]]) => ({
  paths,
  variables: new Map(),
  images: new Map(),
  profiles: [],
  diagnostics: {},
});

test("--fix --dry-run shows what would be corrected, and what is left, and writes nothing", () => {
  const { code, output, complaints } = runOn("check --fix --dry-run", { "compose.yaml": text });
  expect(code).toBe(1);
  expect(complaints.split("\n").slice(0, 2)).toEqual([
    "would fix compose.yaml:3 LYC2105 Compose has no key imgae here: changed to `image`",
    "would fix compose.yaml:4 LYC2104 services.web.user must be a string, and it is a number: put in quotes",
  ]);
  expect(output).toContain("LYC2105");
  expect(output).toContain("zzzzzz");
  expect(output).not.toContain("imgae");
});

test.each([
  ["--dry-run needs --fix", "check --dry-run", { "compose.yaml": text }],
  ["--fix needs a project of files", "check --fix -", { "-": text }],
  ["--fix needs a project of files", "check --fix --dry-run a.yaml -", { "a.yaml": text, "-": text }],
  ["missing.yaml", "check --fix --dry-run a.yaml missing.yaml", { "a.yaml": text }],
])("%s", (message, args, files) => {
  const { code, complaints } = runOn(args, files);
  expect(code).toBe(2);
  expect(complaints).toContain(message);
  expect(complaints).not.toContain("would fix");
});

test("corrects each file of a project where its error is, keeps a byte order mark, and names no value", () => {
  const saved: Record<string, string> = {};
  const surface = fakeSurface({
    "compose.yaml": `\ufeff${text}include: [more.yaml]\n`,
    "more.yaml": "services: {other: {image: i, usre: root}}\n",
  });
  fixProject(project("compose.yaml"), surface, (path, bytes) => {
    saved[path] = Buffer.from(bytes).toString("utf8");
  });
  expect(saved).toEqual({
    "/project/compose.yaml": `\ufeff${right}include: [more.yaml]\n`,
    "/project/more.yaml": "services: {other: {image: i, user: root}}\n",
  });
  expect(surface.complaints.join()).not.toContain("1000");
});

describe("with real files", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lyceum-fix-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const surface = () => ({
    ...fakeSurface({}),
    folder,
    files: diskFiles,
    stat: () => "file" as const,
  });

  test("a file is replaced in one step and keeps its mode, and a second call changes nothing", () => {
    const path = join(folder, "compose.yaml");
    writeFileSync(path, text);
    chmodSync(path, 0o666);
    fixProject(project(path), surface(), replaceFile);
    expect(readFileSync(path, "utf8")).toBe(right);
    expect(statSync(path).mode & 0o777).toBe(0o666);
    expect(readdirSync(folder)).toEqual(["compose.yaml"]);
    const save = jest.fn();
    fixProject(project(path), surface(), save);
    expect(save).not.toHaveBeenCalled();
  });

  test("a link is left alone", () => {
    const path = join(folder, "compose.yaml");
    writeFileSync(join(folder, "other.yaml"), text);
    symlinkSync("other.yaml", path);
    const save = jest.fn();
    fixProject(project(path), surface(), save);
    expect(save).not.toHaveBeenCalled();
  });
});
