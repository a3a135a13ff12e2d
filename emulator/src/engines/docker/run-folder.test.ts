import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFolders } from "./run-folder";

let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "run-folder-"));
});
afterEach(() => rm(work, { recursive: true }));

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test("compose gets an empty folder, and nobody else may look at the credential", async () => {
  const folders = runFolders(work);
  const { cwd, config } = await folders.create("lyceum-local-1");
  expect(await readdir(cwd)).toEqual([]);
  await folders.writeConfig("lyceum-local-1", "{}");
  expect(await mode(config)).toBe("700");
  expect(await mode(join(config, "config.json"))).toBe("600");
  await folders.removeConfig("lyceum-local-1");
  expect(await readdir(config)).toEqual([]);
});

test("a folder that was left over is begun anew", async () => {
  const folders = runFolders(work);
  const { cwd } = await folders.create("lyceum-local-1");
  await writeFile(join(cwd, ".env"), "A=1");
  expect(await readdir((await folders.create("lyceum-local-1")).cwd)).toEqual([]);
});

test("notes come back, except those that a crash cut off", async () => {
  const folders = runFolders(work);
  for (const project of ["p1", "p2", "p3"]) await folders.create(project);
  await folders.writeNotes({ executionId: "local-1", project: "p1", up: false, composePid: 12 });
  await folders.writeNotes({ executionId: "local-2", project: "p2", up: true });
  await writeFile(join(work, "runs", "p3", "run.json"), '{"executionId":"loc');
  expect([...(await folders.allNotes())].sort((a, b) => a.project.localeCompare(b.project))).toEqual([
    { executionId: "local-1", project: "p1", up: false, composePid: 12 },
    { executionId: "local-2", project: "p2", up: true },
  ]);
  await folders.remove("p1");
  expect(await readdir(join(work, "runs"))).toEqual(["p2", "p3"]);
  await folders.removeAll();
  expect(await readdir(work)).toEqual([]);
  expect(await folders.allNotes()).toEqual([]);
});
