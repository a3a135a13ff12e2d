import { rmSync } from "node:fs";
import { join } from "node:path";
import { Pipeline } from "../pipeline";

test("drift names resources of other providers that were changed or deleted outside", () =>
  Pipeline.run("drift-others", "program-notes", "dynamic", async (pipeline) => {
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 1 });
    expect(await pipeline.ci("drift")).toMatchObject({ exitCode: 0, starts: 0 });
    pipeline.write("changed.note", "by somebody else");
    rmSync(join(pipeline.work.program, "deleted.note"));
    const before = JSON.stringify(await pipeline.state());
    const found = await pipeline.ci("drift", "--summary", "out/drift.md", "--json", "out/drift.json");
    expect(found).toMatchObject({ exitCode: 2, starts: 0 });
    const { result, drift } = JSON.parse(pipeline.read("out/drift.json"));
    expect(result).toBe("drift");
    expect(drift.map(({ name, kind, section }: Record<string, unknown>) => [name, kind, section]).sort()).toEqual([
      ["changed", "changed outside", "drift"],
      ["deleted", "deleted outside", "drift"],
      ["web", "active", "none"],
    ]);
    expect(pipeline.read("out/drift.md")).toContain("| drift: changed outside | changed |");
    expect(JSON.stringify(await pipeline.state())).toBe(before);
    expect(await pipeline.ci("destroy")).toMatchObject({ exitCode: 0, starts: 0 });
  }));
