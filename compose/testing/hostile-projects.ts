// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { fill, rows } from "./hostile-texts";

/**
 * The files of a project that takes far too much time or memory in a careless reader, or did so in an earlier version.
 */
export interface HostileProject {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The code of the diagnostic about the project. Absent if the project is valid. */
  readonly code?: string;
}

const service = "services: {web: {image: i}}\n";
const config = "services: {web: {image: i, configs: [c]}}\nconfigs: {c: {file: f}}\n";
const one = (text: string, more: Readonly<Record<string, string | Uint8Array>> = {}) => ({
  "compose.yaml": text,
  ...more,
});
const list = (count: number, item: (index: number) => string) => `[${rows(count, item).replaceAll("\n", ", ")}]`;

/** Projects that are slow to merge. */
export const hostileProjects: Readonly<Record<string, HostileProject>> = {
  "includes that double": {
    files: one(`include: [f0.yaml]\n${service}`, {
      ...Object.fromEntries(
        Array.from({ length: 18 }, (_, i) => [`f${i}.yaml`, `include: [f${i + 1}.yaml, f${i + 1}.yaml]\n`]),
      ),
      "f18.yaml": "services: {last: {image: i}}\n",
    }),
    code: "LYC2502",
  },
  "one file included many times": {
    files: one(`include: ${list(20_000, () => "f.yaml")}\n${service}`, {
      "f.yaml": `services: {last: {image: i, environment: {A: '${"x".repeat(100_000)}'}}}\n`,
    }),
    code: "LYC2502",
  },
  "one file merged many times": {
    files: one(`include: [{path: ${list(10_000, () => "f.yaml")}}]\n${service}`, {
      "f.yaml": `services: {last: {image: i, deploy: {placement: {constraints: ${list(1_000, () => "k")}}}}}\n`,
    }),
    code: "LYC2502",
  },
  "files that include themselves": { files: one(`include: [compose.yaml]\n${service}`), code: "LYC2504" },
  "more files than a project may have": {
    files: one(`services: {web: {image: i, env_file: ${list(500, (i) => `e${i}`)}}}\n`, {
      ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`e${i}`, `A${i}=1\n`])),
    }),
    code: "LYC2502",
  },
  "a chain of extended services": {
    files: one(
      `services:\n  s0: {image: i, environment: {A0: 1}}\n${rows(8_000, (i) => `  s${i + 1}: {extends: s${i}, environment: {A${i + 1}: 1}}`)}\n`,
    ),
    code: "LYC2502",
  },
  "a chain of extended services, last first": {
    files: one(
      `services:\n${rows(8_000, (i) => `  s${8_000 - i}: {extends: s${7_999 - i}, environment: {A${8_000 - i}: 1}}`)}\n  s0: {image: i}\n`,
    ),
    code: "LYC2502",
  },
  "services of one large file": {
    files: one(`services:\n${rows(5_000, (i) => `  s${i}: {extends: {file: f.yaml, service: a}}`)}\n`, {
      "f.yaml": `services:\n  a: {image: i}\n${rows(8_000, (i) => `  b${i}: {image: '$$i'}`)}\n`,
    }),
  },
  "one long variable many times": {
    files: one(`${service}${rows(9_000, (i) => `x-${i}: '\${LONG}'`)}\n`, { ".env": `LONG=${"x".repeat(500_000)}\n` }),
    code: "LYC2502",
  },
  "variables that double": {
    files: one(`${service}x-a: '$V40'\n`, { ".env": `V0=xxxxxxxx\n${rows(40, (i) => `V${i + 1}=$V${i}$V${i}`)}\n` }),
    code: "LYC2508",
  },
  "an env file of all services": {
    files: one(`services:\n${rows(5_000, (i) => `  s${i}: {image: i, env_file: big.env}`)}\n`, {
      "big.env": `${rows(5_000, (i) => `A${i}=1`)}\n`,
    }),
    code: "LYC2502",
  },
  "a long line of an env file": {
    files: one("services: {web: {image: i, env_file: x.env}}\n", { "x.env": fill("'", "A='", 900_000) }),
    code: "LYC2508",
  },
  "an env file of broken lines": {
    files: one("services: {web: {image: i, env_file: x.env}}\n", { "x.env": fill("A B\n", "", 900_000) }),
    code: "LYC2508",
  },
  "variables without end in an env file": {
    files: one("services: {web: {image: i, env_file: x.env}}\n", { "x.env": fill("${", "A=", 900_000) }),
    code: "LYC2508",
  },
  "one file in many configs": {
    files: one(
      `services: {web: {image: i, configs: ${list(5_000, (i) => `c${i}`)}}}\nconfigs:\n${rows(5_000, (i) => `  c${i}: {file: f}`)}\n`,
      { f: "x".repeat(500_000) },
    ),
    code: "LYC2502",
  },
  "blank lines in a config": {
    files: one(config, { f: `a${fill("\n", "", 900_000)}b` }),
  },
  "blanks in a config": { files: one(config, { f: `a\n${fill(" ", "", 900_000)}b` }) },
  "colons in a config": { files: one(config, { f: fill("a:", "", 900_000) }) },
  "more text than one may hold": {
    files: one(`services: {web: {image: i, configs: [c, d]}}\nconfigs: {c: {file: f}, d: {file: f}}\n`, {
      f: "x".repeat(800_000),
    }),
    code: "LYC2502",
  },
  "a file that is one deep list": { files: one(fill("- ")), code: "LYC2009" },
  "an alias bomb in an included file": {
    files: one(`include: [f.yaml]\n${service}`, {
      "f.yaml": `${rows(10, (i) => `x-${i}: &a${i} ${list(9, () => (i === 0 ? "x" : `*a${i - 1}`))}`)}\n`,
    }),
    code: "LYC2010",
  },
  "lists that grow when they are merged": {
    files: one(
      `services:\n${rows(2_000, (i) => `  s${i + 1}: {extends: s${i}, ports: ${list(5, (k) => `'${i * 5 + k + 1}'`)}}`)}\n  s0: {image: i}\n`,
    ),
    code: "LYC2502",
  },
  "pools of addresses that all meet": {
    files: one(`include: [{path: [a.yaml, b.yaml]}]\n${service}`, {
      "a.yaml": `networks: {n: {ipam: {config: ${list(20_000, (i) => `{subnet: a${i}}`)}}}}\n`,
      "b.yaml": `networks: {n: {ipam: {config: ${list(20_000, (i) => `{subnet: b${i}}`)}}}}\n`,
    }),
    code: "LYC2502",
  },
  "one pool of addresses in the place of many": {
    files: one(`include: [{path: [a.yaml, b.yaml]}]\n${service}`, {
      "a.yaml": `networks: {n: {ipam: {config: [{aux_addresses: {${rows(8_000, (i) => `a${i}: x,`).replaceAll("\n", " ")}}}]}}}\n`,
      "b.yaml": `networks: {n: {ipam: {config: ${list(600, (i) => `{subnet: b${i < 300 ? i : 599 - i}}`)}}}}\n`,
    }),
    code: "LYC2502",
  },
  "lists in pools of addresses": {
    files: one(`include: [{path: [a.yaml, b.yaml]}]\n${service}`, {
      "a.yaml": `networks: {n: {ipam: {config: ${list(150, () => "{subnet: a}")}}}}\n`,
      "b.yaml": `networks: {n: {ipam: {config: ${list(150, () => `{subnet: a, x-a: ${list(400, () => "y")}}`)}}}}\n`,
    }),
    code: "LYC2502",
  },
  "as many pools of addresses as may meet": {
    files: one(`include: [{path: [a.yaml, b.yaml]}]\n${service}`, {
      "a.yaml": `networks: {n: {ipam: {config: ${list(160, (i) => `{subnet: 10.1.${i}.0/24}`)}}}}\n`,
      "b.yaml": `networks: {n: {ipam: {config: ${list(160, (i) => `{subnet: 10.2.${i}.0/24}`)}}}}\n`,
    }),
  },
  "a large file that many inclusions extend": { files: manyExtending("i") },
  // The size of `big.yaml` counts once for each inclusion, because each inclusion has its own variables.
  "a large file with a variable that many inclusions extend": { files: manyExtending('"${X:-i}"'), code: "LYC2502" },
};

function manyExtending(image: string): Readonly<Record<string, string>> {
  const names = Array.from({ length: 150 }, (_, i) => `inc${i}.yaml`);
  return {
    ...one(`include:\n${names.map((name) => `  - {path: ${name}}`).join("\n")}\n${service}`, {
      "big.yaml": `services:\n${rows(6_000, (i) => `  s${i}: {image: ${image}, labels: {a: b}}`)}\n`,
    }),
    ...Object.fromEntries(
      names.map((name, i) => [name, `services: {i${i}: {extends: {file: big.yaml, service: s0}}}\n`]),
    ),
  };
}
