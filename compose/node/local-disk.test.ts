import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProject } from "../project";
import { areSame, diskFiles, watchFiles } from ".";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-disk-"));
  mkdirSync(join(folder, "d"));
  write("d/b", "B");
  write("d/a", "A");
  write("compose.yaml", "services: {a: {image: i, volumes: ['./d:/d']}}\n");
});

afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const bundle = (files = diskFiles) =>
  bundleProject({ paths: ["compose.yaml"], from: folder, localFiles: "inline" }, files);

it("reads a folder of this machine, and which files are executable", () => {
  chmodSync(join(folder, "d/a"), 0o755);
  expect(bundle().bundle?.model).toMatchObject({
    configs: { file_d_a: { content: "A" }, file_d_b: { content: "B" } },
    services: { a: { configs: [{ source: "file_d_a", mode: "0755" }, { source: "file_d_b" }] } },
  });
});

it("keeps the copy of a file private when only its owner may use the file", () => {
  chmodSync(join(folder, "d/a"), 0o700);
  chmodSync(join(folder, "d/b"), 0o600);
  write("d/c", "C");
  chmodSync(join(folder, "d/c"), 0o640);
  expect(bundle().bundle?.model.services).toEqual({
    a: {
      image: "i",
      configs: [
        { source: "file_d_a", target: "/d/a", mode: "0500" },
        { source: "file_d_b", target: "/d/b", mode: "0400" },
        { source: "file_d_c", target: "/d/c" },
      ],
    },
  });
});

it("lists no more names of a folder than are requested", () => {
  for (let index = 0; index < 100; index += 1) write(`d/${index}`, "x");
  expect(diskFiles.list(join(folder, "d"), 64)).toMatchObject({ names: { length: 65 } });
  expect(diskFiles.list(join(folder, "nowhere"), 64)).toEqual({ kind: "fault", reason: "missing" });
});

/** If root runs the test, runs the work as another user, because root may read every file. */
function asNobody<T>(work: () => T): T {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

it("does not treat an unreadable folder as empty", () => {
  mkdirSync(join(folder, "d/s"));
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "d/s"), 0);
  const { messages, stat } = asNobody(() => ({
    messages: bundle().diagnostics.map(({ message }) => message),
    stat: diskFiles.stat(join(folder, "d/s/x")),
  }));
  chmodSync(join(folder, "d/s"), 0o700);
  expect(messages).toEqual(['services.a.volumes[0] mounts "d", which holds "s", which may not be read by this user']);
  expect(stat).toBe("forbidden");
});

it("refuses a socket", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, "d/s"), resolve));
  try {
    expect(bundle().diagnostics.map(({ message }) => message)).toEqual([
      'services.a.volumes[0] mounts "d", which holds "s", which is a socket, a pipe or a device',
    ]);
  } finally {
    server.close();
  }
});

test.each<readonly [name: string, change: () => void]>([
  ["a file changes", () => write("d/a", "AA")],
  ["a file is added", () => write("d/c", "C")],
  ["a file that was missing is added", () => write(".env", "A=1\n")],
  ["a file is removed", () => rmSync(join(folder, "d/b"))],
  ["a file may be executed", () => chmodSync(join(folder, "d/b"), 0o755)],
  ["nobody else may read a file", () => chmodSync(join(folder, "d/b"), 0o600)],
])("finds a difference after %s", (_name, change) => {
  const watched = watchFiles(diskFiles);
  bundle(watched);
  const observed = watched.observed(folder, (hash) => hash);
  expect(areSame(observed, folder, diskFiles, (hash) => hash)).toBe(true);
  expect(JSON.stringify(observed)).not.toContain(folder);
  change();
  expect(areSame(observed, folder, diskFiles, (hash) => hash)).toBe(false);
});

it("knows that a missing folder in a missing folder is inside a project whose own folder is a link", () => {
  write("compose.yaml", "services: {a: {image: i, volumes: ['./none/below:/d']}}\n");
  const link = `${folder}-link`;
  symlinkSync(folder, link);
  try {
    const options = { paths: ["compose.yaml"], from: link, localFiles: "upload" as const };
    const { mounted, diagnostics } = bundleProject(options, diskFiles);
    expect(diagnostics).toEqual([]);
    expect(mounted).toEqual([{ path: join(link, "none/below"), kind: "missing", isWritten: true }]);
  } finally {
    rmSync(link);
  }
});
