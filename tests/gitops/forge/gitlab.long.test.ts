import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { testUnless, whyNotInstalled } from "../../harness/needs";
import { type PipelineSetting, SETTINGS, withPipeline } from "./init";

/** A Python package that contains GitLab's schema. None of its code runs. */
const CARRIER =
  "check-jsonschema==0.36.0 --hash=sha256:a2f0888783cc4584cac548144f5c2ef78a63122b46ba7845a715d35d46e3c69a";
const SCHEMA = "check_jsonschema/builtin_schemas/vendor/gitlab-ci.json";

/** The output of `ci init`. */
function written(settings: PipelineSetting): string {
  return withPipeline("gitlab", settings, (folder) => readFileSync(join(folder, ".gitlab-ci.yml"), "utf8"));
}

/** GitLab's schema of a pipeline. */
function gitlabSchema(): object {
  const folder = mkdtempSync(join(tmpdir(), "gitlab-schema-"));
  try {
    const list = join(folder, "requirements.txt");
    writeFileSync(list, `${CARRIER}\n`);
    // Debian's Python has no pip, but a virtual environment has one.
    const environment = join(folder, "environment");
    run("python3", "-m", "venv", environment);
    const download = [
      "-m",
      "pip",
      "download",
      "--quiet",
      "--no-input",
      "--disable-pip-version-check",
      "--retries",
      "2",
    ];
    run(join(environment, "bin", "python"), ...download, "--no-deps", "--require-hashes", "-r", list, "-d", folder);
    const unpack =
      "import sys, zipfile, glob; print(zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0]).read(sys.argv[2]).decode())";
    return JSON.parse(run("python3", "-c", unpack, folder, SCHEMA));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Jobs after they are merged with their templates, because the schema does not accept a template alone. */
function withTemplates(pipeline: Record<string, { extends?: string }>): unknown {
  return Object.fromEntries(
    Object.entries(pipeline).map(([name, job]) => {
      const template = job.extends === undefined ? undefined : pipeline[job.extends];
      return [name, template === undefined ? job : { ...template, ...job }];
    }),
  );
}

function run(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
  return stdout;
}

testUnless(
  whyNotInstalled("Python with venv", "python3", "-c", "import venv, ensurepip"),
  "the pipeline for GitLab that `ci init` writes is valid for GitLab's schema",
  () => {
    const ajv = new Ajv({ allErrors: true, strict: false });
    addFormats(ajv);
    const validate = ajv.compile(gitlabSchema());
    const errorsOf = (pipeline: string) => {
      validate(withTemplates(parse(pipeline)));
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    };
    for (const settings of SETTINGS) expect(errorsOf(written(settings))).toEqual([]);
    const text = written({ options: [], runtimes: {} });
    // The test plants mistakes, and the schema finds them.
    const planted = (from: string, to: string) => {
      expect(text).toContain(from);
      return errorsOf(text.replace(from, to)).join("; ");
    };
    expect(planted("resource_group: $STACK", "resource_grup: $STACK")).toContain(
      "/apply-dev must NOT have additional properties",
    );
    expect(planted("action: access", "action: reads")).toContain("/preview/environment/action must be equal to one of");
    expect(planted("when: always", "when: alway")).toContain("/artifacts");
  },
);
