// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { judgeCompose } from "./judge";
import { bundleText } from "./project";

/** Where a short form stands, and the pieces that its texts are made of. */
const forms: Readonly<Record<string, readonly string[]>> = {
  ports: ["1-65535:1-65535", "127.0.0.1:1-60000:1-60000/udp", ":", "-", "/", "[", "1", "1-"],
  volumes: ["a:", ":", "/", "./", "~", "\\\\", "C:", ","],
  mem_limit: ["1", "0", ".", "e9", "k", " ", "1.", "1e"],
  stop_grace_period: ["1", "0", ".", "1h", "m", "1.5s", "µs"],
  image: ["${A:-", "$", "$$", "${", "}", "${A", "a/", ":", "@"],
  command: ["'", "a ", "\\\\", "'a' "],
};
const lists = ["ports", "volumes"];
const length = 1_500;

function textOf(form: string, pieces: string): string {
  const value = `'${pieces.replaceAll("'", "''")}'`;
  return `services: {web: {image: i}, w: {${form}: ${lists.includes(form) ? `[${value}]` : value}}}\n`;
}

const repeated = Object.entries(forms).flatMap(([form, pieces]) => [
  ...pieces.map((piece) => textOf(form, `${piece.repeat(length / piece.length)}!`)),
  ...(lists.includes(form)
    ? [
        `services: {w: {image: i, ${form}: [${pieces.map((piece) => `'${piece}'`.concat(", ").repeat(20)).join("")}a]}}\n`,
      ]
    : []),
]);
const anchors = Array.from({ length: 12 }, (_none, i) => `x-${i}: &a${i} {<<: [*a${i - 1}, *a${i - 1}], k${i}: 1}`);
const texts = [...repeated, `x--1: &a-1 {k: 1}\n${anchors.join("\n")}\nservices: {w: {image: i, <<: *a11}}\n`];

function answer(text: string): void {
  judgeCompose(text, {});
  bundleText(text, { variables: new Map(), profiles: [], diagnostics: {}, surroundings: {} });
}

/** The least of several times, so that what else the machine does is left out. */
function timeOf(run: () => void, count: number): number {
  const times = Array.from({ length: count }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return Math.min(...times);
}

const plain = `services:\n${Array.from({ length: 25 }, (_none, i) => `  s${i}: {image: i, environment: {A: "${"x".repeat(40)}"}}`).join("\n")}\n`;

function isExpensive(run: () => void): boolean {
  answer(plain);
  for (const count of [1, 3, 9]) {
    if (timeOf(run, count) <= 8 * timeOf(() => answer(plain), count)) return false;
  }
  return true;
}

test("no small text takes more than eight times what a plain one of its size takes", () => {
  expect(texts.length).toBeGreaterThan(40);
  expect(texts.filter((text) => isExpensive(() => answer(text))).map((text) => text.slice(0, 120))).toEqual([]);
});

test("an expensive answer is found", () => {
  const expensive = () => {
    for (let times = 0; times < 24; times++) answer(plain);
  };
  expect(isExpensive(expensive)).toBe(true);
});
