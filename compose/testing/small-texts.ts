// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

/** So long is a generated text, nearly. */
const length = 750;

/** A plain project of as many characters as a generated text. */
export const plainSmallText = `services:\n${Array.from({ length: 12 }, (_none, i) => `  s${i}: {image: i, environment: {A: "${"x".repeat(40)}"}}`).join("\n")}\n`;

/** A text of as many characters with a hundred warnings of the plainest kind: what it takes to print them. */
export const smallTextWithWarnings = `services: {web: {image: i, environment: [${Array.from({ length: 110 }, (_none, i) => `$${i < 100 ? "A" : "B"}${i}`).join(", ")}]}}\n`;

/** Pieces of every short form: numbers, and what separates parts. */
const signs = ["1", "0", "a", ".", ",", ":", "/", "-", "=", " ", "~", "@", "'", '"', "\\", "[", "{", "%", "é", "\n"];

/** Each operator of a variable, open and alone. Variables are put in before a form is read, so these are filled into a few. */
const operators = ["$", "$$", "$A", "${", "${A", "}", "${A:-", "${A-", "${A:?", "${A?", "${A:+", "${A+", "${A:-${B:+"];
const withVariables = ["ports[]", "environment[]", "build.args[]", "image", "command", "mem_limit"];

/** Where a short form stands in a service, written as a path, and the pieces of its own. `[]`: it is an item of a list. */
const forms: Readonly<Record<string, readonly string[]>> = {
  "ports[]": ["1-65535:1-65535", "127.0.0.1:1-60000:1-60000/udp", "1-999:1-999", "1-", "1:1/tcp"],
  "expose[]": ["1-65535", "1/udp"],
  "volumes[]": ["a:", "./", "C:", "a:/b:ro", "ro,"],
  "tmpfs[]": ["/a:", "size=1,"],
  "devices[]": ["/dev/a:", "/a:/b:rwm"],
  "extra_hosts[]": ["a:1.2.3.4", "::1", "a="],
  "environment[]": ["A=", "A=1"],
  "labels[]": ["a.b=", "a=1"],
  "env_file[]": ["./a", "../"],
  "dns[]": ["1.1.1.1", "::"],
  "cap_add[]": ["CAP_"],
  "security_opt[]": ["a:b", "a=b"],
  "links[]": ["a:b"],
  "volumes_from[]": ["container:a", "a:ro"],
  "depends_on[]": ["a"],
  "networks[]": ["a"],
  "configs[]": ["a"],
  "secrets[]": ["a"],
  "group_add[]": ["1"],
  mem_limit: ["e9", "k", "1.", "1e", "1gb"],
  memswap_limit: ["-1", "1k"],
  shm_size: ["1b", "1kb"],
  stop_grace_period: ["1h", "m", "1.5s", "µs", "1h1m1s"],
  "healthcheck.interval": ["1h", "1.5s", "ms"],
  cpus: ["0.", "1e1"],
  cpuset: ["0-3,", "0-65535"],
  restart: ["on-failure:", "always"],
  user: ["1:1", "a:b"],
  image: ["a/", "a:1", "a@sha256:", "localhost:5000/"],
  command: ["'a' ", '"a" ', "a 'b"],
  entrypoint: ["'a' ", "a\\ "],
  network_mode: ["service:", "container:"],
  pid: ["service:"],
  "ulimits.nofile": ["1:2", "-1"],
  "sysctls[]": ["net.a=1"],
  "build.context": ["./", "https://", "git@a:b#c:d"],
  "build.args[]": ["A=", "A=${A}"],
  "build.ssh[]": ["default", "a=b"],
  "build.additional_contexts[]": ["a=service:", "a=./b"],
  "build.tags[]": ["a:b"],
  "deploy.resources.limits.memory": ["1g", "1.5e"],
  "deploy.resources.limits.cpus": ["0.5", "1e9"],
  "deploy.labels[]": ["a=b"],
};

/** The value of a path inside braces. */
function documentWith(path: string, values: readonly string[]): string {
  const steps = path.replace("[]", "").split(".");
  const quoted = values.map((value) => JSON.stringify(value));
  const value = path.endsWith("[]") ? `[${quoted.join(", ")}]` : (quoted[0] ?? "");
  const nested = steps.reduceRight((inner, step) => `{${step}: ${inner}}`, value).slice(1, -1);
  return `services: {web: {image: i}, w: {${nested}}}\n`;
}

/** A piece on end, with something behind it that no form ends in; and many short values, where the form is a list. */
function textsOf(path: string, piece: string): string[] {
  const repeated = piece.repeat(Math.ceil(length / piece.length));
  const single = documentWith(path, [`${repeated}!`]);
  if (!path.endsWith("[]")) return [single];
  const items = Array.from({ length: Math.ceil(length / (piece.length + 6)) }, (_none, i) => `${piece}${i % 10}`);
  return [single, documentWith(path, items)];
}

/** Ranges that differ and lie next to each other: each is as many ports as its numbers say. */
function rangesOf(width: number): string {
  const ranges = Array.from({ length: Math.ceil(length / 24) }, (_none, i) => `${i * width + 1}-${(i + 1) * width}`);
  return documentWith(
    "ports[]",
    ranges.map((range) => `${range}:${range}`),
  );
}

const merged = Array.from({ length: 12 }, (_none, i) => `x-${i}: &a${i} {<<: [*a${i - 1}, *a${i - 1}], k${i}: 1}`);

/** Small texts that may be expensive: each short form, filled with each piece. */
export const smallTexts: readonly string[] = [
  ...Object.entries(forms).flatMap(([path, own]) =>
    [...signs, ...(withVariables.includes(path) ? operators : []), ...own].flatMap((piece) => textsOf(path, piece)),
  ),
  ...[2, 5, 10, 12, 13, 16, 50, 100, 500, 1_000].map(rangesOf),
  `x--1: &a-1 {k: 1}\n${merged.join("\n")}\nservices: {w: {image: i, <<: *a11}}\n`,
];
