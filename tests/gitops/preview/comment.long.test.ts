import { join } from "node:path";
import { compareGolden } from "../../harness/golden/golden";
import { Names } from "../../harness/golden/names";
import { Pipeline } from "../pipeline";

interface Declared {
  databases?: Record<string, { engine: string; size: number | string }>;
  executions: Record<string, object>;
}

test("a summary shows all steps, even when no run starts", () =>
  Pipeline.run("comment", "program-database", "dynamic", async (pipeline) => {
    const names = new Names(true);
    const sections: string[] = [];
    const golden = async (title: string, operation: string, ...args: readonly string[]) => {
      const ended = await pipeline.ci(operation, "--summary", "out/s.md", "--json", "out/s.json", ...args);
      for (const { executionId, fileName } of await pipeline.control.executions()) {
        names.execution(executionId, fileName);
      }
      const text = names.apply(pipeline.read("out/s.md"));
      // How many resources a command reaches before it fails is different each time.
      const shown = ended.exitCode === 0 ? text : text.replace(/\d+ unchanged/, "… unchanged");
      sections.push(`# ${operation}, ${title}: exit ${ended.exitCode}\n\n${shown}`);
      return JSON.parse(pipeline.read("out/s.json"));
    };
    const declared: Declared = JSON.parse(pipeline.read("declared.json"));
    const declare = (change: Partial<Declared>) =>
      pipeline.write("declared.json", JSON.stringify(Object.assign(declared, change)));

    await golden("a new stack", "preview");
    await golden("a new stack", "apply");

    // The change removes only the databases. The execution stays as it is.
    const databases = declared.databases ?? {};
    delete declared.databases;
    declare({});
    const deleting = await golden("databases are deleted", "preview");
    expect(deleting.counts).toMatchObject({ delete: 4 });
    expect(deleting.resources).toContainEqual(expect.objectContaining({ name: "orders", action: "delete" }));

    const { users, archive } = databases;
    if (users === undefined || archive === undefined) throw new Error("They are declared.");
    declare({
      databases: {
        users: { ...users, size: 2 },
        orders: { engine: "mysql", size: 1 },
        added: { engine: "x", size: 1 },
      },
      executions: { ...declared.executions, job: { composeFile: "web.yaml", timeout: 600 } },
    });
    const changing = await golden("one of each", "preview");
    expect(changing.counts).toMatchObject({ create: 2, delete: 1, replace: 1, update: 1 });
    const applied = await golden("one of each", "apply");
    expect(applied.counts).toMatchObject({ create: 2, delete: 1, replace: 1, update: 1 });
    expect(applied.resources.map(({ name, result }: Record<string, string>) => [name, result])).toEqual([
      ["archive", "done"],
      ["orders", "done"],
      ["users", "done"],
      ["added", "done"],
    ]);

    declare({ databases: { users: { ...users, size: 2 }, large: { engine: "x", size: "too large" } } });
    await golden("one cannot be created", "apply");
    await golden("everything", "destroy", "--preview-only");
    await golden("everything", "destroy");
    compareGolden(join(__dirname, "golden", "comment.md"), sections.join("\n"));
  }));
