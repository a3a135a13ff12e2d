import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../cli/run";
import { FUNCTIONS } from "../../provider/schema/functions";
import { blocks, root } from "./guides";
import { isFromGolden } from "./terminal-texts";

const fromGolden = blocks.filter(({ golden }) => golden !== undefined);

test("finds a text that no command printed", () => {
  const golden =
    "# a step\n$ pulumi up --yes\nexit 0\n  one <execution-1>\n  two\n\n  stderr:\n  three\nrequests\n  four\n";
  expect(isFromGolden("$ pulumi up\none …\ntwo\n", golden)).toBe(true);
  expect(isFromGolden("$ pulumi up\none …\n…\nthree\n", golden)).toBe(true);
  expect(isFromGolden("$ pulumi up\nthree\none …\n", golden)).toBe(true);
  expect(isFromGolden("$ pulumi up\none …\nthree\n", golden)).toBe(false);
  expect(isFromGolden("$ pulumi up\n…\nfour\n", golden)).toBe(false);
  expect(isFromGolden("$ pulumi up\ntwo\n…\none …\n", golden)).toBe(false);
  expect(isFromGolden("$ pulumi --yes up\none …\n", golden)).toBe(false);
  expect(isFromGolden("$ pulumi --yes\none …\n", golden)).toBe(true);
  expect(isFromGolden("$ pulumi u\none …\n", golden)).toBe(false);
  expect(isFromGolden("one …\n", golden)).toBe(false);
});

test.each(fromGolden)("$guide shows a terminal as $golden has it", ({ golden = "", text }) => {
  expect({ text, isFromGolden: isFromGolden(text, readFileSync(join(root, golden), "utf8")) }).toEqual({
    text,
    isFromGolden: true,
  });
});

/** The command lines of the package in the guides: `npx pulumi-lyceum NAME …`. */
const commandLines = blocks
  .filter(({ language }) => ["sh", "console", "yaml"].includes(language))
  .flatMap(({ text }) => [...text.matchAll(/npx pulumi-lyceum ([^\n|&>]*)/g)].map(([, line = ""]) => line.trim()));

/** Commands whose output differs between machines or versions. Other tests check their output. */
const withoutGolden = ["ci", "doctor", "emulator"];

test("every command has an example on a page of docs, with the output of a golden file (or is in `withoutGolden`)", () => {
  const names = COMMANDS.map(({ name }) => name);
  expect(names.filter((name) => !commandLines.some((line) => `${line} `.startsWith(`${name} `)))).toEqual([]);
  const shown = fromGolden.map(({ text }) => text).join("");
  const printed = names.filter((name) => new RegExp(`^\\$ npx pulumi-lyceum ${name}\\b`, "m").test(shown));
  expect(names.filter((name) => !printed.includes(name))).toEqual(withoutGolden);
});

test("every function has an example in a program that the tests run", () => {
  const programs = blocks.filter(({ file }) => file?.startsWith("examples/")).map(({ text }) => text);
  const unused = Object.keys(FUNCTIONS).filter(
    (name) => !programs.some((text) => new RegExp(`lyceum\\s*\\.${name}(Output)?\\(`).test(text)),
  );
  expect(unused).toEqual([]);
});
