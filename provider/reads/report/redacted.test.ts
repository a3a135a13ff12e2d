import { createRedactor } from "../../secrets";
import { maskedCompose } from "./redacted";

const redact = createRedactor(["correct-horse-battery"]);

test("the text is in its canonical form, without comments and short forms", () => {
  const text = "# a comment\nservices:\n  web: {ports: ['8080:80'], image: nginx:1.27}\n";
  expect(maskedCompose(text, redact)).toBe(
    [
      "services:",
      "  web:",
      "    image: nginx:1.27",
      "    ports:",
      "      - mode: ingress",
      "        protocol: tcp",
      '        published: "8080"',
      "        target: 80",
    ].join("\n"),
  );
});

test("declared secrets, secret names, options of a command and known shapes are masked", () => {
  const text = [
    "services:",
    "  job:",
    "    image: busybox",
    "    command: [run, --password, hunter2hunter2, --dsn=correct-horse-battery]",
    "    environment:",
    "      DB_PASSWORD: 12345678",
    "      URL: https://u:correct-horse-battery@db/x",
    "      MODE: fast",
    "configs:",
    "  app: {content: 'api_key: abcdefgh'}",
  ].join("\n");
  const shown = maskedCompose(text, redact) ?? "";
  for (const secret of ["hunter2", "correct-horse", "12345678", "abcdefgh"]) expect(shown).not.toContain(secret);
  for (const kept of ["busybox", "MODE: fast", "--password"]) expect(shown).toContain(kept);
});

test("a text that cannot be read is not shown, and a long one in part", () => {
  expect(maskedCompose("services: [", redact)).toBeUndefined();
  const long = `services: {job: {image: busybox, labels: {a: "${"word ".repeat(60_000)}"}}}`;
  expect(maskedCompose(long, redact)).toMatch(/\n# … \d+ further characters$/);
});
