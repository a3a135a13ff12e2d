import { runCommandLine } from "../../cli/run";
import { fakeSurface } from "../../cli/testing/surface";
import { check } from "../../provider/execution/check";
import { createProjects } from "../../provider/execution/project/projects";
import { NO_INPUTS } from "../../provider/execution/resource-inputs";
import { type Project, readCorpus } from "../differential/corpus";

/** Of what a preview knows alone: the credentials. */
const ofPreview = ["LYC2407"];

/** Each fault with its place, out of words for a person. */
function marksIn(text: string): string[] {
  const found = [...text.matchAll(/^(\S+) (error|warning) (LYC\d+)/gm)];
  return found.flatMap(([, place, severity, code = ""]) =>
    ofPreview.includes(code) ? [] : [`${place} ${severity} ${code}`],
  );
}

function marksOfCheck({ files, run }: Project): string[] {
  const flags = [
    ...run.files.flatMap((file) => ["-f", file]),
    ...run.profiles.flatMap((name) => ["--profile", name]),
    ...run.envFiles.flatMap((file) => ["--variable-file", file]),
  ];
  const surface = fakeSurface(files);
  runCommandLine(["check", ...flags, "--execution-type", "cpu"], surface);
  return marksIn(surface.said.join("\n")).sort();
}

function marksOfPreview({ files, run }: Project): string[] {
  const { files: read, folder } = fakeSurface(files);
  const values = {
    composeFile: run.files,
    ...(run.profiles.length === 0 ? {} : { profiles: run.profiles }),
    ...(run.envFiles.length === 0 ? {} : { envFiles: run.envFiles }),
  };
  const { failures, warnings } = check(
    NO_INPUTS,
    { urn: "urn", scope: "scope", program: { directory: folder }, values },
    createProjects({ files: read, folder: () => folder, variable: () => undefined }),
  );
  return marksIn([...failures.map(({ reason }) => reason), ...warnings].join("\n")).sort();
}

// `check` takes a file that is not there for a fault of the command line.
const corpus = readCorpus().filter(({ name }) => !/folder without|not there$/.test(name));

test("a command line and a preview tell the same faults of the same projects", () => {
  const differ = corpus.flatMap((project) => {
    const [told, previewed] = [marksOfCheck(project), marksOfPreview(project)];
    return JSON.stringify(told) === JSON.stringify(previewed) ? [] : [{ name: project.name, told, previewed }];
  });
  expect(differ).toEqual([]);
  const all = corpus.map(marksOfCheck);
  expect(all.filter((marks) => marks.length > 0).length).toBeGreaterThan(80);
  expect(all.filter((marks) => marks.length === 0).length).toBeGreaterThan(80);
});

test("a fault that one of them does not tell is seen", () => {
  const faulty = (text: string) => ({
    name: "",
    files: { "compose.yaml": text },
    run: { files: ["compose.yaml"], profiles: [], envFiles: [] },
  });
  expect(marksOfCheck(faulty("services: {a: {imgae: i}}"))).not.toEqual(
    marksOfPreview(faulty("services: {a: {image: i}}")),
  );
});
