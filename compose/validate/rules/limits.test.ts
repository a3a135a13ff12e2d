import { validateCompose } from "..";

function marksOf(settings: string): string[] {
  return validateCompose(`services: {a: {image: i, ${settings}}}`).diagnostics.map(
    ({ code, path }) => `${code} ${path}`,
  );
}

it.each([
  "cpus: 0.5, deploy: {resources: {limits: {memory: 5m}}}",
  "cpus: 0.5, deploy: {resources: {limits: {cpus: '0.6'}}}",
  "pids_limit: 5, deploy: {resources: {limits: {}}}",
  "mem_limit: 5m, deploy: {resources: {limits: {memory: 6M}}}",
  "mem_limit: 5m, deploy: {resources: {limits: {cpus: 1}}}",
  "mem_reservation: 5m, deploy: {resources: {reservations: {cpus: 1}}}",
  "scale: 2, deploy: {replicas: 3}",
  "scale: 0, deploy: {replicas: 1}",
  "scale: 1, deploy: {replicas: 0}",
])("refuses two amounts that differ, if a missing amount counts as zero: %s", (settings) => {
  const key = settings.split(":", 1)[0];
  expect(marksOf(settings)).toEqual([`LYC2221 services.a.${key}`]);
});

it.each([
  "cpus: 0.1, deploy: {resources: {limits: {cpus: '0.10'}}}",
  "cpus: 0.5, deploy: {resources: {reservations: {cpus: 1}}}",
  "cpus: 0, deploy: {resources: {limits: {memory: 5m}}}",
  "pids_limit: '5', deploy: {resources: {limits: {pids: 5}}}",
  "mem_limit: 5m, deploy: {resources: {limits: {memory: 5120k}}}",
  "mem_limit: 5m, deploy: {replicas: 2}",
  "mem_reservation: 5m, deploy: {resources: {limits: {cpus: 1}}}",
  "scale: 2, deploy: {labels: [a]}",
])("accepts two equal amounts, or a single amount: %s", (settings) => {
  expect(marksOf(settings)).toEqual([]);
});

it.each([
  ["cpus: 0.5, deploy: {resources: {limits: {memory: 5m}}}", "needs the same in `deploy.resources.limits.cpus`, where"],
  ["pids_limit: 5, deploy: {resources: {limits: {pids: 6}}}", "is not what `deploy.resources.limits.pids` is"],
])("says whether the other amount is missing: %s", (settings, text) => {
  const [only] = validateCompose(`services: {a: {image: i, ${settings}}}`).diagnostics;
  expect(only?.message).toContain(text);
});

it.each([
  ["mem_limit: 5m, deploy: {resources: {limits: {memory: some}}}", "LYC2213 services.a.deploy.resources.limits.memory"],
  ["mem_limit: some, deploy: {resources: {limits: {memory: 5m}}}", "LYC2213 services.a.mem_limit"],
])("does not compare an amount with another one if one of them cannot be read: %s", (settings, mark) => {
  expect(marksOf(settings)).toEqual([mark]);
});

it("refuses a negative number of containers", () => {
  expect(marksOf("scale: -1")).toEqual(["LYC2110 services.a.scale"]);
  expect(marksOf("deploy: {replicas: -1}")).toEqual(["LYC2110 services.a.deploy.replicas"]);
});
