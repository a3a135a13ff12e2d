import { type LoadOptions, loadProject, memoryFiles, type Project } from ".";

const load = (contents: Record<string, string>, options: Partial<LoadOptions> = {}, path = "/p"): Project =>
  loadProject(path, {
    files: memoryFiles(Object.fromEntries(Object.entries(contents).map(([name, text]) => [`/p/${name}`, text]))),
    ...options,
  });
const of = (text: string, options: Partial<LoadOptions> = {}) => load({ "compose.yaml": text }, options);
const service = (settings: string) => of(`services:\n  web:\n    image: nginx\n    ${settings}\n`);

describe("a loaded project", () => {
  const project = load(
    {
      "compose.yaml": `name: shop
x-team: a
services:
  web:
    image: nginx:\${TAG:-1}
    environment: [A=1, "PRICE=$$5", B]
    ports: ["8000-8001:80-81", "53:53/udp"]
    volumes: [./site:/site:ro]
    mem_limit: 512m
    depends_on: [db]
  db: {image: postgres}
  debug: {image: busybox, profiles: [debug]}
`,
      "compose.override.yaml": "services: {db: {image: postgres:16, command: postgres -c 'a b'}}",
      ".env": "TAG=2\n",
    },
    { environment: { TAG: "3", OTHER: undefined } },
  );

  it("has no diagnostics", () => expect([project.report(), project.isValid]).toEqual(["", true]));

  it("has typed services", () => {
    const { web, db } = project.services;
    expect(Object.keys(project.services)).toEqual(["db", "web"]);
    expect(web?.image).toBe("nginx:3");
    expect(web?.environment).toEqual({ A: "1", PRICE: "$5", B: null });
    expect(web?.ports).toEqual([
      { mode: "ingress", protocol: "tcp", target: 80, published: "8000" },
      { mode: "ingress", protocol: "tcp", target: 81, published: "8001" },
      { mode: "ingress", protocol: "udp", target: 53, published: "53" },
    ]);
    expect(web?.volumes?.[0]).toEqual({
      type: "bind",
      source: "./site",
      target: "/site",
      read_only: true,
      bind: { create_host_path: true },
    });
    expect(web?.mem_limit).toBe(536_870_912);
    expect(web?.depends_on).toEqual({ db: { condition: "service_started" } });
    expect(db).toEqual({ image: "postgres:16", command: ["postgres", "-c", "a b"], networks: db?.networks });
  });

  it("has its name, its extensions, its folder and its files", () => {
    expect(project).toMatchObject({
      name: "shop",
      folder: "/p",
      jobs: {},
      volumes: {},
      models: {},
    });
    expect(project.extensions).toEqual({ "x-team": "a" });
    expect(project.files).toEqual([".env", "compose.yaml", "compose.override.yaml"]);
  });

  it.each([
    [["services", "web", "image"], "compose.yaml:5:12"],
    [["services", "db", "image"], "compose.override.yaml:1:24"],
    [["services", "web", "environment", "PRICE"], "compose.yaml:6:24"],
    [["services", "web", "ports", 1, "target"], "compose.yaml:7:13"],
    [["services", "web", "ports", 2], "compose.yaml:7:32"],
    [["services", "web", "volumes", 0, "target"], "compose.yaml:8:15"],
    [["services", "web", "depends_on", "db", "condition"], "compose.yaml:10:18"],
    [["services", "web", "tty"], undefined],
    [["services", "nobody"], undefined],
    [["services", "web", "image", "a"], undefined],
    [["services", "web", "image", 0], undefined],
    [["services", "web", "environment", "B", "a"], undefined],
    [["services", "web", "ports", 9], undefined],
  ])("%j is at %s", (path, expected) => {
    const at = project.positionOf(path);
    expect(at && `${at.file}:${at.line}:${at.column}`).toBe(expected);
  });

  it("bundles itself, and compares itself with a later version", () => {
    expect(project.bundle({ localFiles: "inline" }).diagnostics.map(({ code }) => code)).toEqual(["LYC2312"]);
    const later = of("name: shop\nservices: {web: {image: a}}");
    expect(of("name: shop\nservices: {web: {image: b}}").explainChange(later)).toEqual([
      "image changed in services.web",
    ]);
    expect(later.canonicalText()).toBe('{"name":"shop","services":{"web":{"image":"a"}}}');
    expect(later.bundle().bundle?.text).toBe("name: shop\nservices:\n  web:\n    image: a\n");
  });

  it("validates itself again with further rules", () => {
    const catalogue = { OWN1: { severity: "error", title: "no registry", remedy: "Name the registry." } } as const;
    const rules = [
      (context: Parameters<NonNullable<LoadOptions["rules"]>["rules"][number]>[0]) => {
        for (const { location } of context.services) context.addAt("OWN1", location, "has no registry");
      },
    ];
    expect(project.validate({ rules: { catalogue, rules } }).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "OWN1 services.web",
      "OWN1 services.db",
    ]);
  });
});

it.each([
  ["/", "services: {a: {image: i}}", undefined],
  ["/My Shop", "services: {a: {image: i}}", "myshop"],
  ["/p", "name: own\nservices: {a: {image: i}}", "own"],
])("a project in %s with %j has the name %s", (folder, text, name) => {
  const file = `${folder}/compose.yaml`;
  expect(loadProject(file, { files: memoryFiles({ [file]: text }) }).name).toBe(name);
});

