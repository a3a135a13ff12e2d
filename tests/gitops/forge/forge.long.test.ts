import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Forge } from "./forge";

const hasDocker = process.env.LYCEUM_TEST_DOCKER === "1";

describe.each([
  ["YAML, through the plugin", "infra", "yaml"],
  ["TypeScript", "infra-typescript", "typescript"],
] as const)("a repository whose stack is in %s", (_title, program, name) => {
  let forge: Forge;
  beforeAll(async () => {
    forge = await Forge.begin(name, program, hasDocker ? "docker" : "simulated");
    if (!hasDocker) {
      // Simulated containers end at once unless their text says how long they run.
      for (const [service, seconds] of Object.entries({ worker: 600, migrate: 12 })) {
        const file = join(forge.developer, `compose/${service}.yaml`);
        writeFileSync(file, `${readFileSync(file, "utf8")}    x-lyceum-sim: { run: ${seconds} }\n`);
      }
    }
  });
  afterAll(() => forge.close());

  test("merged work is applied", async () => {
    const applied = await forge.run("apply.yml", forge.push("main", "First"));
    expect([applied.exitCode, applied.starts]).toEqual([0, 2]);
    for (const file of ["reports/apply.md", "reports/infra.html"]) {
      expect(existsSync(join(applied.folder, file))).toBe(true);
    }
  });

  test("a pull request gets one comment, which is updated, and its preview starts nothing", async () => {
    forge.edit("compose/worker.yaml", "echo Working", "echo Working on more");
    const first = await forge.run("preview.yml", forge.push("more-work", "More work"));
    expect([first.exitCode, first.starts]).toEqual([0, 0]);
    const [comment] = forge.comments();
    expect(comment?.body).toContain("worker");
    const foreign = forge.commentOfSomebody(comment?.body.split("\n")[0] ?? "");
    const again = await forge.run("preview.yml", forge.push("more-work", "Nothing else"));
    expect(again.exitCode).toBe(0);
    expect(forge.comments()).toEqual([foreign, comment]);
  });

  test("a change of one service only replaces its run", async () => {
    const applied = await forge.run("apply.yml", forge.merge("more-work"));
    expect([applied.exitCode, applied.starts]).toEqual([0, 1]);
    const labels = (await forge.emulator.control.executions()).map(({ fileName, status }) => [
      fileName?.split("-").at(-1),
      status,
    ]);
    expect(labels).toEqual([
      ["migrate", "completed"],
      ["worker", "aborted"],
      ["worker", "running"],
    ]);
  });

  // The following steps are the same for every language of the stack.
  if (name === "typescript") return;

  test("what was not in the preview that a person approves is not applied", async () => {
    const commit = forge.git(forge.developer, "rev-parse", "main");
    const applied = await forge.run("apply.yml", commit, async () => {
      const folder = forge.checkOut(commit);
      const destroyed = await forge.shell(folder, "npm ci && ./pipeline.sh destroy dev infra", forge.secrets).ended;
      expect(destroyed.exitCode).toBe(0);
    });
    expect([applied.exitCode, applied.starts]).toEqual([4, 0]);
    expect(readFileSync(join(applied.folder, "reports/apply.md"), "utf8")).toMatch(/beyond(?:.|\n)*migrate/);
    const again = await forge.run("apply.yml", commit);
    expect([again.exitCode, again.starts]).toEqual([0, 2]);
  });

  test("a run that is aborted outside of Pulumi is drift", async () => {
    const commit = forge.git(forge.developer, "rev-parse", "main");
    expect((await forge.run("drift.yml", commit)).exitCode).toBe(0);
    const folder = forge.checkOut(commit);
    const aborted = await forge.shell(folder, "npm ci && npx pulumi-lyceum abort worker", forge.secrets).ended;
    expect(aborted.exitCode).toBe(0);
    const drift = await forge.run("drift.yml", commit);
    expect(drift.exitCode).toBe(2);
    expect(readFileSync(join(drift.folder, "drift.md"), "utf8")).toMatch(/worker.*aborted/);
  });

  test("a preview that the policy refuses is commented too", async () => {
    const [allowed, other] = ["image: busybox:stable", "image: quay.io/acme/worker:1"];
    forge.edit("compose/worker.yaml", allowed, other);
    const previewed = await forge.run("preview.yml", forge.push("elsewhere", "An image from elsewhere"));
    expect([previewed.exitCode, previewed.starts]).toEqual([1, 0]);
    expect(forge.comments().at(-1)?.body).toContain("LYC5104");
    forge.edit("compose/worker.yaml", other, allowed);
  });

  test("several stacks are applied with the Automation API, and a failing one does not stop the others", async () => {
    const folder = forge.checkOut(forge.push("main", "Several stacks"));
    writeFileSync(join(folder, "infra", "Pulumi.broken.yaml"), 'config:\n  gitops:workerTimeout: "6000"\n');
    const before = await forge.starts();
    const line = "npm ci && node scripts/apply-all.mjs broken prod";
    const ended = await forge.shell(folder, line, forge.secrets).ended;
    expect(ended.exitCode).toBe(1);
    const report = readFileSync(join(folder, "reports", "stacks.md"), "utf8");
    expect(report).toMatch(/\| broken \| failed \| .*timeout/);
    expect(report).toMatch(/\| prod \| applied \| worker \S+ \|/);
    // The preview of the program with an error fails, so none of its runs starts.
    expect((await forge.starts()) - before).toBe(2);
    for (const stack of ["broken", "prod"]) {
      const destroyed = await forge.shell(folder, `./pipeline.sh destroy ${stack} infra`, forge.secrets).ended;
      expect(destroyed.exitCode).toBe(0);
    }
  });
});
