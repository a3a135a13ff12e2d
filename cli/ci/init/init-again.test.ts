import { rmSync } from "node:fs";
import { initFolder } from "./testing/init-folder";

const { init, put, read, whole, written } = initFolder();

describe("a second `ci init`", () => {
  const matrixIn = (path: string) => /stack: \[.*\]/i.exec(read(path))?.[0];
  const PREVIEW = ".github/workflows/preview.yml";

  test("with the same answers, it changes nothing", async () => {
    put("infra/Pulumi.yaml", "name: infra\nruntime: python\n");
    for (const kind of ["github", "gitlab", "shell"]) {
      await init(kind, "--stacks", "eu-1.x,on");
      const before = written().map((path) => [path, read(path)]);
      for (const options of [[], ["--stacks", "eu-1.x,on"]]) {
        const { code, output } = await init(kind, ...options);
        expect(code).toBe(0);
        expect(output).not.toMatch(/^(wrote|updated|overwrote) /m);
      }
      expect(written().map((path) => [path, read(path)])).toEqual(before);
      for (const path of written()) if (!path.startsWith("infra/")) rmSync(whole(path));
    }
  });

  test("it adds a project with another stack and another language", async () => {
    put("one/Pulumi.yaml", "name: one\nruntime: yaml\n");
    put("one/Pulumi.prod.yaml", "");
    put("one/Pulumi.dev.yaml", "");
    await init("github");
    expect(matrixIn(PREVIEW)).toBe("stack: [dev, prod]");
    put("two/Pulumi.yaml", "name: two\nruntime: go\n");
    put("two/Pulumi.staging.yaml", "");
    const { code, output } = await init("github");
    expect([code, output]).toEqual([0, expect.stringContaining(`updated ${PREVIEW}`)]);
    // The stacks of the existing file keep their order, because a person may have chosen it.
    expect(matrixIn(PREVIEW)).toBe("stack: [dev, prod, staging]");
    expect(read(PREVIEW)).toContain("actions/setup-go@");
    expect(output).toContain("unchanged scripts/comment.sh");
  });

  test("it keeps a file that somebody has changed, shows what to change, and updates the others", async () => {
    await init("github", "--stacks", "dev");
    const edited = read(PREVIEW).replace("timeout-minutes: 15", "timeout-minutes: 45");
    put(PREVIEW, edited);
    const { code, output, complaints } = await init("github", "--stacks", "dev,prod");
    expect(code).toBe(1);
    expect(read(PREVIEW)).toBe(edited);
    expect(matrixIn(".github/workflows/apply.yml")).toBe("stack: [dev, prod]");
    expect(output).not.toContain(PREVIEW);
    expect(complaints).toContain(`${PREVIEW} was not written, because somebody has changed it`);
    expect(complaints).toContain("-        stack: [dev]\n+        stack: [dev, prod]\n");
    expect(complaints).toContain("-    timeout-minutes: 45\n+    timeout-minutes: 15\n");
    expect((await init("github", "--stacks", "dev,prod", "--force")).code).toBe(0);
    expect(matrixIn(PREVIEW)).toBe("stack: [dev, prod]");
  });

  test("lines at the end of a file are a change, too", async () => {
    await init("gitlab", "--stacks", "dev");
    put(".gitlab-ci.yml", `${read(".gitlab-ci.yml")}\nlint:\n  script: [make lint]\n`);
    const { code, complaints } = await init("gitlab", "--stacks", "dev,prod");
    expect([code, complaints]).toEqual([1, expect.stringContaining("-lint:\n-  script: [make lint]")]);
  });
});

test("when a file exists, none is written, unless --force is given", async () => {
  put(".github/workflows/drift.yml", "on: push\n");
  const refused = await init("github");
  expect(refused).toMatchObject({ code: 1, output: "" });
  expect(refused.complaints).toContain("there is already .github/workflows/drift.yml. --force overwrites");
  expect(written()).toEqual([".github/workflows/drift.yml"]);
  expect((await init("github", "--force")).output).toContain("overwrote .github/workflows/drift.yml");
  expect((await init("github")).output).toContain("unchanged .github/workflows/drift.yml");
});
