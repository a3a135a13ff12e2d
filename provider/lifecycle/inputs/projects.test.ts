// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

import { UNKNOWN_MARKER } from "../../../compose";
import { composeDigest } from "../run/identity/identity";
import {
  asMap,
  checkMaps as check,
  inputsOf,
  parseMap as parseInputs,
  unknownStartOf as unknownStartInputs,
} from "../testing/maps";
import { CANARIES, files, machine, news } from "../testing/project-machine";
import { memoryPorts } from "../testing/projects";
import { ignoredProject } from "./ignored-project";
import { createProjects } from "./projects";

describe("the inputs of a project", () => {
  test("contain its meaning and digests, but no secret, no text, and no fact about this machine", () => {
    const { inputs, reported } = machine().checked();
    expect(reported).toBe("");
    const { variables: _asDeclared, ...rest } = inputs;
    const text = JSON.stringify(rest);
    for (const canary of CANARIES) expect(text).not.toContain(canary);
    expect(text).not.toContain("/p");
    expect(inputs.compose).toEqual({
      configs: { secret_key: { content: expect.stringMatching(/^\(secret\) [0-9a-z]{12}$/) } },
      services: {
        api: {
          configs: [{ source: "secret_key", target: "/run/secrets/key" }],
          environment: {
            API_TOKEN: expect.stringMatching(/^\(secret\) /),
            DB_URL: expect.stringMatching(/^\(secret\) /),
            MODE_TOKEN: expect.stringMatching(/^\(secret\) /),
          },
          image: "api:v1",
          labels: { a: "b" },
        },
        db: { image: "db:16" },
      },
    });
    const { files: observed } = inputs.$record as { files: Record<string, string> };
    expect(Object.keys(observed)).toEqual(
      expect.arrayContaining(["compose.yaml", "parts/db.yaml", "api.env", "key.txt"]),
    );
    expect(observed).toMatchObject({ "more.env": "missing", ".env": "missing" });
  });

  test("are the recorded inputs as long as every file is unchanged, and missing files are still missing", () => {
    const { contents, process, checked } = machine();
    const olds = checked().inputs;
    const ports = memoryPorts(contents);
    // Returns "recorded" if the project counts as unchanged, and "made" if its files were parsed again.
    const validate = () =>
      createProjects(ports).make(inputsOf(olds), inputsOf({ ...news(), diagnostics: olds.diagnostics }), {}).kind;
    expect(validate()).toBe("recorded");
    expect(checked(process(), news(), olds).inputs).toEqual(olds);
    for (const change of [
      { composeFile: ["app/compose.yaml"] },
      { variables: { TAG: "v2", DB_URL: "canary-of-variable" } },
      { $secrets: ["variables", "variables.DB_URL", "variables.TAG"] },
      { profiles: ["x"] },
      { envFiles: ["app/more.env"] },
      { localFiles: "inline" },
      { $scope: "another" },
      { diagnostics: {} },
    ]) {
      expect(createProjects(ports).make(inputsOf(olds), inputsOf(news(change)), {}).kind).toBe("made");
    }
    contents["app/more.env"] = "A=b\n";
    expect(validate()).toBe("made");
    delete contents["app/more.env"];
    contents["app/key.txt"] += "\n";
    expect(validate()).toBe("made");
  });

  test("use variables of env files in place of the project's own variables, and mask them", () => {
    const text = "services: {a: {image: 'i:${TAG}', command: ['${MODE:-none}']}}\n";
    const { contents, process, checked } = machine({
      "app/compose.yaml": text,
      "app/.env": "TAG=own\nMODE=own\n",
      "app/all.env": "TAG=all\nMODE=all\n",
      "app/prod.env": "TAG=prod\n",
    });
    const sent = (more: Record<string, unknown>) => {
      const declared = news({ variables: undefined, ...more });
      const { inputs, reported } = checked(process(), declared);
      expect(reported).toBe("");
      expect(JSON.stringify(inputs.compose)).not.toMatch(/own|all|prod/);
      // The new process has no text of this project in memory, so the text is made again.
      return process().complete(inputsOf({ ...declared, ...inputs }), parseInputs(inputs)).composeText;
    };
    const made = (tag: string, mode: string) => `services:\n  a:\n    command:\n      - ${mode}\n    image: i:${tag}\n`;
    expect(sent({})).toBe(made("own", "own"));
    expect(sent({ envFiles: ["app/all.env", "app/prod.env"] })).toBe(made("prod", "all"));
    expect(sent({ envFiles: ["app/prod.env"] })).toBe(made("prod", "none"));
    expect(sent({ envFiles: ["app/prod.env"], variables: { TAG: "given" } })).toBe(made("given", "none"));
    contents["prod.env"] = "TAG=outside\n";
    for (const [file, code] of [
      ["prod.env", "LYC2503"],
      ["app/none.env", "LYC2501"],
    ]) {
      expect(checked(process(), news({ envFiles: [file] })).reported).toContain(code);
    }
    expect(checked(process(), news({ envFiles: ["prod.env"], composeRoot: "." })).reported).toBe("");
  });

  test("are unknown as long as an env file is unknown", () => {
    const { inputs, reported } = machine().checked(undefined, news({ envFiles: [UNKNOWN_MARKER] }));
    expect({ compose: inputs.compose, reported }).toEqual({ compose: UNKNOWN_MARKER, reported: "" });
  });

  test("have a digest that a text of the same meaning has", () => {
    const { inputs } = machine({ "app/compose.yaml": "services: {a: {image: i, ports: ['80:80']}}" }).checked();
    const code = check(
      {},
      news({
        composeFile: undefined,
        composeFileCode: 'services:\n  a:\n    ports: ["80:80"]\n    image: i\n',
        variables: undefined,
      }),
      machine().process(),
    );
    expect(composeDigest(parseInputs(inputs))).toBe(composeDigest(parseInputs(code.inputs)));
  });

  test("accept unknown values, and report that these may start a new run", () => {
    const part = machine().checked(undefined, news({ variables: { TAG: "v1", DB_URL: UNKNOWN_MARKER } }));
    expect(part.reported).toBe("");
    expect(part.inputs.compose).toMatchObject({ services: { api: { environment: { DB_URL: UNKNOWN_MARKER } } } });
    expect(part.inputs).not.toHaveProperty("$record");
    expect(unknownStartInputs(part.inputs)).toEqual(["compose"]);
    const image = machine().checked(undefined, news({ variables: { TAG: UNKNOWN_MARKER, DB_URL: "u" } }));
    expect(image.inputs.compose).toMatchObject({ services: { api: { image: UNKNOWN_MARKER } } });
    for (const whole of [
      { variables: UNKNOWN_MARKER },
      { profiles: [UNKNOWN_MARKER] },
      { composeRoot: UNKNOWN_MARKER },
      { localFiles: UNKNOWN_MARKER },
      { job: UNKNOWN_MARKER },
    ]) {
      const { inputs, reported } = machine().checked(undefined, news(whole));
      expect([whole, inputs.compose, reported]).toEqual([whole, UNKNOWN_MARKER, ""]);
    }
    const contents = { ...files(), "app/compose.override.yaml": "services: {api: {env_file: '$DB_URL'}}\n" };
    const file = machine(contents).checked(undefined, news({ variables: { TAG: "v1", DB_URL: UNKNOWN_MARKER } }));
    expect(file).toMatchObject({ reported: "", inputs: { compose: UNKNOWN_MARKER } });
    // An unknown variable that the project does not use does not matter.
    const unused = machine().checked(
      undefined,
      news({ variables: { TAG: "v1", DB_URL: "u", UNUSED: UNKNOWN_MARKER } }),
    );
    expect(unknownStartInputs(unused.inputs)).toEqual([]);
  });

  test("mark secrets without a digest while the stack has no secret of its own", () => {
    const { inputs } = machine().checked(undefined, news({ $scope: UNKNOWN_MARKER }));
    expect(inputs.compose).toMatchObject({ services: { api: { environment: { MODE_TOKEN: "(secret)" } } } });
    expect(inputs).not.toHaveProperty("$record");
  });
});

