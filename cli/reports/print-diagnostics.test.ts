import { validateCompose } from "../../compose";
import { rulesOfText } from "../../provider/compose-rules";
import { createSecretSet } from "../../provider/secrets";
import { printedDiagnostics, type Terminal } from "./print-diagnostics";

const labels = Array.from({ length: 60 }, (_, index) => `k${index}: v`).join(", ");
const text = `services:
  web:
    image: nginx
    privileged: true
    prots: ["${"80:80, ".repeat(40)}"]
  db: {image: i, labels: {${labels}}, lables: {${labels}}}
`;

function printed(terminal: Terminal): string {
  const { diagnostics, lines } = validateCompose(text, { ...rulesOfText(), file: "a-folder/compose.yaml" });
  return printedDiagnostics({ files: [], diagnostics, linesOf: () => lines, secrets: createSecretSet([]) }, terminal);
}

const plain: Terminal = { columns: undefined, color: false };
const colors = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g");

it.each([60, 80, 100, 120, 200])("no line is wider than a terminal of %d columns", (columns) => {
  const lines = printed({ columns, color: false }).split("\n");
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
});

it("keeps a message on one line without a terminal", () => {
  expect(printed(plain)).toMatch(/^a-folder\/compose\.yaml:4:17 warning LYC2401: .* privileges .*$/m);
});

it("puts the carets below the marked text, at any width", () => {
  for (const columns of [undefined, 60, 80, 100]) {
    for (const block of printed({ columns, color: false }).split("\n\n")) {
      const lines = block.split("\n");
      const at = lines.findIndex((line) => /^ +\| +\^/.test(line));
      expect(at).toBeGreaterThan(0);
      const carets = lines[at]?.indexOf("^") ?? -1;
      expect(lines[at - 1]?.slice(carets)).toMatch(/^(prots|true|lables)/);
    }
  }
});

it("prints errors before warnings, a blank line between them", () => {
  const heads = printed(plain)
    .split("\n\n")
    .map((block) => / (error|warning) /.exec(block)?.[1]);
  expect(heads[0]).toBe("error");
  expect(heads.at(-1)).toBe("warning");
});

it("colors the same text: errors red, warnings yellow", () => {
  for (const columns of [undefined, 80]) {
    const colored = printed({ columns, color: true });
    expect(colored.replace(colors, "")).toBe(printed({ columns, color: false }));
    expect(colored).toContain("\u001b[1;31merror LYC2105\u001b[0m: ");
    expect(colored).toContain("\u001b[1;33mwarning LYC2401\u001b[0m: ");
  }
});
