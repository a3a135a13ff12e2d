import { bundleOf } from "../testing/bundle";

type Files = Readonly<Record<string, string | Uint8Array>>;

const inline = { localFiles: "inline" } as const;
const buildMounting = (mount: string, build = ".") =>
  `services:\n  a:\n    build: ${build}\n    volumes: ['${mount}', '/app/node_modules']\n`;
const images = new Map([["a", { text: "registry.example/a:1", secret: false }]]);
const binary = Uint8Array.of(0xff);

test.each<[string, string, Files]>([
  [
    "the context",
    buildMounting(".:/app"),
    { Dockerfile: "FROM x\nWORKDIR /app\nCOPY --chown=a . .\n", "b.ico": binary },
  ],
  [
    "a folder of it",
    buildMounting("./web/src:/app/src/", "./web"),
    { "web/Dockerfile": "# web\ncopy ./package.json \\\n  ./src/ /app/src", "web/src/b.ico": binary },
  ],
  [
    "a folder in one that is copied",
    buildMounting("./web/src/a:/app/src/a"),
    { Dockerfile: "ADD web /app", "web/src/a/b.ico": binary },
  ],
  [
    "a file",
    buildMounting("./b.ico:/srv/app/b.ico"),
    { Dockerfile: "WORKDIR /srv\nWORKDIR app\nCOPY b.ico .", "b.ico": binary },
  ],
  ["a file under another name", buildMounting("./b.ico:/icon"), { Dockerfile: "COPY b.ico /icon", "b.ico": binary }],
  [
    "with another Dockerfile",
    buildMounting("./web:/app", "{context: web, dockerfile: ../dev.Dockerfile}"),
    { "dev.Dockerfile": "COPY package.json ./ /app/", "web/b.ico": binary },
  ],
  [
    "in a stage that goes on from another",
    buildMounting(".:/app"),
    { Dockerfile: "FROM x AS base\nWORKDIR /app\nFROM base\nCOPY . .", "b.ico": binary },
  ],
  [
    "in the stage that is the target",
    buildMounting(".:/app", "{context: ., target: Dev}"),
    { Dockerfile: "FROM x AS dev\nCOPY . /app\nFROM y\nCOPY --from=dev /app/out /out", "b.ico": binary },
  ],
])("leaves out a mount of what the image has there, where a text cannot hold it: %s", (_, compose, files) => {
  const { bundle, diagnostics } = bundleOf({ ...files, "compose.yaml": compose }, { ...inline, images });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^LYC2314 services\.a\.volumes\[0\] mounts .*: the run has what its image has there$/),
  ]);
  expect(bundle?.model.services).toMatchObject({ a: { volumes: [{ target: "/app/node_modules", type: "volume" }] } });
});

test.each<[string, string, Files]>([
  ["nothing copies it", buildMounting(".:/app"), { Dockerfile: "COPY a /app\nCOPY --from=b . /app\n#COPY . /app" }],
  ["it is copied to elsewhere", buildMounting(".:/datasets"), { Dockerfile: "WORKDIR /app\nCOPY . ." }],
  ["only the image knows where to", buildMounting(".:/app"), { Dockerfile: "COPY . ." }],
  ["another stage has it", buildMounting(".:/app"), { Dockerfile: "FROM a AS b\nCOPY . /app\nFROM scratch" }],
  [
    "the target does not",
    buildMounting(".:/app", "{context: ., target: b}"),
    { Dockerfile: "FROM a AS b\nFROM b\nCOPY . /app" },
  ],
  ["a pattern or a variable names it", buildMounting(".:/app"), { Dockerfile: "COPY * /app/\nCOPY $A /app" }],
  ["it is ignored", buildMounting("./data:/app/data"), { Dockerfile: "COPY . /app", ".dockerignore": "/data/\n" }],
  ["all is ignored", buildMounting(".:/app"), { Dockerfile: "COPY . /app", ".dockerignore": "*\n!src" }],
  [
    "the Dockerfile is written in the project",
    buildMounting(".:/app", '{context: ., dockerfile_inline: "FROM x"}'),
    { Dockerfile: "COPY . /app" },
  ],
  ["there is no Dockerfile", buildMounting(".:/app"), {}],
  ["it is elsewhere", buildMounting(".:/app", "./web"), { "web/Dockerfile": "COPY . /app" }],
  ["the context is remote", buildMounting(".:/app", "https://x.example/y.git"), { Dockerfile: "COPY . /app" }],
  ["it is in the home folder", buildMounting("~/.ssh:/app"), { Dockerfile: "COPY . /app" }],
])("refuses it where the image does not have it: %s", (_, compose, files) => {
  const { diagnostics } = bundleOf(
    { ...files, "b.ico": binary, "data/b": binary, "compose.yaml": compose },
    { ...inline, images },
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(["LYC2303"]);
});

it("still sends what a text can hold", () => {
  const files = { Dockerfile: "COPY src /app", "src/a.js": "a" };
  const { diagnostics } = bundleOf({ ...files, "compose.yaml": buildMounting("./src:/app") }, { ...inline, images });
  expect(diagnostics.map(({ code }) => code)).toEqual(["LYC2311"]);
});

it("counts no file of a mount that it leaves out for the bound of the project", () => {
  const folder = (name: string) =>
    Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${name}/${index}.txt`, `${name} ${index}`]));
  const files = { Dockerfile: "COPY . /", ...folder("b"), ...folder("c"), ...folder("sent") };
  const compose = "services:\n  a: {build: ., volumes: ['./b:/b', './c:/c', './sent:/sent']}\n";
  const unfit = { "b/z": binary, "c/z": binary };
  const { bundle, diagnostics } = bundleOf({ ...files, ...unfit, "compose.yaml": compose }, { ...inline, images });
  expect(diagnostics.map(({ code }) => code)).toEqual(["LYC2314", "LYC2314", "LYC2311"]);
  expect(Object.keys(bundle?.model.configs ?? {})).toHaveLength(100);
});