describe("errors of a project", () => {
  test("show the path of their file from the program's folder, and no secret", () => {
    const contents = {
      ...files(),
      "app/parts/db.yaml": "services:\n  db:\n    image: db\n    prots: [80]\n",
      "app/compose.override.yaml": "services:\n  api:\n    comand: canary-of-env-file\n",
      "app/api.env": "MODE_TOKEN=canary-of-env-file\nA='canary-of-env-file\n",
    };
    const { reported, failures, inputs } = machine(contents).checked();
    expect(failures.map(({ property }) => property)).toEqual(["composeFile"]);
    expect(reported).toContain(
      "app/parts/db.yaml:4:5 error LYC2105: Compose has no key prots here\n  4 |     prots: [80]\n",
    );
    expect(reported).toContain(
      "app/compose.override.yaml:3:5 error LYC2105: Compose has no key comand here\n  Did you",
    );
    expect(reported).toMatch(/^app\/api\.env:2:\d+ error LYC2508/m);
    for (const canary of CANARIES) expect(reported).not.toContain(canary);
    expect(inputs).not.toHaveProperty("compose");
    expect(inputs).not.toHaveProperty("$program");
  });

  test("about one of several files are on the whole resource, because the engine then prints no value", () => {
    const { failures } = machine().checked(undefined, news({ composeFile: ["app/compose.yaml", "app/none.yaml"] }));
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining('"none.yaml" does not exist') }]);
  });

  test("in arguments come first", () => {
    const wrong = {
      composeFile: [],
      profiles: "x",
      inheritEnvironment: ["A=b"],
      envFiles: "prod.env",
      composeRoot: 1,
      localFiles: "mount",
      variables: { "a b": 1, B: [] },
    };
    const found = machine()
      .checked(undefined, news(wrong))
      .failures.map(({ reason }) => reason);
    expect(found).toEqual([
      "LYC4010: composeFile must be a path or a list of paths, not an empty list",
      "LYC4010: composeRoot must be a path",
      "LYC4010: profiles must be a list of names, not a string",
      "LYC4010: inheritEnvironment must be a list of names",
      "LYC4010: envFiles must be a list of paths, not a string",
      'LYC4010: localFiles must be "inline" or "upload", or be left out, not "mount"',
      expect.stringContaining('variables has the name "a b"'),
      "LYC4010: variables.B must be a text, a number, true or false",
    ]);
    const code = {
      composeFile: undefined,
      composeFileCode: "services: {a: {image: i}}",
      composeRoot: ".",
      envFiles: [".env"],
      inheritEnvironment: ["A"],
      localFiles: "inline",
    };
    expect(machine().checked(undefined, news(code)).failures).toHaveLength(4);
  });
});

