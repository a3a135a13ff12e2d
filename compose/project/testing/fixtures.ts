// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import type { ValidationCode } from "../../validate";
import type { ProjectCode } from "../catalogue";
import type { bundleOf, Files } from "./bundle";

/** A project for which one code is reported, and a similar project without this code. */
interface Fixture {
  readonly fails: Files;
  /** The expected diagnostics of `fails`, each as `file:line:column code path`. */
  readonly marks: readonly string[];
  readonly passes: Files;
  readonly options?: Parameters<typeof bundleOf>[1];
}

const service = "services: {a: {image: i}}\n";
/** Returns a document whose service has an env file. */
export const withEnv = (file: string) => `services:\n  a:\n    image: i\n    env_file: ${file}\n`;
const mount = (source: string) => `services: {a: {image: i, volumes: ['${source}:/x']}}\n`;
const config = "services: {a: {image: i, configs: [c]}}\nconfigs: {c: {file: c.txt}}\n";
const images = new Map([["a", { text: "registry.example/a:1", secret: false }]]);
const built = (source: string) => mount(source).replace("image: i", "build: {context: .}");
/**
 * For each code that only a project of files can cause: a project that causes a diagnostic with this code, and a
 * similar one that does not.
 */
export const fixtures: Readonly<Record<Exclude<ProjectCode, ValidationCode>, Fixture>> = {
  LYC2303: {
    fails: { "compose.yaml": mount("./x"), x: Uint8Array.of(0xff) },
    marks: ["compose.yaml:1:36 LYC2303 services.a.volumes[0]"],
    passes: { "compose.yaml": mount("/x"), x: Uint8Array.of(0xff) },
    options: { localFiles: "inline" },
  },
  LYC2311: {
    fails: { "compose.yaml": mount("./x"), x: "x" },
    marks: ["compose.yaml:1:36 LYC2311 services.a.volumes[0]"],
    passes: { "compose.yaml": mount("/x"), x: "x" },
    options: { localFiles: "inline" },
  },
  LYC2312: {
    fails: { "compose.yaml": mount("./data") },
    marks: ["compose.yaml:1:36 LYC2312 services.a.volumes[0]"],
    passes: { "compose.yaml": `${mount("x1")}volumes: {x1: }\n` },
    options: { localFiles: "inline" },
  },
  LYC2313: {
    fails: { "compose.yaml": `services: {a: {image: i, environment: {X: "${"${PWD}"}/x"}}}\n` },
    marks: ["compose.yaml:1:43 LYC2313 services.a.environment.X"],
    passes: { "compose.yaml": `services: {a: {image: i, environment: {X: "${"${PWD:+/app}"}/x"}}}\n` },
  },
  LYC2314: {
    fails: { "compose.yaml": built("./x"), Dockerfile: "FROM i\nCOPY x /x", x: Uint8Array.of(0xff) },
    marks: ["compose.yaml:1:47 LYC2314 services.a.volumes[0]"],
    passes: { "compose.yaml": built("/x"), Dockerfile: "FROM i\nCOPY x /x", x: Uint8Array.of(0xff) },
    options: { localFiles: "inline", images },
  },
  LYC2315: {
    fails: { "compose.yaml": mount("./x"), x: "x" },
    marks: ["compose.yaml:1:36 LYC2315 services.a.volumes[0]"],
    passes: { "compose.yaml": mount("/x"), x: "x" },
    options: { localFiles: "upload", storedMounts: (path) => ({ kind: "stored", source: `/store${path}` }) },
  },
  LYC2316: {
    fails: { "compose.yaml": "services: {a: {image: i}, b: {image: i, profiles: [training]}}\n" },
    marks: ["LYC2316 profiles[0]"],
    passes: { "compose.yaml": "services: {a: {image: i}, b: {image: i, profiles: [trainig]}}\n" },
    options: { profiles: ["trainig"] },
  },
  LYC2317: {
    fails: { "compose.yaml": "services: {a: {image: 'i:${TAG:-1}'}}\n" },
    marks: ["LYC2317 variables.TGA"],
    passes: { "compose.yaml": "services: {a: {image: 'i:${TGA:-1}'}}\n" },
    options: { variables: { TGA: "2" } },
  },
  LYC2501: {
    fails: { "compose.yaml": withEnv("x.env") },
    marks: ["compose.yaml:4:15 LYC2501 services.a.env_file"],
    passes: { "compose.yaml": withEnv("x.env"), "x.env": "A=1\n" },
  },
  LYC2502: {
    fails: { "compose.yaml": config, "c.txt": "x".repeat(1_048_577) },
    marks: ["compose.yaml:2:21 LYC2502 configs.c.file"],
    passes: { "compose.yaml": config, "c.txt": "x".repeat(1_000_000) },
  },
  LYC2503: {
    fails: { "compose.yaml": withEnv("../x.env"), "/x.env": "A=1\n" },
    marks: ["compose.yaml:4:15 LYC2503 services.a.env_file"],
    passes: { "compose.yaml": withEnv("./sub/../x.env"), "sub/y": "", "x.env": "A=1\n" },
  },
  LYC2504: {
    fails: { "compose.yaml": `include: [b.yaml]\n${service}`, "b.yaml": "include:\n  - compose.yaml\n" },
    marks: ["b.yaml:2:5 LYC2504 include[0]"],
    passes: { "compose.yaml": `include: [b.yaml, b.yaml]\n${service}`, "b.yaml": "services: {b: {image: i}}\n" },
  },
  LYC2505: {
    fails: { "compose.yaml": "services:\n  base: {image: i}\n  a: {extends: bse}\n" },
    marks: ["compose.yaml:3:16 LYC2505 services.a.extends"],
    passes: { "compose.yaml": "services:\n  base: {image: i}\n  a: {extends: base}\n" },
  },
  LYC2506: {
    fails: { "compose.yaml": `include: [b.yaml]\n${service}`, "b.yaml": "services: {a: {image: j}}\n" },
    marks: ["compose.yaml:2:12 LYC2506 services.a"],
    passes: { "compose.yaml": `include: [b.yaml]\n${service}`, "b.yaml": "services: {b: {image: j}}\n" },
  },
  LYC2507: {
    fails: {
      "compose.yaml": "services: {a: {image: i, cap_drop: [X]}}\n",
      "over.yaml": "services: {a: {cap_drop: {X: y}}}\n",
    },
    marks: ["over.yaml:1:16 LYC2104 services.a.cap_drop", "over.yaml:1:26 LYC2507 services.a.cap_drop"],
    passes: {
      "compose.yaml": "services: {a: {image: i, cap_drop: [X]}}\n",
      "over.yaml": "services: {a: {cap_drop: [Y]}}\n",
    },
    options: { paths: ["compose.yaml", "over.yaml"] },
  },
  LYC2508: {
    fails: { "compose.yaml": withEnv("x.env"), "x.env": "A=1\nB C=2\n" },
    marks: ["x.env:2:1 LYC2508"],
    passes: { "compose.yaml": withEnv("x.env"), "x.env": "A=1\nBC=2\n" },
  },
  LYC2509: {
    fails: { "other.yaml": service },
    marks: ["LYC2509"],
    passes: { "docker-compose.yml": service },
    options: { paths: ["."] },
  },
  LYC2510: {
    fails: { "compose.yaml": `include: ['oci://host/x']\n${service}` },
    marks: ["compose.yaml:1:11 LYC2510 include[0]"],
    passes: { "compose.yaml": `include: ['host/x']\n${service}`, "host/x": "services: {b: {image: i}}\n" },
  },
  LYC2511: {
    fails: { "compose.yaml": config, "c.txt": Uint8Array.of(0xff, 0xfe) },
    marks: ["compose.yaml:2:21 LYC2511 configs.c.file"],
    passes: { "compose.yaml": config, "c.txt": "é\u0000" },
  },
  LYC2512: {
    fails: { "compose.yaml": config.replace("image: i", "image: i, read_only: true"), "c.txt": "x" },
    marks: ["compose.yaml:1:37 LYC2512 services.a.read_only"],
    passes: { "compose.yaml": config.replace("image: i", "image: i, read_only: false"), "c.txt": "x" },
  },
  LYC2514: {
    fails: { "compose.yaml": "services: {a: {image: i}}\n" },
    passes: { "compose.yaml": "services: {b: {image: i}}\n" },
    marks: ["LYC2514 job"],
    options: { job: "b" },
  },
  LYC2513: {
    fails: { "compose.yaml": "services: {b: {image: i}}\n" },
    marks: ["LYC2513 images.a"],
    passes: { "compose.yaml": "services: {a: {build: .}}\n" },
    options: { images },
  },
};
