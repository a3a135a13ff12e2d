// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

import { UNKNOWN_MARKER } from "../../../compose";
import { checkMaps as check, inputsOf, parseMap as parseInputs } from "../testing/maps";
import { CANARIES, machine, news, reasons } from "../testing/project-machine";
import { secretValues } from "./parse-inputs";
import type { Projects } from "./projects";

describe("the text of a project", () => {
  const textOf = (projects: Projects, inputs: Record<string, unknown>) =>
    projects.complete(inputsOf(inputs), parseInputs(inputs)).composeText;

  test("is the validated text, even if the files have changed since", () => {
    const { contents, process, checked } = machine();
    const projects = process();
    const { inputs } = checked(projects);
    contents["app/api.env"] = "MODE=other\n";
    const text = textOf(projects, inputs);
    expect(text).toContain("MODE_TOKEN: canary-of-env-file");
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

  test("is made again if another version recorded another digest for the same files and settings", () => {
    const { contents, process, checked } = machine();
    const projects = process();
    const { inputs } = checked(projects);
    const record = inputs.$record as { readonly settings: string };
    const older = { ...inputs, $record: { ...record, digest: "older" } };
    expect(textOf(process(), older)).toBe(textOf(projects, inputs));
    const others = { ...inputs, $record: { ...record, digest: "older", settings: "others" } };
    expect(() => textOf(process(), others)).toThrow(/^LYC3014: /);
    contents["app/api.env"] = "MODE=other\n";
    expect(() => textOf(process(), older)).toThrow(/^LYC3014: /);
  });

  test("comes from the program's folder, whose path only the first check receives", () => {
    const { process, checked } = machine({ "q/app/compose.yaml": "services: {a: {image: of-q}}\n" });
    const projects = process();
    const { inputs } = checked(projects, news({ $program: { directory: "/p/q" } }));
    expect(textOf(projects, inputs)).toContain("of-q");
    const { $program: _folder, ...later } = news();
    expect(check({}, later, projects).inputs.compose).toEqual(inputs.compose);
    expect(checked(process(), news()).reported).toContain("LYC25");
  });

  test("contains files that are sent with the run only if the program asks for it", () => {
    const { checked } = machine({
      "app/compose.yaml": "services: {a: {image: i, volumes: ['./conf:/conf']}}\n",
      "app/conf": "of-the-file\n",
    });
    expect(checked(undefined, news({ localFiles: "inline" })).inputs.compose).toHaveProperty("configs");
    expect(checked(undefined, news()).inputs).not.toHaveProperty("compose");
  });

  test("is made if the old inputs name the same project and record none", () => {
    const { process, checked } = machine();
    expect(checked(process(), news(), news()).inputs).toHaveProperty("$record");
  });

  test("is the unchanged text of a plain file", () => {
    const written = "# plain\nservices:\n  a: {image: 'i'} # one\n";
    const { checked, process } = machine({ "app/compose.yaml": written });
    const projects = process();
    expect(textOf(projects, checked(projects).inputs)).toBe(written);
  });

  test("has no secret in its model, even if a short form splits the secret in one place and not in another", () => {
    const device = `'{"APP_KEY":"cb4dac8e46658aaae8389718cb15d5d2"}'`;
    const written = `x-a: &a {devices: [${device}]}\nservices: {a: {image: i, <<: *a}}\n`;
    const { checked, process } = machine({ "app/compose.yaml": written });
    const { inputs } = checked(process());
    expect(JSON.stringify(inputs)).toContain('\\"APP_KEY');
    expect(JSON.stringify(inputs)).not.toContain("cb4dac8e46658");
  });

  test.each([
    ["a label", "hunter2x", "labels: {a: hunter2x}"],
    ["a longer text", "hunter2x", "labels: {a: to hunter2x}"],
    ["a command", "correct-horse", "command: [sh, -c, psql -W correct-horse]"],
    ["another variable", "hunter2x", "environment: {X: hunter2x}"],
    ["a text in base64", "hunter2x", "labels: {a: Basic YXBwOmh1bnRlcjJ4}"],
    ["a text with dollar signs", "hun$$ter2x", "environment: {X: of hun$$ter2x}"],
  ])("has no secret in its model that another position gives away: %s", (_name, secret, line) => {
    const written = `services:\n  db: {image: i, environment: {DB_PASSWORD: ${secret}}}\n  a:\n    image: i\n    ${line}\n`;
    const { checked, process } = machine({ "app/compose.yaml": written });
    const { inputs } = checked(process());
    expect(JSON.stringify(inputs)).toContain("(secret)");
    expect(JSON.stringify(inputs)).not.toContain(secret);
    expect(JSON.stringify(inputs)).not.toContain("YXBwOmh1bnRlcjJ4");
  });

  test.each([
    ["an env file", { "app/db.env": "DB_PASSWORD=hunter2x\n" }, "env_file: db.env"],
    [".env", { "app/.env": "PW=hunter2x\n" }, "environment: {DB_PASSWORD: $PW}"],
    ["a default", {}, "environment: {DB_PASSWORD: '${PW:-hunter2x}'}"],
    ["a Compose secret", { "app/pw.txt": "hunter2x\n" }, "secrets: [pw]"],
  ])("has no secret in its model that %s gives away", (_name, files, line) => {
    const secret = "secrets: {pw: {file: ./pw.txt}}\n";
    const written = `services: {a: {image: i, labels: {a: to hunter2x}, ${line}}}\n`;
    const { checked, process } = machine({
      "app/compose.yaml": written + ("app/pw.txt" in files ? secret : ""),
      ...files,
    });
    const { inputs } = checked(process());
    expect(JSON.stringify(inputs)).toContain("(secret)");
    expect(JSON.stringify(inputs)).not.toContain("hunter2x");
  });

  test.each([
    [".env", { "app/.env": "PW=postgres\n" }, "environment: {POSTGRES_PASSWORD: $PW}"],
    ["a Compose secret", { "app/pw.txt": "postgres\n" }, "secrets: [pw]"],
    ["a Compose secret with settings", { "app/pw.txt": "host=postgres\npassword=hunter2x\n" }, "secrets: [pw]"],
    ["a Compose secret in JSON", { "app/pw.txt": '{"host":"postgres","password":"hunter2x"}' }, "secrets: [pw]"],
    ["a Compose secret of two lines", { "app/pw.txt": "postgres\nhunter2x\n" }, "secrets: [pw]"],
  ])("shows an ordinary word, even if it is in %s", (_name, files, line) => {
    const secret = "app/pw.txt" in files ? "secrets: {pw: {file: ./pw.txt}}\n" : "";
    const written = `services: {a: {image: 'postgres:16', labels: {a: postgres}, ${line}}}\n${secret}`;
    const { checked, process } = machine({ "app/compose.yaml": written, ...files });
    expect(checked(process()).inputs.compose).toMatchObject({
      services: { a: { image: "postgres:16", labels: { a: "postgres" } } },
    });
  });

  test("shows the name of a service, even if a Compose secret has it too", () => {
    const written =
      "services: {shop-backend: {image: 'acme/shop-backend:1', secrets: [pw]}}\nsecrets: {pw: {file: ./pw.txt}}\n";
    const { checked, process } = machine({ "app/compose.yaml": written, "app/pw.txt": "shop-backend\n" });
    expect(checked(process()).inputs.compose).toMatchObject({
      services: { "shop-backend": { image: "acme/shop-backend:1" } },
    });
  });

  test("shows that values are not known yet, even if one of them is secret", () => {
    const written = "services: {a: {image: 'i:$TAG', environment: {DB_PASSWORD: $DB_PASSWORD}}}\n";
    const { checked, process } = machine({ "app/compose.yaml": written });
    const variables = { TAG: UNKNOWN_MARKER, DB_PASSWORD: UNKNOWN_MARKER };
    const { inputs } = checked(process(), news({ variables, $secrets: ["variables", "variables.DB_PASSWORD"] }));
    const service = { image: UNKNOWN_MARKER, environment: { DB_PASSWORD: UNKNOWN_MARKER } };
    expect(inputs.compose).toMatchObject({ services: { a: service } });
  });

  test("has no secret in a text that looks like a masked text", () => {
    const written = "services: {a: {image: i, environment: {DB_PASSWORD: hunter2x}, labels: {a: (secret) hunter2x}}}\n";
    const { checked, process } = machine({ "app/compose.yaml": written });
    expect(JSON.stringify(checked(process()).inputs)).not.toContain("hunter2x");
  });

  test.each(["shop", "training"])("shows an ordinary word, even if it is a secret in another position: %s", (word) => {
    const written = `services: {a: {image: acme/shop, environment: {DB_PASSWORD: ${word}}, labels: {a: ${word}}}}\n`;
    const { checked, process } = machine({ "app/compose.yaml": written });
    const shown = { environment: { DB_PASSWORD: expect.stringContaining("(secret)") }, labels: { a: word } };
    expect(checked(process()).inputs.compose).toMatchObject({ services: { a: shown } });
  });

  test("comes with its secrets, for redaction", () => {
    const { process, checked } = machine();
    const projects = process();
    const { inputs } = checked(projects);
    const secrets = secretValues(projects.complete(inputsOf(inputs), parseInputs(inputs)));
    expect(secrets.map((secret) => secret.trim())).toEqual(expect.arrayContaining(CANARIES));
  });
});

describe("a text with variables", () => {
  const code = (text: string, more: Record<string, unknown> = {}) =>
    news({ composeFile: undefined, composeFileCode: text, ...more });

  test("is resolved with them alone, and sent unchanged without any", () => {
    const text = "services: {a: {image: 'i:$TAG', environment: {U: '$DB_URL', N: '${N:-1}'}}}";
    expect(parseInputs(code(text)).composeText).toBe(
      'services:\n  a:\n    environment:\n      "N": "1"\n      U: canary-of-variable\n    image: i:v1\n',
    );
    expect(parseInputs(code(text, { variables: undefined })).composeText).toBe(text);
    const defaults = "services: {a: {image: 'i:${TAG:-v2}'}}";
    expect(parseInputs(code(defaults, { variables: undefined })).composeText).toBe(defaults);
    expect(parseInputs(code(defaults)).composeText).toBe("services:\n  a:\n    image: i:v1\n");
    const profiles = code("services: {a: {image: i}, b: {image: i, profiles: [x]}}", {
      variables: undefined,
      profiles: ["x"],
    });
    expect(parseInputs(profiles).composeText).toBe("services:\n  a:\n    image: i\n  b:\n    image: i\n");
  });

  test("is validated in the form that is sent", () => {
    const { reported } = machine().checked(undefined, code("services:\n  a:\n    image: i\n    ports: ['$TAG:80']\n"));
    expect(reported).toMatch(/^composeFileCode:4:13 error LYC2210: services\.a\.ports\[0\]/);
    const files = machine().checked(undefined, code("services:\n  a:\n    image: i\n    env_file: a.env\n"));
    expect(files.reported).toContain("composeFileCode:4:5 error LYC2304");
  });

  test("a change of a secret variable is reported by its location", () => {
    const text = "services: {a: {image: i, environment: {U: '$DB_URL'}}}";
    const before = code(text);
    const after = code(text, { variables: { TAG: "v1", DB_URL: "canary-of-another" } });
    expect(reasons(before, after)).toEqual(["services.a.environment.U (secret) changed"]);
  });
});
