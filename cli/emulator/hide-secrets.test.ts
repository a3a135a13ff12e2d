import { hideSecrets } from "./hide-secrets";

const TEXT = `services:
  app:
    image: busybox:stable
    command: ["redis-server", "--requirepass", "hunter2-Leaks"]
    environment:
      DB_PASSWORD: kT9-zQ4w
      EMPTY_PASSWORD: prod
      TITLE: visible
x-note: tested with kT9-zQ4w
`;

test.each([
  ["the value of a name of a secret", "kT9-zQ4w"],
  ["an argument of a command", "hunter2-Leaks"],
])("%s is hidden in the text and in the output", (_, secret) => {
  const { text, hide } = hideSecrets(TEXT);
  expect([TEXT.includes(secret), text.includes(secret)]).toEqual([true, false]);
  expect(hide(`connecting with ${secret} ...`)).toBe("connecting with [redacted] ...");
});

test("everything else is shown, also an ordinary word that is a password", () => {
  const { text, hide } = hideSecrets(TEXT);
  expect(text).toContain('command: ["redis-server", "--requirepass", ');
  expect(text).toContain("      TITLE: visible\n");
  expect(text.split("\n")).toHaveLength(TEXT.split("\n").length);
  expect(hide("deployed to prod, visible")).toBe("deployed to prod, visible");
});
