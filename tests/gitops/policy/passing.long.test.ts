import { ONE_HOST } from "../../harness/register";
import { Pipeline } from "../pipeline";

const PINNED = `registry.example.com/web@sha256:${"a".repeat(64)}`;
const POLICY = "registries: [registry.example.com]\npinnedImages: true\nawaitCompletedOn: ['de*']\n";
const text = (more: string, top = "") =>
  `services:\n  web:\n    image: ${PINNED}\n    ${more}\n${top}x-lyceum-sim: { start: 0, run: 0.2 }\n`;

/** Texts that Docker Compose would run with another image, or with the Docker of the machine. */
const TEXTS: Readonly<Record<string, string>> = {
  inline: text('build: { dockerfile_inline: "FROM evil.example/x" }'),
  git: text("build: https://example.com/evil.git"),
  models: text("models: [llm]", "models: { llm: { model: evil.example/llm } }\n"),
  provider: text("provider: { type: evil }"),
  socket: text("volumes: ['/var/run/docker.sock:/s']"),
  volume: text("volumes: ['v:/s']", "volumes: { v: { driver_opts: { type: none, o: bind, device: /run } } }\n"),
  included: text("", "include: ['oci://evil.example/x']\n"),
  hook: text("post_start: [{ command: x, image: evil.example/x }]"),
  envFile: text("env_file: /mnt/s3/job.env"),
  optional: text("env_file: [{ path: /mnt/s3/job.env, required: false }]"),
  labels: text("label_file: /mnt/s3/labels"),
  variable: text("secrets: [key]", "secrets: { key: { environment: KEY } }\n"),
  annotation: text("annotations: { run.oci.handler: evil }"),
  runtime: text("runtime: evil"),
  devices: text("gpus: [{ driver: cdi, device_ids: ['evil.example/docker=socket'] }]"),
};
const OFF = Object.fromEntries(
  ["LYC2105", "LYC2304", "LYC2305", "LYC2308", "LYC2404", "LYC2401"].map((code) => [code, "off"]),
);
const of = (composeFileCode: string, waitFor = "completed") => ({ composeFileCode, waitFor, diagnostics: OFF });

/** The executions that an output refuses, each once, with the code. */
const refused = (output: string) =>
  [
    ...new Set([...output.matchAll(/^.*?error (LYC51\d\d): (\w+): /gm)].map(([, code, name]) => `${code} ${name}`)),
  ].sort();

test.each(ONE_HOST)("nothing that the policy does not name is sent (%s)", (host) =>
  Pipeline.run(`passing-${host}`, "program", host, async (pipeline) => {
    pipeline.write("lyceum-policy.yaml", POLICY);
    const declare = (executions: object) => pipeline.write("executions.json", JSON.stringify(executions));
    declare({
      ...Object.fromEntries(Object.entries(TEXTS).map(([name, code]) => [name, of(code)])),
      awaited: of(text(""), "running"),
    });
    const apply = await pipeline.ci("apply");
    expect([apply.exitCode, apply.starts]).toEqual([1, 0]);
    const names = Object.keys(TEXTS).map((name) => `LYC5108 ${name}`);
    expect(refused(apply.output)).toEqual(["LYC5106 awaited", ...names.sort()]);

    // An allowed execution is sent, even with a build that the provider leaves out.
    declare({ web: { ...of(text("build: .")), profiles: [] } });
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 1 });
    await pipeline.ci("destroy");
  }),
);

test.each(ONE_HOST)(
  "a document that another resource changes after the preview is refused at the update (%s)",
  (host) =>
    Pipeline.run(`passing-late-${host}`, "program", host, async (pipeline) => {
      pipeline.write("lyceum-policy.yaml", POLICY.replace(/awaited.*\n/, ""));
      pipeline.write("late.yaml", text(""));
      pipeline.write("executions.json", JSON.stringify({ late: { composeFile: "late.yaml", waitFor: "completed" } }));
      // A program that writes the file only at the update, after the preview has shown another one.
      const index = pipeline.read("index.js");
      pipeline.write(
        "index.js",
        `const late = ${JSON.stringify(text("privileged: true"))};\n` +
          `if (!require("@pulumi/pulumi").runtime.isDryRun()) require("node:fs").writeFileSync("late.yaml", late);\n${index}`,
      );
      expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0, starts: 0 });
      const apply = await pipeline.ci("apply");
      expect([apply.exitCode, apply.starts]).toEqual([1, 0]);
      expect(apply.output).toMatch(/LYC5108: privileged of service web gives the container the machine/);
    }),
);
