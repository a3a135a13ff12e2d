import { LineIndex } from "../../../compose";
import { formExamples } from "../testing/examples";
import { isSecretLine, shownText } from "./secret-lines";
import { createSecretSet } from "./secret-set";

test.each([
  ["under the name of a secret", "DB_PASSWORD: |\n  hunter2\n", 2, true],
  ["under such a name, after a blank line", "DB_PASSWORD: |\n\n  hunter2\n", 3, true],
  ["under such a name, after a line of spaces", "DB_PASSWORD: |\n \n  hunter2\n", 3, true],
  ["under such a name, after a line as deep as itself", "DB_PASSWORD: |\n  one\n  hunter2\n", 3, true],
  ["under such a name, after a line that is deeper", "DB_PASSWORD: |\n    one\n  hunter2\n", 3, true],
  ["of a list under such a name", "API_KEYS:\n  - hunter2\n  - hunter3\n", 3, true],
  ["with the rest of a value in quotes", 'DB_PASSWORD: "hunter2\n  hunter3"\n', 2, true],
  ["with such a name itself", "a: b\napi_key: hunter2\n", 2, true],
  ["with such a name and a placeholder", "a: b\napi_key: changeme\n", 2, true],
  ["with such a name and a switch", "a: b\napi_key: none\n", 2, false],
  ["with such a name in a list", "environment: [PASSWORD=hunter2]\n", 1, true],
  ["with such a name in quotes", "environment: {A: 1, 'PASSWORD': hunter2}\n", 1, true],
  ["with an option of a command", "command: redis-server --requirepass hunter2\n", 1, true],
  ["with the default of a variable", `TOKEN: ${"$"}{TOKEN:-hunter2}\n`, 1, true],
  ["with a placeholder as the default of a variable", `TOKEN: ${"$"}{TOKEN:-changeme}\n`, 1, true],
  ["of a list that begins the text", "- mysql\n- -phunter2\n", 2, false],
  ["of another list, after a blank line", "labels:\n\n  - mysql\n  - -phunter2\n", 4, false],
  ["with a variable", `TOKEN: ${"$"}{TOKEN}\n`, 1, false],
  ["with an argument", 'test: ["CMD", "mysqladmin", "ping", "-u", "root", "-pQx9f2LmZ7wPa4TkV8nRb=="]\n', 1, true],
  ["with an argument in a list over lines", 'test: [\n  "mysqladmin",\n  "-phunter2"\n]\n', 3, true],
  ["with an argument after its option", "command:\n  - redis-server\n  - --requirepass\n  - hunter2\n", 4, true],
  ["with an argument that follows its option", "command:\n  - mysql\n  - -phunter2\nimage: x\n", 3, true],
  [
    "with an argument, far down in the text",
    `${"a: b\n".repeat(30)}command:\n  - mysql\n  - -phunter2\nimage: x\n`,
    33,
    true,
  ],
  ["before a secret argument", "command:\n  - mysql\n  - -phunter2\nimage: x\n", 2, false],
  ["after a secret argument", "command:\n  - mysql\n  - -phunter2\nimage: x\n", 4, false],
  ["with an argument after a blank line", "command:\n\n  - mysql\n  - -phunter2\n", 4, true],
  ["with an argument in a list after another list", "command:\n  - mysql\nlabels:\n  - -phunter2\n", 4, false],
  ["with an argument in a list over lines after one line", "test: [a]\nargs: [\n  mysql,\n  -phunter2,\n]\n", 4, true],
  ["after a list in brackets", "test: [\n  mysql\n]\nlabels:\n  - -phunter2\n", 5, false],
  ["of a command in a list after another list", "command:\n  - a\nlabels:\n  - mysql\n  - -phunter2\n", 5, false],
  ["with an argument after a line of a space", "command:\n \n  - mysql\n  - -phunter2\n", 4, true],
  ["after a bracket at the end of a line", "test: [\n  mysql ]\n  - -phunter2\n", 3, false],
  ["with an argument of a list under an anchor", "command: &a\n  - mysql\n  - -phunter2\n", 3, true],
  ["of a list that continues no command", "command: mysql\n  - -phunter2\n", 2, false],
  ["of another list", "labels:\n  - mysql\n  - -phunter2\n", 3, false],
  ["with what looks like a secret", `command: run ${formExamples["GitHub token"]}\n`, 1, true],
  ["that there is not", "", 7, false],
  ["under another name", "command: |\n  hunter2\n", 2, false],
  ["under another name, which is under such a one", "DB_PASSWORD:\n  file: |\n    hunter2\n", 3, false],
  ["as deep as the name above it", "DB_PASSWORD: x9y8\nimage: hunter2\n", 2, false],
  ["first in the text", "hunter2\n", 1, false],
])("whether a line %s is secret", (_name, text, line, expected) =>
  expect(isSecretLine(new LineIndex(text), line)).toBe(expected),
);

test.each([
  ["password: hunter2-Leaks\nname: app\n", "password: [redacted]\nname: app\n", ["hunter2-Leaks"]],
  ["password: changeme\n", "password: [redacted]\n", []],
  [
    "a:\n  password: hunter2-Leaks\n  token: hunter2-Leaks\n",
    "a:\n  password: [redacted]\n  token: [redacted]\n",
    ["hunter2-Leaks"],
  ],
  ["name: app\n", "name: app\n", []],
])("the text that may be shown of %s", (text, shown, values) =>
  expect(shownText(text)).toEqual({ text: shown, values }),
);

test("the lines of a known secret end with its last character", () => {
  const lines = new LineIndex("a\nimage: hunter2\ncanary\nb");
  const secretLines = (secret: string) =>
    [1, 2, 3, 4].filter((line) => isSecretLine(lines, line, createSecretSet([secret])));
  expect(secretLines("hunter2\ncanary")).toEqual([2, 3]);
  expect(secretLines("hunter2\n")).toEqual([2]);
});

test("a line with a known secret is secret for a set that has it", () => {
  const lines = new LineIndex("image: hunter2-canary");
  expect(isSecretLine(lines, 1)).toBe(false);
  expect(isSecretLine(lines, 1, createSecretSet(["hunter2-canary"]))).toBe(true);
});

test("a text is searched once for one set of secrets", () => {
  let asked = 0;
  const lines = {
    get text() {
      asked += 1;
      return "command: |\n  hunter2\n";
    },
    position: () => ({ line: 1 }),
  };
  const secrets = createSecretSet(["other-canary"]);
  isSecretLine(lines, 2, secrets);
  const before = asked;
  isSecretLine(lines, 1, secrets);
  expect(asked).toBe(before);
  isSecretLine(lines, 2, createSecretSet(["hunter2"]));
  expect(asked).toBeGreaterThan(before);
});
