import { hostOfProject } from "../../harness/workspace";
import { Pipeline } from "../pipeline";

/** Reads a file of JSON in the repository, changes it, and writes it. */
function edit<Content>(pipeline: Pipeline, file: string, change: (content: Content) => void): void {
  const content = JSON.parse(pipeline.read(file)) as Content;
  change(content);
  pipeline.write(file, JSON.stringify(content));
}

interface Declared {
  readonly databases: Record<string, Record<string, unknown>>;
  readonly executions: Record<string, Record<string, unknown>>;
}

test.each([hostOfProject()])("what was reviewed is applied, or less, and nothing else (%s)", (host) =>
  Pipeline.run(`review-${host}`, "program-database", host, async (pipeline) => {
    const declared = (change: (content: Declared) => void) => edit<Declared>(pipeline, "declared.json", change);
    const resources = async () => JSON.stringify((await pipeline.state()).deployment.resources);
    const apply = (...args: readonly string[]) => pipeline.ci("apply", "--reviewed", "out/review.json", ...args);

    // In a new stack, the secret with which the provider makes its digests does not exist yet.
    const password = { services: { web: { environment: { DB_PASSWORD: "a-written-password-5711" } } } };
    pipeline.write("web.yaml", `${pipeline.read("web.yaml")}#\n`);
    pipeline.write("more.yaml", JSON.stringify(password));
    declared(({ executions }) => Object.assign(executions.web ?? {}, { composeFile: ["web.yaml", "more.yaml"] }));
    expect((await pipeline.ci("preview", "--save", "out/review.json")).exitCode).toBe(0);
    expect(pipeline.read("out/review.json")).not.toContain("a-written-password-5711");
    expect(await apply()).toMatchObject({ exitCode: 0, starts: 1 });
    expect(await apply()).toMatchObject({ exitCode: 0, starts: 0 });

    // A pull request with three changes.
    const web = pipeline.read("web.yaml");
    pipeline.write("web.yaml", web.replace("web:1", "web:2"));
    declared(({ databases }) => {
      Object.assign(databases.orders ?? {}, { size: 2 });
      Object.assign(databases.users ?? {}, { size: 3 });
    });
    expect((await pipeline.ci("preview", "--save", "out/review.json")).exitCode).toBe(0);

    // An altered commit.
    const reviewed = pipeline.read("declared.json");
    declared(({ databases }) => {
      Object.assign(databases.orders ?? {}, { size: 9 });
      Object.assign(databases.users ?? {}, { engine: "mysql" });
      delete databases.archive;
    });
    pipeline.write("web.yaml", web.replace("web:1", "web:3"));
    const before = await resources();
    const refused = await apply("--summary", "out/s.md", "--json", "out/s.json");
    expect(refused).toMatchObject({
      exitCode: 4,
      starts: 0,
      output: expect.stringMatching(
        /LYC5011: [\s\S]*compose\.services\.web\.image: reviewed: \S+web:2; planned now: \S+web:3/,
      ),
    });
    const summary = pipeline.read("out/s.md");
    expect(summary).toContain("**This goes beyond what was reviewed: 4 differences.**");
    expect(summary).toContain("| orders | size | 1 → 2 | 1 → 9 |");
    expect(summary).toContain("| users | action | update | replace |");
    expect(summary).toContain("| archive | action | nothing | delete |");
    expect(JSON.parse(pipeline.read("out/s.json"))).toMatchObject({
      result: "beyond review",
      differences: expect.any(Array),
    });
    expect(await resources()).toBe(before);

    // First a smaller change, and then the rest.
    pipeline.write("declared.json", reviewed);
    pipeline.write("web.yaml", web);
    declared(({ databases }) => Object.assign(databases.users ?? {}, { size: 1 }));
    expect(await apply()).toMatchObject({ exitCode: 0, starts: 0 });
    pipeline.write("declared.json", reviewed);
    pipeline.write("web.yaml", web.replace("web:1", "web:2"));
    expect(await apply()).toMatchObject({ exitCode: 0, starts: 1 });

    // The secret in the Compose project is compared, because the stack exists now.
    expect((await pipeline.ci("preview", "--save", "out/review.json")).exitCode).toBe(0);
    pipeline.write("more.yaml", JSON.stringify(password).replace("5711", "5712"));
    expect(await apply()).toMatchObject({ exitCode: 4, starts: 0 });

    // Files that are no review of this stack.
    const text = pipeline.read("out/review.json");
    const files: readonly (readonly [string, RegExp])[] = [
      [text.replace('"stack": "dev"', '"stack": "prod"'), /was changed after/],
      [text.slice(0, 200), /is not a file of/],
      [text.replace('"version": 1', '"version": 2'), /has version 2 of the format/],
    ];
    for (const [content, reason] of files) {
      pipeline.write("out/review.json", content);
      expect(await apply()).toMatchObject({ exitCode: 1, starts: 0, output: expect.stringMatching(reason) });
    }
    const missing = await pipeline.ci("apply", "--reviewed", "out/none.json");
    expect(missing).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("LYC5010: out/none.json cannot be read"),
    });
  }),
);

/** Makes the program run a command in place of one of its lines, but only from its third run on. */
const LATER = `
const fs = require("node:fs");
const runs = fs.existsSync("runs") ? Number(fs.readFileSync("runs", "utf8")) : 0;
fs.writeFileSync("runs", String(runs + 1));
const isUpdate = runs === 2;
`;

test.each([hostOfProject()])(
  "a program that declares something else at the update starts and ends no run (%s)",
  (host) =>
    Pipeline.run(`review-clock-${host}`, "program-database", host, async (pipeline) => {
      const program = pipeline.read("index.js").replace("const provider", `${LATER}const provider`);
      const each = "for (const [name, args] of Object.entries(executions)) ";
      expect(program).toContain(each);
      const reviewedApply = async (loop: string) => {
        pipeline.write("index.js", program.replace(each, loop));
        pipeline.write("runs", "0");
        expect((await pipeline.ci("preview", "--save", "out/review.json")).exitCode).toBe(0);
        return pipeline.ci("apply", "--reviewed", "out/review.json", "--summary", "out/s.md");
      };
      const longer = await reviewedApply(`${each}if (isUpdate) args.timeout = 500;\n${each}`);
      expect(longer).toMatchObject({
        exitCode: 4,
        starts: 0,
        output: expect.stringContaining("LYC5012: other than in the preview, timeout is not 600"),
      });
      const more = await reviewedApply(`if (isUpdate) executions.more = executions.web;\n${each}`);
      expect(more).toMatchObject({
        exitCode: 4,
        output: expect.stringContaining("LYC5012: the preview did not have this"),
      });
      const other = await reviewedApply(`${each}if (isUpdate) databases.orders.size = 7;\n${each}`);
      // A refused update may or may not have created the databases. Nothing stops the provider of another resource, so
      // the result shows what it did.
      expect(other).toMatchObject({
        exitCode: 4,
        output: expect.stringMatching(
          /LYC5013: [\s\S]*\* orders: (action: reviewed: nothing; done: update|size: reviewed: 1; done: 7)/,
        ),
      });
      expect(pipeline.read("out/s.md")).toContain("* orders: ");
      const runs = async () => (await pipeline.control.executions()).map(({ status }) => status);
      expect(await runs()).toEqual(["running"]);
      const gone = await reviewedApply(`if (isUpdate) delete executions.web;\n${each}`);
      expect(gone).toMatchObject({
        exitCode: 4,
        starts: 0,
        output: expect.stringContaining("LYC5012: the preview did not delete this execution"),
      });
      expect(await runs()).toEqual(["running"]);
    }),
);
