// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { machine, news, reasons } from "../testing/project-machine";

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

  test("is not a change if files are only moved, or written in another form", () => {
    const { contents, checked } = machine();
    const before = checked().inputs;
    contents["app/compose.override.yaml"] = "# c\nservices:\n  api:\n    labels:\n    - a=b\n";
    for (const [name, text] of Object.entries(contents)) contents[name.replace("app/", "moved/")] = text;
    const after = checked(undefined, news({ composeFile: "moved" }), before).inputs;
    expect(after.$record).not.toEqual(before.$record);
    expect(reasons(before, after)).toEqual([]);
  });

  test("is not a change for a stack whose state contains the text, as 0.1.0 wrote it", () => {
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

  test("is not a change if an older version has recorded the content of a file in plaintext", () => {
    const files = {
      "app/compose.yaml": "services: {a: {image: i, configs: [c]}}\nconfigs: {c: {file: ./c.conf}}\n",
      "app/c.conf": "requirepass canary-of-redis\n",
    };
    const { contents, checked } = machine(files);
    const before = checked().inputs;
    expect(JSON.stringify(before)).not.toContain("canary-of-redis");
    const compose = { ...(before.compose as object), configs: { c: { content: files["app/c.conf"] } } };
    const record = {
      ...(before.$record as object),
      digest: "by the rules of another version",
      settings: "of another version",
    };
    const old = { ...before, compose, $record: record };
    const after = checked(undefined, news(), old).inputs;
    expect(JSON.stringify(after)).not.toContain("canary-of-redis");
    expect(reasons(old, after)).toEqual([]);
    contents["app/c.conf"] = "requirepass another-canary\n";
    expect(reasons(old, checked(undefined, news(), old).inputs)).toEqual(["configs.c.content (secret) changed"]);
  });

  test.each([
    ["becomes secret", ["variables.DB_URL"], ["variables.DB_URL", "variables.TAG"]],
    ["is no longer secret", ["variables.DB_URL", "variables.TAG"], ["variables.DB_URL"]],
  ])("has no reason for a value that only %s", (_, secretBefore, secretAfter) => {
    const { contents, checked } = machine();
    const marked = (paths: readonly string[]) => news({ $secrets: ["variables", ...paths] });
    const before = checked(undefined, marked(secretBefore)).inputs;
    contents["app/parts/db.yaml"] = "services: {db: {image: 'db:17'}}\n";
    expect(reasons(before, checked(undefined, marked(secretAfter), before).inputs)).toEqual([
      "image changed in services.db",
    ]);
    const other = { ...marked(secretAfter), variables: { TAG: "v2", DB_URL: "canary-of-variable" } };
    expect(reasons(before, checked(undefined, other, before).inputs)).toEqual([
      "services.api.image (secret) changed",
      "image changed in services.db",
    ]);
  });

  test("is not found in a secret under another stack secret, and is found elsewhere", () => {
    const { contents, checked } = machine();
    const before = checked().inputs;
    const later = () => checked(undefined, news({ $scope: "another" }), before).inputs;
    expect(reasons(before, later())).toEqual([]);
    contents["app/parts/db.yaml"] = "services: {db: {image: 'db:17'}}\n";
    expect(reasons(before, later())).toEqual(["image changed in services.db"]);
  });

  test("from a file to a text of the same meaning is no change", () => {
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