const model = { services: { worker: { image: "busybox" } } };
const record = { digest: "d", settings: "s", files: { "compose.yaml": "f" } };
const olds = { composeFile: "compose.yaml", compose: model, $record: record };
const given = { composeFile: "compose.yaml", timeout: 60 };
const held = { model, record };
const putIn = { compose: model, $record: record };

/** Returns the ignored part of inputs that are given as maps. */
function ignoredMaps(before: Record<string, unknown>, after: Record<string, unknown>) {
  const { news, ...rest } = ignoredProject(inputsOf(before), inputsOf(after));
  return { news: asMap(news), ...rest };
}

test.each([
  ["nothing is ignored", olds, given, { news: given }],
  ["the engine has put both in", olds, { ...given, ...putIn }, { news: given, held }],
  ["the engine has put the model in, which alone was named", olds, { ...given, compose: model }, { news: given, held }],
  [
    "what names the project has changed meanwhile",
    olds,
    { ...given, envFiles: ["other.env"], ...putIn },
    { news: { ...given, envFiles: ["other.env"] }, held: { model, record: { ...record, settings: "" } } },
  ],
  ["nothing is recorded, as before a replacement", {}, { ...given, ...putIn }, { news: given }],
  [
    "an argument that looks like a model but is none of ours",
    olds,
    { ...given, compose: { services: {} } },
    { news: { ...given, compose: { services: {} } } },
  ],
  ["the same, with nothing recorded", {}, { ...given, compose: model }, { news: { ...given, compose: model } }],
])("the inputs of a project with ignoreChanges: %s", (_name, before, news, expected) => {
  expect(ignoredMaps(before, JSON.parse(JSON.stringify(news)))).toEqual(expected);
});
