// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { unknownMarker } from "../../compose";
import { reasonsForNewRun } from "../changes";
import { composeDigest, identify } from "../identity";
import type { ExecutionOutputs } from "../outputs";
import { secretValues } from "../parse-inputs";
import { inputsOf } from "../testing/inputs";
import { checkMaps as check, parseMap as parseInputs, unknownStartOf as unknownStartInputs } from "../testing/maps";
import { memoryPorts } from "../testing/projects";
import { createProjects, type Projects } from "./projects";

const CANARIES = ["canary-of-env-file", "canary-of-secret-file", "canary-of-variable", "canary-in-the-text"];

const files = () => ({
  "app/compose.yaml": [
    "include: [parts/db.yaml]",
    "services:",
    "  api:",
    "    image: api:${TAG}",
    "    env_file: [api.env, {path: more.env, required: false}]",
    "    environment: {DB_URL: '$DB_URL', API_TOKEN: canary-in-the-text}",
    "    secrets: [key]",
    "secrets: {key: {file: key.txt}}",
    "",
  ].join("\n"),
  "app/compose.override.yaml": "services: {api: {labels: {a: b}}}\n",
  "app/parts/db.yaml": "services: {db: {image: 'db:16'}}\n",
  "app/api.env": "MODE=canary-of-env-file\n",
  "app/key.txt": "canary-of-secret-file\n",
});

const news = (more: Record<string, unknown> = {}) => ({
  composeFile: "app",
  variables: { TAG: "v1", DB_URL: "canary-of-variable" },
  $secrets: ["variables", "variables.DB_URL"],
  $scope: "scope",
  $urn: "urn:x",
  $program: { directory: "/p" },
  ...more,
});

/** A machine with files, and processes on it. */
function machine(contents: Record<string, string> = files()) {
  const process = () => createProjects(memoryPorts(contents));
  const checked = (projects: Projects = process(), given = news(), olds: Record<string, unknown> = {}) => {
    // The secret that is written out in the text is warned of, which is not what is looked at here.
    const { inputs, failures, warnings } = check(olds, { diagnostics: { LYC2602: "off" }, ...given }, projects);
    return { inputs, reported: [...failures.map(({ reason }) => reason), ...warnings].join("\n"), failures };
  };
  return { contents, process, checked };
}

const outputsOf = (inputs: Record<string, unknown>) => {
  const { key: _key, ...identity } = identify(parseInputs(inputs));
  return identity as ExecutionOutputs;
};
const reasons = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  reasonsForNewRun(outputsOf(before), parseInputs(after), parseInputs(before));

