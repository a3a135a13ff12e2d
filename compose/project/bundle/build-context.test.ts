import { type Files, inlineOf, messagesOf, mounting } from "../testing/bundle";

const options = { images: new Map([["a", { text: "registry.example/a:1", secret: false }]]) };
const binary = Uint8Array.of(0xff);
/** Files that do not fit into a text: one file in each folder that these tests mount. */
const unfit = { "b.ico": binary, "data/b": binary, "web/b.ico": binary, "web/src/a/b.ico": binary };
const projectOf = (mount: string, build: string, files: Files) => {
  const text = `services:\n  a:\n    build: ${build}\n    volumes: ['${mount}', '/app/node_modules']\n`;
  return inlineOf(text, { ...unfit, ...files }, options);
};
const web = { "web/Dockerfile": "# web \\\ncopy ./package.json \\\n\n  ./src/ /app/src" };

test.each<[what: string, mount: string, build: string, files: Files]>([
  ["the context", ".:/app", ".", { Dockerfile: "FROM x\nWORKDIR /app\nCOPY . .\n", ".dockerignore": "\nx\n" }],
  ["a folder of it", "./web/src:/app/src/", "./web", web],
  ["a folder in one that is copied", "./web/src/a:/app/src/a", ".", { Dockerfile: "ADD web /app" }],
  ["a file", "./b.ico:/srv/app/b.ico", ".", { Dockerfile: "WORKDIR /srv\nWORKDIR app\nCOPY b.ico ." }],
  ["a file under another name", "./b.ico:/icon", ".", { Dockerfile: "COPY --chown=a b.ico /icon" }],
  ["a file of a folder", "./web/b.ico:/app/b.ico", ".", { Dockerfile: "COPY web /app" }],
  [
    "with another Dockerfile",
    "./web:/app",
    "{context: web, dockerfile: ../dev.Dockerfile}",
    { "dev.Dockerfile": "COPY package.json ./ /app/" },
  ],
  [
    "in a stage that goes on from another",
    ".:/app",
    ".",
    { Dockerfile: "FROM --platform=a x AS base\nWORKDIR /app\nFROM base\nCOPY . ." },
  ],
  ["in the last stage, which is the target", ".:/app", "{target: Dev}", { Dockerfile: "FROM x AS dev\nCOPY . /app" }],
  [
    "in the stage that is the target",
    ".:/app",
    "{context: ., target: Dev}",
    { Dockerfile: "FROM x AS dev\nCOPY . /app\nFROM y\nCOPY --from=dev /app/out /out" },
  ],
])(
  "leaves out a mount that a text cannot contain, if the image has the same files at the same path: %s",
  (_, mount, build, files) => {
    const bundled = projectOf(mount, build, files);
    expect(messagesOf(bundled)).toEqual([
      expect.stringMatching(/^LYC2314 services\.a\.volumes\[0\] mounts .*: the run has what its image has there$/),
    ]);
    expect(bundled.bundle?.model.services).toMatchObject({
      a: { volumes: [{ target: "/app/node_modules", type: "volume" }] },
    });
  },
);

test.each<[why: string, mount: string, build: string, files: Files]>([
  ["nothing copies it", ".:/app", ".", { Dockerfile: "COPY a /app\nCOPY --from=b . /app\n#COPY . /app" }],
  ["it is copied to elsewhere", ".:/datasets", ".", { Dockerfile: "WORKDIR /app\nCOPY . ." }],
  ["only the image knows where to", ".:/app", ".", { Dockerfile: "COPY . ." }],
  ["another stage has it", ".:/app", ".", { Dockerfile: "FROM a AS b\nCOPY . /app\nFROM scratch" }],
  ["the target does not", ".:/app", "{context: ., target: b}", { Dockerfile: "FROM a AS b\nFROM b\nCOPY . /app" }],
  ["no stage is the target", ".:/app", "{context: ., target: b}", { Dockerfile: "FROM a\nCOPY . /app" }],
  ["another folder is copied", "./data:/data", ".", { Dockerfile: "COPY web /web" }],
  ["it is next to the context", "./data:/data", "./web", { "web/Dockerfile": "COPY . /app" }],
  ["a pattern or a variable names it", ".:/app", ".", { Dockerfile: "COPY * /app/\nCOPY $A /app" }],
  ["it is ignored", "./data:/app/data", ".", { Dockerfile: "COPY . /app", ".dockerignore": "/data/\n" }],
  ["all is ignored", ".:/app", ".", { Dockerfile: "COPY . /app", ".dockerignore": "*\n!src" }],
  ["its Dockerfile is inline", ".:/app", '{context: ., dockerfile_inline: "FROM x"}', { Dockerfile: "COPY . /app" }],
  ["there is no Dockerfile", ".:/app", ".", {}],
  ["it is elsewhere", ".:/app", "./web", { "web/Dockerfile": "COPY . /app" }],
  ["the context is remote", ".:/app", "https://x.example/y.git", { Dockerfile: "COPY . /app" }],
  ["it is in the home folder", "~/.ssh:/app", ".", { Dockerfile: "COPY . /app" }],
])("refuses such a mount when the image does not have it: %s", (_, mount, build, files) => {
  expect(projectOf(mount, build, files).diagnostics.map(({ code }) => code)).toEqual(["LYC2303"]);
});

it("refuses such a mount of a service without a build", () =>
  expect(messagesOf(inlineOf(mounting("./b:/b"), { "b/x": binary, Dockerfile: "COPY . /" }))).toEqual([
    'LYC2303 services.a.volumes[0] mounts "b", which holds "x", which is not a text file (UTF-8)',
  ]));

it("still sends files that a text can contain", () => {
  const { diagnostics } = projectOf("./src:/app", ".", { Dockerfile: "COPY src /app", "src/a.js": "a" });
  expect(diagnostics.map(({ code }) => code)).toEqual(["LYC2311"]);
});

it("does not count the files of a mount that it leaves out", () => {
  const folder = (name: string) =>
    Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${name}/${index}.txt`, `${name} ${index}`]));
  const files = { Dockerfile: "COPY . /", ...folder("b"), ...folder("c"), ...folder("sent") };
  const compose = "services:\n  a: {build: ., volumes: ['./b:/b', './c:/c', './sent:/sent']}\n";
  const { bundle, diagnostics } = inlineOf(compose, { ...files, "b/z": binary, "c/z": binary }, options);
  expect(diagnostics.map(({ code }) => code)).toEqual(["LYC2314", "LYC2314", "LYC2311"]);
  expect(Object.keys(bundle?.model.configs ?? {})).toHaveLength(100);
});
