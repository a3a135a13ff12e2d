import { runCommandLine } from "../../cli/run";
import { fakeSurface } from "../../cli/testing/surface";
import { checkInputs } from "../../provider/lifecycle/check/check-inputs";
import { createProjects } from "../../provider/lifecycle/inputs/projects";
import { NO_INPUTS } from "../../provider/lifecycle/run/inputs";
import { type Project, readCorpus } from "../differential/corpus";

/** Codes that only a preview can report, because they concern the credentials. */
const ofPreview = ["LYC2407"];

/** An error about the name of a job. A preview reports it for the argument, and the command for the file. */
const OF_JOB = "LYC2514";

/** Each error in an output, with its position. */
function marksIn(text: string): string[] {
  const found = [...text.matchAll(/^(\S+) (error|warning) (LYC\d+)/gm)];
  return found.flatMap(([, location, severity, code = ""]) =>
    ofPreview.includes(code) ? [] : [`${code === OF_JOB ? "" : location} ${severity} ${code}`],
  );
}

/**
 * The job of a project that has jobs. The command accepts a project of jobs alone, and lists them. A preview asks for
 * one of them, so both are asked about the same job.
 */
function jobOf({ files }: Project): string | undefined {
  return /\bjobs:\s*\{?\s*["']?([\w.-]+)/.exec(Object.values(files).join("\n"))?.[1];
}

function marksOfCheck(project: Project): string[] {
  const { files, run } = project;
  const job = jobOf(project);
  const flags = [
    ...run.files.flatMap((file) => ["-f", file]),
    ...run.profiles.flatMap((name) => ["--profile", name]),
    ...run.envFiles.flatMap((file) => ["--variable-file", file]),
    ...(job === undefined ? [] : ["--job", job]),
  ];
  const surface = fakeSurface(files);
  runCommandLine(["check", ...flags, "--execution-type", "cpu"], surface);
  return marksIn(surface.output.join("\n")).sort();
}

function marksOfPreview(project: Project): string[] {
  const { files, run } = project;
  const job = jobOf(project);
  const { files: read, folder } = fakeSurface(files);
  const values = {
    composeFile: run.files,
    ...(run.profiles.length === 0 ? {} : { profiles: run.profiles }),
    ...(run.envFiles.length === 0 ? {} : { envFiles: run.envFiles }),
    ...(job === undefined ? {} : { job }),
  };
  const { failures, warnings } = checkInputs(
    NO_INPUTS,
    { urn: "urn", scope: "scope", program: { directory: folder }, values },
    createProjects({ files: read, folder: () => folder, variable: () => undefined }),
  );
  return marksIn([...failures.map(({ reason }) => reason), ...warnings].join("\n")).sort();
}

// For `check`, a missing file is an error of the command line and has no code.
const corpus = readCorpus().filter(({ name }) => !/folder without|not there$/.test(name));

test("a command line and a preview report the same errors of the same projects", () => {
  const differ = corpus.flatMap((project) => {
    const [reported, previewed] = [marksOfCheck(project), marksOfPreview(project)];
    return JSON.stringify(reported) === JSON.stringify(previewed) ? [] : [{ name: project.name, reported, previewed }];
  });
  expect(differ).toEqual([]);
  const all = corpus.map(marksOfCheck);
  expect(all.filter((marks) => marks.length > 0).length).toBeGreaterThan(80);
  expect(all.filter((marks) => marks.length === 0).length).toBeGreaterThan(80);
});

test("finds an error that one of them does not report", () => {
  const invalid = (text: string) => ({
    name: "",
    files: { "compose.yaml": text },
    run: { files: ["compose.yaml"], profiles: [], envFiles: [] },
  });
  expect(marksOfCheck(invalid("services: {a: {imgae: i}}"))).not.toEqual(
    marksOfPreview(invalid("services: {a: {image: i}}")),
  );
});
