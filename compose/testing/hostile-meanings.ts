// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { fill, type HostileText, rows } from "./hostile-texts";

const services = (count: number, settings: (index: number) => string) =>
  `services:\n${rows(count, (i) => `  s${i}: {image: i, ${settings(i)}}`)}\n`;
const service = "services: {web: {image: i}}\n";

/** Texts that are fast to read but slow to validate. */
export const hostileMeanings: Readonly<Record<string, HostileText>> = {
  "many services": { text: services(10_000, () => "") },
  "a chain of services": { text: services(9_000, (i) => (i === 0 ? "tty: true" : `depends_on: [s${i - 1}]`)) },
  "a circle of all services": { text: services(9_000, (i) => `depends_on: [s${(i + 1) % 9_000}]`), code: "LYC2203" },
  "circles in circles": { text: services(7_000, (i) => `depends_on: [s${i + 1}, s0]`), code: "LYC2203" },
  "all wait for all": {
    text: services(300, () => `depends_on: [${rows(150, (k) => `s${k}`).replaceAll("\n", ", ")}]`),
    code: "LYC2203",
  },
  "names that are not defined": {
    text: services(2_000, (i) => `depends_on: [${rows(20, (k) => `zervice${i}x${k}`).replaceAll("\n", ", ")}]`),
    code: "LYC2202",
  },
  "builds of services that are not defined": {
    text: services(7_000, (i) => `build: {additional_contexts: {a: 'service:t${i}'}}`),
    code: "LYC2202",
  },
  "one port of all services": { text: services(9_000, () => "ports: ['80:80']"), code: "LYC2211" },
  "wide ranges of ports": {
    text: services(8_000, (i) => `ports: ['10.0.${i % 256}.${i >> 8}:1-999:1-999']`),
  },
  "one name of all containers": { text: services(9_000, () => "container_name: abc"), code: "LYC2219" },
  "mounts at one place": { text: services(1, () => `volumes: [${rows(40_000, () => "/a").replaceAll("\n", ", ")}]`) },
  "variables without end": { text: `${service}x-a: '${fill("${", "", 900_000)}'`, code: "LYC2310" },
  "variables in variables": { text: `${service}x-a: '${fill("${A:-", "", 900_000)}'`, code: "LYC2310" },
  "variables in their defaults": {
    text: `${service}x-a: '${"${A:-".repeat(90_000)}${"}".repeat(90_000)}'`,
    code: "LYC2310",
  },
  "many variables": { text: `${service}x-a: '${fill("$A ", "", 900_000)}'`, code: "LYC2308" },
  "dollar signs": { text: `${service}x-a: '${fill("$", "", 900_000)}'` },
  "an unclosed quote in a command": {
    text: `services: {web: {image: i, command: "${fill("'a ", "", 900_001)}"}}`,
    code: "LYC2109",
  },
  "beginnings of tokens": { text: `${service}${rows(45, (i) => `x-${i}: '${fill("-eyJ", "", 20_000)}'`)}` },
  "beginnings of addresses": { text: `${service}${rows(45, (i) => `x-${i}: '${fill("a://b:", "", 20_000)}'`)}` },
  "beginnings of keys": { text: `${service}${rows(45, (i) => `x-${i}: '${fill("-----BEGIN A", "", 20_000)}'`)}` },
  "a long word of few letters": { text: `${service}x-a: '${fill("aB3", "", 900_000)}'` },
  "ten wide ranges of ports": {
    text: `services: {web: {image: i, ports: [${rows(10, (i) => `'127.0.0.${i + 1}:1-65535:1-65535'`).replaceAll("\n", ", ")}]}}`,
  },
  // As in Compose, a port that is published twice for the same target counts once.
  "a wide range of ports ten times": {
    text: `services: {web: {image: i, ports: [${rows(10, () => "'127.0.0.1:1-65535:1-65535'").replaceAll("\n", ", ")}]}}`,
  },
  "wide ranges of ports that meet": {
    text: `services: {web: {image: i, ports: [${rows(10, (i) => `'1-${65_000 + i}:${i + 1}-${65_000 + 2 * i}'`).replaceAll("\n", ", ")}]}}`,
    code: "LYC2211",
  },
  "a range that is larger than 1 MB when it is written out": {
    text: "services: {web: {image: i, ports: ['10000-30000:10000-30000/udp']}}",
  },
  "a long size with a wrong unit": {
    text: `services: {web: {image: i, mem_limit: '${fill("1", "", 100_000)}Z'}}`,
    code: "LYC2213",
  },
  "a long size": { text: `services: {web: {image: i, mem_limit: '${fill("1", "", 900_000)}x'}}`, code: "LYC2213" },
  "a long duration": {
    text: `services: {web: {image: i, stop_grace_period: '${fill("1.", "", 900_000)}'}}`,
    code: "LYC2212",
  },
  "a long mount": { text: `services: {web: {image: i, volumes: ['${fill("a:", "", 900_000)}']}}`, code: "LYC2222" },
  "a long port": { text: `services: {web: {image: i, ports: ['${fill("1:", "", 900_000)}']}}`, code: "LYC2210" },
  "long names": { text: `services: {web: {image: i, depends_on: ['${fill("a", "", 900_000)}']}}`, code: "LYC2202" },
};
