import type { LocalTree } from "../run/uploads";
import { checkMaps as check, inputsOf, parseMap as parseInputs } from "../testing/maps";
import { memoryPorts } from "../testing/projects";
import { createProjects } from "./projects";

const COMPOSE = "services: {a: {image: i, volumes: ['./in:/in:ro', './out:/out']}}\n";
const news = {
  composeFile: "compose.yaml",
  localFiles: "upload",
  diagnostics: { LYC2315: "off" },
  $scope: "scope",
  $urn: "urn:x",
  $program: { directory: "/p" },
};

/** A machine with mounted folders, whose content is a digest that a test may change. */
function machine() {
  const contents: Record<string, string> = { "compose.yaml": COMPOSE, "in/a": "1", "out/b": "2" };
  const trees = new Map([
    ["/p/in", "in-1"],
    ["/p/out", "out-1"],
  ]);
  const tree = { fileCount: 1, bytes: 1, executable: [], leftOut: [], paths: ["a"], secrets: [] };
  const read = async ({ path }: { path: string }): Promise<LocalTree> => ({ ...tree, hash: trees.get(path) ?? "" });
  // In the folder of another resource, the keys of the files would be too long.
  const folder = (urn: string) => (urn === news.$urn ? "r/" : `${"x".repeat(1024)}/`);
  const process = () => createProjects({ ...memoryPorts(contents), uploads: { read, folder } });
  return { contents, trees, process };
}

/**
 * Checks the inputs, then changes the machine, then reads the files again and completes the inputs, as a create does.
 */
async function created(change: (of: ReturnType<typeof machine>) => void, isOtherProcess = false) {
  const of = machine();
  const checking = of.process();
  await checking.prepare(inputsOf(news));
  const { inputs, failures } = check({}, news, checking);
  expect(failures).toEqual([]);
  change(of);
  const creating = isOtherProcess ? of.process() : checking;
  await creating.prepare(inputsOf({ ...news, ...inputs }));
  return creating.complete(inputsOf({ ...news, ...inputs }), parseInputs(inputs));
}

test.each([false, true])(
  "the text has the paths of the files that are stored (in another process: %s)",
  async (isOther) => {
    const { composeText, uploads = [] } = await created(() => undefined, isOther);
    expect(uploads.map(({ path }) => path)).toEqual(["in", "out"]);
    for (const { hash } of uploads) expect(composeText).toContain(hash);
  },
);

test.each([
  ["a mounted file changes", ({ trees }: ReturnType<typeof machine>) => void trees.set("/p/in", "in-2")],
  [
    "a mount that was only read may be written",
    ({ contents }: ReturnType<typeof machine>) => {
      contents["compose.yaml"] = COMPOSE.replace(":ro", "");
    },
  ],
])("nothing is started if %s between the check and the create", async (_name, change) => {
  for (const isOther of [false, true])
    await expect(created(change, isOther)).rejects.toThrow(/^LYC3014: .* nothing was started/);
});