describe("the inputs of a project", () => {
  test("hold its meaning and digests: no secret, no text, and nothing of this machine", () => {
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
            MODE: expect.stringMatching(/^\(secret\) /),
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

  test("are the recorded ones as long as every file is what it was, and one that was missing still is", () => {
    const { contents, process, checked } = machine();
    const olds = checked().inputs;
    const ports = memoryPorts(contents);
    // What a comment holds is not read again, or it would be refused.
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

  test("take variables of env files in the place of the project's own, and hide them", () => {
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
      // Another process than the one that validated it makes it again.
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

  test("are not known as long as an env file is not", () => {
    const { inputs, reported } = machine().checked(undefined, news({ envFiles: [unknownMarker] }));
    expect({ compose: inputs.compose, reported }).toEqual({ compose: unknownMarker, reported: "" });
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

  test("let through what is not known yet, and say that it may start a new run", () => {
    const part = machine().checked(undefined, news({ variables: { TAG: "v1", DB_URL: unknownMarker } }));
    expect(part.reported).toBe("");
    expect(part.inputs.compose).toMatchObject({ services: { api: { environment: { DB_URL: unknownMarker } } } });
    expect(part.inputs).not.toHaveProperty("$record");
    expect(unknownStartInputs(part.inputs)).toEqual(["compose"]);
    const image = machine().checked(undefined, news({ variables: { TAG: unknownMarker, DB_URL: "u" } }));
    expect(image.inputs.compose).toMatchObject({ services: { api: { image: unknownMarker } } });
    for (const whole of [{ variables: unknownMarker }, { profiles: [unknownMarker] }]) {
      expect(machine().checked(undefined, news(whole)).inputs.compose).toBe(unknownMarker);
    }
    const contents = { ...files(), "app/compose.override.yaml": "services: {api: {env_file: '$DB_URL'}}\n" };
    const file = machine(contents).checked(undefined, news({ variables: { TAG: "v1", DB_URL: unknownMarker } }));
    expect(file).toMatchObject({ reported: "", inputs: { compose: unknownMarker } });
    // One that nothing uses decides nothing.
    const unused = machine().checked(undefined, news({ variables: { TAG: "v1", DB_URL: "u", UNUSED: unknownMarker } }));
    expect(unknownStartInputs(unused.inputs)).toEqual([]);
  });

  test("mark secrets without a digest while the stack has no secret of its own", () => {
    const { inputs } = machine().checked(undefined, news({ $scope: unknownMarker }));
    expect(inputs.compose).toMatchObject({ services: { api: { environment: { MODE: "(secret)" } } } });
    expect(inputs).not.toHaveProperty("$record");
  });
});

describe("the text of a project", () => {
  const textOf = (projects: Projects, inputs: Record<string, unknown>) =>
    projects.complete(inputsOf(inputs), parseInputs(inputs)).composeText;

  test("is what was validated, though the files have changed since", () => {
    const { contents, process, checked } = machine();
    const projects = process();
    const { inputs } = checked(projects);
    contents["app/api.env"] = "MODE=other\n";
    const text = textOf(projects, inputs);
    expect(text).toContain("MODE: canary-of-env-file");
    expect(text).toContain("image: api:v1");
  });

  test("is made again in a process that has not validated it, and only if it is the same", () => {
    const { contents, process, checked } = machine();
    const projects = process();
    const { inputs } = checked(projects);
    expect(textOf(process(), inputs)).toBe(textOf(projects, inputs));
    contents["app/compose.override.yaml"] = "# a comment is no change\nservices: {api: {labels: [a=b]}}\n";
    expect(textOf(process(), inputs)).toBe(textOf(projects, inputs));
    contents["app/api.env"] = "MODE=other\n";
    expect(() => textOf(process(), inputs)).toThrow(/^LYC3014: .* nothing was started/);
    delete contents["app/api.env"];
    expect(() => textOf(process(), inputs)).toThrow(/^LYC3014: /);
  });

  test("is that of a plain file as it was written", () => {
    const written = "# plain\nservices:\n  a: {image: 'i'} # one\n";
    const { checked, process } = machine({ "app/compose.yaml": written });
    const projects = process();
    expect(textOf(projects, checked(projects).inputs)).toBe(written);
  });

  test("comes with its secrets, for redaction", () => {
    const { process, checked } = machine();
    const projects = process();
    const { inputs } = checked(projects);
    const secrets = secretValues(projects.complete(inputsOf(inputs), parseInputs(inputs)));
    expect(secrets.map((secret) => secret.trim())).toEqual(expect.arrayContaining(CANARIES));
  });
});

describe("a change of a project", () => {
  test("is reported key by key, and of a secret without its value", () => {
    const { contents, checked } = machine();
    const before = checked().inputs;
    const given = news({ variables: { TAG: "v2", DB_URL: "canary-of-another" } });
    contents["app/key.txt"] = "another\n";
    const reported = reasons(before, checked(undefined, given, before).inputs);
    expect(reported).toEqual([
      "configs.secret_key.content (secret) changed",
      "services.api.environment.DB_URL (secret) changed",
      "image changed in services.api",
    ]);
  });

  test("is none when files are written in another way, or lie elsewhere", () => {
    const { contents, checked } = machine();
    const before = checked().inputs;
    contents["app/compose.override.yaml"] = "# c\nservices:\n  api:\n    labels:\n    - a=b\n";
    for (const [name, text] of Object.entries(contents)) contents[name.replace("app/", "moved/")] = text;
    const after = checked(undefined, news({ composeFile: "moved" }), before).inputs;
    expect(after.$record).not.toEqual(before.$record);
    expect(reasons(before, after)).toEqual([]);
  });

  test("is none for a stack whose state holds the text, as 0.1.0 wrote it", () => {
    for (const text of [
      "services:\n  a: {image: 'i:${TAG:-1}', command: 'echo $$HOME'}\nnetworks: {unused: }\n",
      "# plain\nservices: {a: {image: i, environment: [DB_PASSWORD=p]}}\n",
    ]) {
      const given = news({ variables: undefined, $secrets: [] });
      const { inputs } = machine({ "app/compose.yaml": text }).checked(undefined, given);
      const old = { ...given, composeFile: "old.yaml", composeFileText: text };
      expect(reasons(old, inputs)).toEqual([]);
      expect(reasons({ ...old, composeFileText: text.replace("image: ", "image: x") }, inputs)).not.toEqual([]);
    }
  });

  test("is not seen in a secret where the stack's own secret is another one, and is seen elsewhere", () => {
    const { contents, checked } = machine();
    const before = checked().inputs;
    const later = () => checked(undefined, news({ $scope: "another" }), before).inputs;
    expect(reasons(before, later())).toEqual([]);
    contents["app/parts/db.yaml"] = "services: {db: {image: 'db:17'}}\n";
    expect(reasons(before, later())).toEqual(["image changed in services.db"]);
  });

  test("from a file to a text that means the same is none", () => {
    const { inputs } = machine({ "app/compose.yaml": "services: {a: {image: i}}" }).checked();
    const code = {
      ...news(),
      composeFile: undefined,
      composeFileCode: "services: {a: {image: $I}}",
      variables: { I: "i" },
    };
    expect(reasons(inputs, code)).toEqual([]);
    expect(reasons(code, inputs)).toEqual([]);
  });
});

describe("errors of a project", () => {
  test("stand in their own files, seen from the program's folder, and show nothing secret", () => {
    const contents = {
      ...files(),
      "app/parts/db.yaml": "services:\n  db:\n    image: db\n    prots: [80]\n",
      "app/compose.override.yaml": "services:\n  api:\n    comand: canary-of-env-file\n",
      "app/api.env": "MODE=canary-of-env-file\nA='canary-of-env-file\n",
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

  test("of a list of files go on the whole resource, whose value the engine does not print", () => {
    const { failures } = machine().checked(undefined, news({ composeFile: ["app/compose.yaml", "app/none.yaml"] }));
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining('"none.yaml" does not exist') }]);
  });

  test("of the arguments come first", () => {
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
      "LYC4010: profiles must be a list of names",
      "LYC4010: inheritEnvironment must be a list of names",
      "LYC4010: envFiles must be a list of paths",
      'LYC4010: localFiles must be "inline" or be left out, not "mount"',
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

describe("a text with variables", () => {
  const code = (text: string, more: Record<string, unknown> = {}) =>
    news({ composeFile: undefined, composeFileCode: text, ...more });

  test("is resolved with them alone, and sent as it is without any", () => {
    const text = "services: {a: {image: 'i:$TAG', environment: {U: '$DB_URL', N: '${N:-1}'}}}";
    expect(parseInputs(code(text)).composeText).toBe(
      'services:\n  a:\n    environment:\n      "N": "1"\n      U: canary-of-variable\n    image: i:v1\n',
    );
    expect(parseInputs(code(text, { variables: undefined })).composeText).toBe(text);
    const profiles = code("services: {a: {image: i}, b: {image: i, profiles: [x]}}", {
      variables: undefined,
      profiles: ["x"],
    });
    expect(parseInputs(profiles).composeText).toBe("services:\n  a:\n    image: i\n  b:\n    image: i\n");
  });

  test("is validated as it will be sent", () => {
    const { reported } = machine().checked(undefined, code("services:\n  a:\n    image: i\n    ports: ['$TAG:80']\n"));
    expect(reported).toMatch(/^composeFileCode:4:13 error LYC2210: services\.a\.ports\[0\]/);
    const files = machine().checked(undefined, code("services:\n  a:\n    image: i\n    env_file: a.env\n"));
    expect(files.reported).toContain("composeFileCode:4:5 error LYC2304");
  });

  test("a change of a secret variable is reported by its place", () => {
    const text = "services: {a: {image: i, environment: {U: '$DB_URL'}}}";
    const before = code(text);
    const after = code(text, { variables: { TAG: "v1", DB_URL: "canary-of-another" } });
    expect(reasons(before, after)).toEqual(["services.a.environment.U (secret) changed"]);
  });
});
