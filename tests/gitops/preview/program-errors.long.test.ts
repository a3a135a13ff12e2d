import { Pipeline } from "../pipeline";

const FORMS = ["--format", "github", "--sarif", "out/found.sarif", "--codequality", "out/found.json"];

/** What a preview shows of an error of the program: annotations, and the location in each report. */
async function shown(pipeline: Pipeline) {
  const ended = await pipeline.ci("preview", ...FORMS);
  expect(ended).toMatchObject({ exitCode: 1, starts: 0 });
  const { results } = JSON.parse(pipeline.read("out/found.sarif")).runs[0];
  return {
    annotations: ended.output.match(/^::error .*LYC5020.*$/gm) ?? [],
    places: results.map(({ locations: [{ physicalLocation: place }] }: Result) => [
      place.artifactLocation.uri,
      place.region.startLine,
    ]),
    quality: JSON.parse(pipeline.read("out/found.json")).map(
      ({ location }: { location: { path: string; lines: { begin: number } } }) => [location.path, location.lines.begin],
    ),
  };
}

interface Result {
  readonly locations: readonly [
    { readonly physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } },
  ];
}

test("an error of a program in YAML is an annotation, and a finding, on its line", () =>
  Pipeline.run("errors-yaml", "program-yaml", "plugin", async (pipeline) => {
    const text = pipeline.read("Pulumi.yaml").replace("composeFile: web", "composeFil: web");
    pipeline.write("Pulumi.yaml", text);
    const line = text.split("\n").findIndex((one) => one.includes("composeFil:")) + 1;
    const found = await shown(pipeline);
    const annotation = new RegExp(`^::error file=Pulumi.yaml,line=${line},.*title=LYC5020::.*composeFil\\b`);
    expect(found.annotations).toEqual([expect.stringMatching(annotation)]);
    expect([found.places, found.quality]).toEqual([[["Pulumi.yaml", line]], [["Pulumi.yaml", line]]]);
  }));

const PROGRAM = `import { ComposeExecution } from "pulumi-lyceum";

const seconds: number = 300;
new ComposeExecution("web", { composeFile: "web.yaml", timeout: seconds });
`;

test("an error of a program in TypeScript is, too: of its types, its syntax, or when it runs", () =>
  Pipeline.run(
    "errors-typescript",
    "program",
    "dynamic",
    async (pipeline) => {
      pipeline.write("package.json", JSON.stringify({ private: true, main: "index.ts" }));
      pipeline.write("Pulumi.yaml", "name: story\nruntime: nodejs\n");
      pipeline.write("tsconfig.json", JSON.stringify({ compilerOptions: { strict: true, target: "ES2020" } }));
      const errors: readonly (readonly [string, string, string])[] = [
        ["seconds: number = 300", 'seconds: number = "300"', "TS2322: .*"],
        ["number = 300;", "number = = 300;", "TS1109: .*"],
        ["number = 300;", "number = process.env.NO_SUCH_VARIABLE!.length;", "TypeError: .*"],
      ];
      for (const [from, to, message] of errors) {
        pipeline.write("index.ts", PROGRAM.replace(from, to));
        const found = await shown(pipeline);
        expect([to, found.annotations]).toEqual([
          to,
          [expect.stringMatching(new RegExp(`^::error file=index.ts,line=3,.*title=LYC5020::${message}`))],
        ]);
        expect([found.places, found.quality]).toEqual([[["index.ts", 3]], [["index.ts", 3]]]);
      }
      pipeline.write("index.ts", PROGRAM);
      expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0 });
      // Tests do without the types, to save time, and a user's program does not.
    },
    { PULUMI_NODEJS_TRANSPILE_ONLY: "false" },
  ));
