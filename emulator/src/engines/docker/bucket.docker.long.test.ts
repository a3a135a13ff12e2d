import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bucket } from "../../bucket/bucket";
import { realClock } from "../../clock/clock";
import { startRun } from "./testing/live";
import { service, text, withDocker } from "./testing/live-engine";

withDocker("the bucket in real containers", (live) => {
  let folder: string;
  let bucket: Bucket;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bucket-"));
    bucket = new Bucket(join(folder, "bucket"), realClock);
    bucket.objects.createNow();
    await writeFile(join(bucket.objects.mount, "input"), "hello\n");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("a service has the bucket by itself and by a path of the machine, even without root", async () => {
    const script = "cat /mnt/s3/input; mkdir /mnt/s3/out; echo written > /mnt/s3/out/result";
    const run = startRun(
      live.engine,
      text({
        app: service(script, { user: "1000:1000" }),
        other: service("cat /data", { volumes: ["/mnt/s3/input:/data:ro"] }),
      }),
      { bucket: bucket.mount() },
    );
    expect(await run.ended).toMatchObject({ status: "completed" });
    expect([run.messages("app"), run.messages("other")]).toEqual([["hello"], ["hello"]]);
    expect(await readFile(join(bucket.objects.mount, "out", "result"), "utf8")).toBe("written\n");
    expect((await bucket.objects.find("out/result"))?.size).toBe(8);
  });

  test("a setting of the emulator selects which of the two works; without enable_s3_mount, none works", async () => {
    bucket.settings = { ...bucket.settings, mount: "machine" };
    const looks = text({ app: service("ls /mnt/s3 || echo none") });
    const binds = text({ app: service("cat /data", { volumes: ["/mnt/s3/input:/data"] }) });
    const machine = { bucket: bucket.mount() };
    const [alone, bound] = [startRun(live.engine, looks, machine), startRun(live.engine, binds, machine)];
    await Promise.all([alone.ended, bound.ended]);
    // Standard output and standard error are read apart, in any order.
    expect(alone.messages("app")).toContain("none");
    expect(bound.messages("app")).toEqual(["hello"]);
    bucket.settings = { ...bucket.settings, mount: "service" };
    for (const more of [{ bucket: bucket.mount() }, {}]) {
      const refused = await startRun(live.engine, binds, more).ended;
      expect(refused.dockerErrors.join()).toContain("services.app.volumes[0]: refused");
    }
    expect(await readdir(bucket.objects.mount)).toEqual(["input"]);
  });
});
