import { LineIndex } from "../../compose";
import { timesAsLong } from "../../compose/testing/times-as-long";
import { certainSecrets, documentSecrets, isSecretLine } from "./written-secrets";

// The test joins the token from parts, so that secret scanners do not report this file.
const token = ["ghp_", "jZLJ0Hk3TZ94de9ETZC5J5UBSV43DJPVSVQO"].join("");
const password = "c4n4ry-x7Kq2";
const secretLines = (text: string) => {
  const lines = new LineIndex(text);
  return text.split("\n").flatMap((_line, index) => (isSecretLine(lines, index + 1) ? [index + 1] : []));
};
const redact = (text: string, message: string, names: readonly string[] = []) =>
  documentSecrets([new LineIndex(text)], [], () => new Set(names)).redact(message);

test.each([
  [
    "with an escape",
    `a:\n  - "${token.slice(0, 20)}\\x${token.charCodeAt(20).toString(16)}${token.slice(21)}"\nb: c\n`,
    [2],
  ],
  ["over two lines", `a:\n  - "${token.slice(0, 20)}\\\n    ${token.slice(20)}"\nb: c\n`, [2, 3]],
  ["as JSON in quotes", `a: "{\\"GITEA_TOKEN\\":\\"${password}\\"}"\nb: c\n`, [1]],
  ["as an argument", `command:\n  - run\n  - --password\n  - ${password}\n  - x\n`, [4]],
  ["as a key", `environment:\n  "${token}": ""\nb: c\n`, [2]],
  ["in YAML that is not valid", `a: "${token.slice(0, 20)}\\\n  ${token.slice(20)}"\nb: [c\n`, [1, 2]],
])("lines of a secret %s are not shown", (_, text, expected) => {
  expect(secretLines(text)).toEqual(expected);
});

test("a message has no secret of the document, in full or cut", () => {
  const text = `extends: "db-password=${password}"\nx: ${token}\n`;
  expect(redact(text, `the service "db-password=${password}" is not defined`)).not.toContain("c4n4ry");
  expect(redact(text, `the service "some/long/path/${token.slice(0, 12)}…" is missing… now`)).toBe(
    'the service "some/long/path/[redacted]…" is missing… now',
  );
});

test("a message has no part of a secret that a short form splits", () => {
  const [id, key] = ["2/0020839861707099/0618609063092376", "618a47a5cac1f8f15b68ef7b3a60e029"];
  const text = `services: {a: {image: i, volumes: ["${id}:${key}"]}}\n`;
  expect(redact(text, `the volume "${id}" is not defined`, [id])).toBe('the volume "[redacted]" is not defined');
});

test("a few equal characters before an ellipsis do not count as a part of a secret", () => {
  const text = `API_TOKEN: serv-${password}-9f\nDB_PASSWORD: x7Kq2!aB\n`;
  expect(redact(text, "the serv… is missing")).toBe("the serv… is missing");
  for (const cut of ["x7Kq", "x7Kq2", "x7Kq2!", "x7Kq2!a", "x7Kq2!aB"])
    expect(redact(text, `the ${cut}… is missing`)).toBe("the [redacted]… is missing");
});

test("the time to redact a message is the same for 100 times as many secrets", () => {
  const redactor = (count: number) => {
    const rows = Array.from({ length: count }, (_none, index) => `TOKEN_${index}: c4n4ry-${index}-x7Kq2\n`);
    const { redact } = documentSecrets([new LineIndex(rows.join(""))], [], () => new Set());
    redact("…");
    return () => {
      for (let index = 0; index < 300; index += 1) redact(`the service "some/long/path/${index}…" is missing`);
    };
  };
  expect(timesAsLong(redactor(2000), redactor(20), { enough: 8 })).toBeLessThan(16);
});

test("a name stays, unless it gives away a secret by itself", () => {
  const text = `services: {shop-1a2b3c4d: {environment: {DB_PASSWORD: shop-1a2b3c4d}, depends_on: ["PW_TOKEN=${password}"]}}\n`;
  expect(redact(text, "services.shop-1a2b3c4d", ["shop-1a2b3c4d"])).toBe("services.shop-1a2b3c4d");
  expect(redact(text, `"PW_TOKEN=${password}" is missing`, [password])).not.toContain(password);
});

test("certain secrets have the spelling that a container gets", () => {
  expect(
    certainSecrets(new LineIndex("environment: {DB_PASSWORD: 'c4n4ry-$$x7Kq2', NOTE: q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F}\n")),
  ).toEqual(["c4n4ry-$x7Kq2"]);
  expect(certainSecrets(undefined)).toEqual([]);
});

test("a password that equals a name of the document is not secret, so images and users stay readable", () => {
  const text = [
    "services:",
    "  db:",
    "    image: matrixdotorg/synapse:v1",
    "    environment: {POSTGRES_USER: synapse, POSTGRES_PASSWORD: synapse, API_TOKEN: hunter2-x9}",
  ].join("\n");
  expect(certainSecrets(new LineIndex(text))).toEqual(["hunter2-x9"]);
});

test.each(["hostname: tnPkh7nHAyaZNzuozm", 'hostname: \'{"x": "user=app password=tnPkh7nHAyaZNzuozm"}\''])(
  "a random password in the place of a name stays a secret: %s",
  (line) => {
    const text = `services:\n  a:\n    ${line}\n    environment: {DB_PASSWORD: tnPkh7nHAyaZNzuozm}\n`;
    expect(certainSecrets(new LineIndex(text))).toEqual(["tnPkh7nHAyaZNzuozm"]);
  },
);

test("a token stays a secret if the document also has it in an address", () => {
  const token = "8f14e45fceea167a5a36dedd4bea2543";
  const text = `services: {a: {image: i, environment: {REPO: "https://${token}@git.example.com/x.git", GIT_TOKEN: ${token}}}}`;
  expect(certainSecrets(new LineIndex(text))).toContain(token);
});
