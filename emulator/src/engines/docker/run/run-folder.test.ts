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

test("compose gets an empty folder, and no other user may read the credential", async () => {
  const folders = runFolders(work);
  const { cwd, config } = await folders.create("lyceum-local-1");
  expect(await readdir(cwd)).toEqual([]);
  expect(await mode(config)).toBe("700");
});

test("an existing folder is emptied", async () => {
  const folders = runFolders(work);
  const { cwd } = await folders.create("lyceum-local-1");
  await writeFile(join(cwd, ".env"), "A=1");
  expect(await readdir((await folders.create("lyceum-local-1")).cwd)).toEqual([]);
});

test("folders are found by their projects, and removed", async () => {
  const folders = runFolders(work);
  for (const project of ["p1", "p2"]) await folders.create(project);
  expect([...(await folders.projects())].sort()).toEqual(["p1", "p2"]);
  await folders.remove("p1");
  expect(await folders.projects()).toEqual(["p2"]);
  await folders.removeAll();
  expect([await readdir(work), await folders.projects()]).toEqual([[], []]);
});
