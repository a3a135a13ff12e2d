import { validateCompose } from "../validate";
import { web } from "../validate/testing/fixture";

const remediesOf = (text: string) => validateCompose(text).diagnostics.map(({ code, remedy }) => `${code} ${remedy}`);

// A remedy contains the text that the author should write, if that text is known.
test.each<readonly [text: string, remedies: readonly string[]]>([
  [web("mem_limit: 512 megabytes"), ["LYC2213 Write `512m`."]],
  [web("stop_grace_period: 30"), ["LYC2104 Write `30s`."]],
  [web("stop_grace_period: '30'"), ["LYC2212 Write `30s`."]],
  [web("healthcheck: {test: a, interval: 5 minutes}"), ["LYC2212 Write `5m`."]],
  [web("ports: ['8080/tcp:80']"), ["LYC2210 Write `8080:80/tcp`."]],
  [`version: 3.8\n${web()}`, ["LYC2104 Put 3.8 in quotes or remove it: `version` is obsolete."]],
  [web("hostname: true"), ["LYC2104 Put the value in quotes."]],
  [web("ports: 80"), ["LYC2104 Write each item on a line of its own under `ports:`, with `- ` in front."]],
  [web("cpus: x"), ["LYC2112 Write a number, such as `0.5`."]],
  [web("tty: x"), ["LYC2112 Write `true` or `false`."]],
  [web("scale: x"), ["LYC2112 Write a whole number, such as `2`."]],
  [web("environment: ['=x']"), ["LYC2108 Write NAME=value, or remove it."]],
  [web("environment: {'': x}"), ["LYC2108 Write NAME=value, or remove it."]],
  [web("restart: on-faliure"), ["LYC2107 Write `on-failure`."]],
  [web("stop_signal: SIGTRM"), ["LYC2107 Write `SIGTERM`."]],
  [web("ulimits: {nofiles: 1}"), ["LYC2105 Did you mean `nofile`?"]],
  [web("ports: [8e1]"), ["LYC2210 Write `80/tcp`."]],
  [web("replicas: 2"), ["LYC2105 `replicas` belongs under `deploy:`."]],
  [web("limits: {cpus: '1'}"), ["LYC2105 `limits` belongs under `deploy.resources:`."]],
  [web("dockerfile: x"), ["LYC2105 `dockerfile` belongs under `build:`."]],
  [web("interval: 5s"), ["LYC2105 `interval` belongs under `healthcheck:`."]],
  [web("\u00a0tty: true"), ["LYC2105 Write a space in place of U+00A0 (non-breaking space)."]],
  [web("user:\u00a0me", "tty: true"), ["LYC2006 Write a space in place of U+00A0 (non-breaking space)."]],
  [web("user: “a” b: c"), ["LYC2006 Write a straight quote in place of U+201C (curly quote)."]],
  [
    web("hostname: a: b"),
    ["LYC2006 The value holds `: `, so put it in quotes. A nested mapping starts on a line of its own."],
  ],
  [
    web("hostname: {{ .Values.host }}-a", "tty: true", "x: [a: b: c"),
    ["LYC2006 Render it first, for example with `helm template`, and name the result."],
  ],
  [
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}\n",
    ["LYC2102 Name a Compose file, or write the containers of the manifest as services."],
  ],
])("the remedy is in the diagnostic of %j", (text, remedies) => {
  expect(remediesOf(text)).toEqual(remedies);
});

// In an earlier version, the message for each of these texts was too short or contained a regular expression.
test.each<readonly [text: string, message: RegExp]>([
  [web("pull_policy: often"), /must be `always`, `never`, .* or `every_` with a time, such as `every_12h`$/],
  [web("container_name: x"), /must be at least two letters and digits, /],
  [web("environment: {'': x}"), /^services\.web\.environment has a value without a name$/],
  [web("labels: [12345678901234567890123]"), /must be a string, and it is a number$/],
  [web("depends_on: [a]"), /^the service "a" is not defined$/],
  [web("restart: sometimes"), /must be `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:N`/],
  [web("platform: linux/foo"), /such as `linux\/amd64`: the processor is `amd64`, `arm64`/],
])("the message for %j is precise", (text, message) => {
  expect(validateCompose(text).diagnostics.map((found) => found.message)).toEqual([expect.stringMatching(message)]);
});

it("does not mistake a quoted template of a logging driver for a variable", () => {
  const found = remediesOf(web("logging: {options: {tag: '{{ .Name }}'}}", "hostname: a: b"));
  expect(found).toEqual([expect.stringContaining("The value holds `: `")]);
});

it("does not show the sentences of the YAML library", () => {
  const texts = [
    "a: [1 2\n",
    "a: {b,, c}\n",
    "a: b\nc\nd: e\n",
    "- a\nb\n",
    "a: !x&y z\n",
    "a: |x\n b\n",
    "a: [,]\n",
    "%FOO\na: b\n",
  ];
  const messages = texts.flatMap((text) => validateCompose(text).diagnostics.map(({ message }) => message));
  expect(messages.length).toBeGreaterThanOrEqual(texts.length);
  for (const message of messages)
    expect(message).not.toMatch(/implicit|flow|scalar|token|node|indicator|collection|props/i);
});
