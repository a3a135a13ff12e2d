import { validateCompose } from "..";

/** Returns a document with a service that has a value at a path of keys and items. */
function service(path: string, value: string): string {
  const settings = path
    .split(".")
    .reduceRight<unknown>((inner, step) => (step === "[]" ? [inner] : { [step]: inner }), value);
  return JSON.stringify({ services: { a: { image: "i", ...(settings as object) } } });
}

/** Returns the diagnostics about the value itself, without the diagnostics about other parts of the service. */
function reported(path: string, value: string, code: string): string[] {
  return validateCompose(service(path, value)).diagnostics.flatMap((found) =>
    found.code === code ? [found.path ?? ""] : [],
  );
}

const durations = `stop_grace_period healthcheck.interval healthcheck.timeout healthcheck.start_period
  healthcheck.start_interval deploy.update_config.delay deploy.update_config.monitor deploy.rollback_config.delay
  deploy.rollback_config.monitor deploy.restart_policy.delay deploy.restart_policy.window`.split(/\s+/);

const sizes = `mem_limit mem_reservation mem_swappiness memswap_limit shm_size build.shm_size
  deploy.resources.limits.memory deploy.resources.reservations.memory volumes.[].tmpfs.size
  blkio_config.device_read_bps.[].rate blkio_config.device_read_iops.[].rate blkio_config.device_write_bps.[].rate
  blkio_config.device_write_iops.[].rate`.split(/\s+/);

const shown = (path: string) => `services.a.${path.replaceAll(".[]", "[0]")}`;

test.each(durations)("a text at %s has to be a duration", (path) => {
  expect([reported(path, "90", "LYC2212"), reported(path, "1m30s", "LYC2212")]).toEqual([[shown(path)], []]);
  // 2^63 nanoseconds are just over the limit of Compose.
  expect(reported(path, "9223372037s", "LYC2212")).toEqual([shown(path)]);
});

test.each(sizes)("a text at %s has to be a size", (path) => {
  expect([reported(path, "1 gigabyte", "LYC2213"), reported(path, "64m", "LYC2213")]).toEqual([[shown(path)], []]);
});

test.each([
  ["mem_limit", "1 gigabyte", "LYC2213", "Write `1g`."],
  ["stop_grace_period", "90", "LYC2212", "Write `90s`."],
  ["restart", "alwys", "LYC2107", "Write `always`."],
  ["deploy.restart_policy.condition", "on-failur", "LYC2107", "Write `on-failure`."],
  ["stop_signal", "SIGTRM", "LYC2107", "Write `SIGTERM`."],
])("the remedy at %s shows what %j probably means", (path, value, code, remedy) => {
  const found = validateCompose(service(path, value)).diagnostics.find((diagnostic) => diagnostic.code === code);
  expect(found?.remedy).toBe(remedy);
});

test("an amount has at most a thousand characters", () => {
  expect(reported("mem_limit", `${"1".repeat(999)}k`, "LYC2213")).toEqual([]);
  expect(reported("mem_limit", `${"1".repeat(1_000)}k`, "LYC2213")).toEqual(["services.a.mem_limit"]);
});
