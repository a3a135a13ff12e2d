import { mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refusals } from "../text/refusals";
import { mountBucket } from "./mount-bucket";

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "mount-")));
  await mkdir(join(folder, "data"));
  await symlink("/etc", join(folder, "link"));
  await symlink("/nowhere", join(folder, "dangling"));
});
afterAll(() => rm(folder, { recursive: true }));

const bind = (source: string, target = "/data") => ({
  type: "bind",
  source,
  target,
  ...(target === "/data" ? { bind: { create_host_path: false } } : {}),
});
const model = (...volumes: unknown[]) => ({ services: { a: { image: "x", volumes }, b: { image: "x" } } });
const mounted = async (volumes: unknown[], inServices: boolean) =>
  mountBucket(model(...volumes), { folder, inServices, onMachine: true });

test("a path of the machine becomes a path of the bucket, and services have the bucket by themselves", async () => {
  const cache = { type: "volume", source: "/mnt/s3", target: "/cache" };
  const step = await mounted([bind("/mnt/s3/data/x"), cache], true);
  const own = bind(folder, "/mnt/s3");
  expect(step).toMatchObject({
    value: { services: { a: { volumes: [bind(join(folder, "data/x")), cache, own] }, b: { volumes: [own] } } },
  });
});

test("a service with one mount keeps it next to the bucket, and what is no service stays as it is", async () => {
  const one = { type: "volume", source: "v", target: "/v" };
  const step = await mounted([one], true);
  const own = bind(folder, "/mnt/s3");
  expect(step).toEqual({
    kind: "done",
    value: { services: { a: { image: "x", volumes: [one, own] }, b: { image: "x", volumes: [own] } } },
  });
  const odd = { services: { a: null }, name: "n" };
  expect(await mountBucket(odd, { folder, inServices: true, onMachine: true })).toEqual({ kind: "done", value: odd });
});

test("a service with a mount at the bucket's path keeps only its own; without the setting, none gets one", async () => {
  const step = await mounted([bind("/mnt/s3", "/mnt/s3")], true);
  expect(step).toMatchObject({ value: { services: { a: { volumes: [bind(folder, "/mnt/s3")] } } } });
  expect(await mounted([], false)).toEqual({ kind: "done", value: model() });
});

test.each(["link", "link/passwd", "dangling", "dangling/x", "data/../link"])(
  "a link that leads out of the bucket is refused: %s",
  async (path) => {
    expect(await mounted([bind(`/mnt/s3/${path}`)], true)).toEqual({
      kind: "failed",
      reasons: ["services.a.volumes[0].source: refused, it leads out of the bucket."],
    });
  },
);

test.each([
  ["/mnt/s3", true],
  ["/mnt/s3/a:b", true],
  ["/mnt/s3/../../etc", false],
  ["/mnt/s33", false],
  ["/mnt", false],
  ["./mnt/s3", false],
])("whether the source %s is in the bucket: %p", (source, isOne) => {
  for (const volume of [bind(source), `${source}:/data`]) {
    expect(refusals(model(volume), true)).toHaveLength(isOne ? 0 : 1);
    expect(refusals(model(volume), false)).toHaveLength(1);
  }
});