describe("a bad project", () => {
  const project = of("services:\n  web:\n    imgae: nginx\n    ports: ['99999']\n  db: {image: A}\n");

  it("has all diagnostics, and no sections", () => {
    expect(project.isValid).toBe(false);
    expect(project.services).toEqual({});
    expect(project.diagnostics.length).toBeGreaterThan(2);
    expect(project.report()).toContain("    imgae: nginx\n");
    expect(project.positionOf(["services", "db", "image"])).toMatchObject({ line: 5, column: 15 });
  });

  it.each([
    ["a missing file", () => load({}, {}, "/p/compose.yaml"), "LYC2501"],
    ["a folder without a file", () => load({ "a.txt": "" }), "LYC2509"],
    ["not YAML", () => of("a: ["), "LYC2006"],
    ["nothing", () => of(""), "LYC2005"],
    ["too many ports", () => service("ports: ['1-65535:1-65535', '1-34466:1-34466/udp']"), "LYC2502"],
  ])("%s is a diagnostic", (_, act, code) => {
    expect(act().diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });
});

it.each([
  ["/p/compose.yaml", undefined],
  ["compose.yaml", "/p"],
])("reports nothing about files of this machine, and may read them from any folder: %s in %s", (path, from) => {
  const project = loadProject(path, {
    ...(from === undefined ? {} : { from }),
    files: memoryFiles({
      "/p/compose.yaml":
        "services: {web: {extends: {file: ../q/base.yaml, service: web}, volumes: ['/etc:/x', './a:/y'], user: $PWD}}",
      "/q/base.yaml": "services: {web: {image: nginx}}",
    }),
  });
  expect(project.report()).toBe("");
  expect(project.bundle().diagnostics.map(({ code }) => code)).toContain("LYC2313");
  expect(project.services.web?.image).toBe("nginx");
  expect(project.positionOf(["services", "web", "image"])?.file).toBe("../q/base.yaml");
});

it("has hosts of merged files in order, each with its position", () => {
  const project = load({
    "compose.yaml": "services: {web: {image: i, extra_hosts: {z: 2.2.2.2, g: 1.1.1.1}}}",
    "compose.override.yaml": "services: {web: {extra_hosts: {g: 1.1.1.1}}}",
  });
  expect(project.services.web?.extra_hosts).toEqual(["g=1.1.1.1", "z=2.2.2.2"]);
  const columns = [0, 1].map((index) => project.positionOf(["services", "web", "extra_hosts", index])?.column);
  expect(columns).toEqual([57, 45]);
});

it("takes no list but that of the ports for ports, and finds the labels of a list", () => {
  const project = service("command: ['80', '1-3', b]\n    labels: [ab=1, a=2]");
  expect(project.services.web?.command).toEqual(["80", "1-3", "b"]);
  const columnOf = (...path: (string | number)[]) => project.positionOf(["services", "web", ...path])?.column;
  expect([columnOf("command", 2), columnOf("labels", "a")]).toEqual([28, 20]);
});

it("merges the files of a list", () => {
  const files = memoryFiles({ "/p/a.yaml": "services: {web: {image: i}}", "/p/b.yaml": "services: {web: {user: u}}" });
  expect(loadProject(["/p/a.yaml", "/p/b.yaml"], { files }).services.web).toMatchObject({ image: "i", user: "u" });
});

it("converts what Compose reads from a text", () => {
  const project = service(
    "cpus: '.5'\n    pids_limit: '10'\n    tty: 'yes'\n    memswap_limit: -1\n    scale: 2\n    ulimits: {nofile: '9', core: {soft: 1, hard: '2'}}",
  );
  expect(project.report()).toBe("");
  expect(project.services.web).toMatchObject({
    cpus: 0.5,
    pids_limit: 10,
    tty: true,
    memswap_limit: -1,
    ulimits: { nofile: 9, core: { soft: 1, hard: 2 } },
  });
});

it("writes out wide ranges of ports", () => {
  expect(service("ports: ['1-65535', '1-34465/udp']").services.web?.ports).toHaveLength(100_000);
});

it("knows the files in memory", () => {
  const files = memoryFiles({ "a/b.txt": "text", "/c": new Uint8Array([1]) });
  expect(files.stat("/a/b.txt")).toBe("file");
  expect(files.stat("/a")).toBe("folder");
  expect(files.stat("/d")).toBe("missing");
  expect(files.list("/", 9)).toEqual({ kind: "names", names: ["a", "c"] });
  expect(files.list("/d", 9)).toEqual({ kind: "fault", reason: "missing" });
  expect(files.list("/a", 9)).toEqual({ kind: "names", names: ["b.txt"] });
  expect(files.read("/c", 0)).toEqual({ kind: "fault", reason: "large" });
  expect(files.read("/c", 1)).toEqual({ kind: "bytes", bytes: new Uint8Array([1]) });
  expect(files.read("/a", 9)).toEqual({ kind: "fault", reason: "folder" });
  expect(files.read("/d", 9)).toEqual({ kind: "fault", reason: "missing" });
  expect(files.real("/c")).toBe("/c");
});

test("variables of a shell are not reported as misspelt, unless the caller asks for it", () => {
  const text = "services: {a: {image: 'i:$PAGE'}}";
  const environment = { PAGER: "less" };
  const codes = (all: Project["diagnostics"]) => all.map(({ code }) => code);
  expect(codes(of(text, { environment }).diagnostics)).not.toContain("LYC2317");
  expect(codes(of(text, { environment }).bundle().diagnostics)).not.toContain("LYC2317");
  const diagnostics = { LYC2317: "error" } as const;
  const asked = of(text, { environment, diagnostics }).diagnostics;
  expect(asked).toContainEqual(expect.objectContaining({ code: "LYC2317", severity: "error" }));
});
