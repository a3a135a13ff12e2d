import { exitCodesOf, failedServices, furtherErrors } from "./failed-service";

test.each<[string, string, number | undefined]>([
  ['Service "worker" exited with code 7.', "worker", 7],
  ['Service "db" was killed: out of memory.', "db", undefined],
  ['service "migrate" didn\'t complete successfully: exit 3', "migrate", 3],
  ["The service broken exited with code 3.", "broken", 3],
  ["worker-1 exited with code 137", "worker", 137],
  ["container shop-worker-1 exited (2)", "worker", 2],
])("the failed service in %s", (error, service, exitCode) =>
  expect(failedServices([error])).toEqual([{ service, error, ...(exitCode === undefined ? {} : { exitCode }) }]),
);

test("the first of several failed services counts, and a service that exits with code 0 has not failed", () => {
  const errors = [
    "pull took long",
    "web-1 exited with code 0",
    'Service "a" exited with code 1.',
    'Service "b" exited with code 2.',
  ];
  expect(failedServices(errors).map(({ service }) => service)).toEqual(["a", "b"]);
});

test.each([[[]], [["no such image"]], [["the worker said: web-1 exited with code 3, and went on"]]])(
  "%j names no service",
  (errors: string[]) => expect(failedServices(errors)).toEqual([]),
);

test("the first exit code of a service counts, and a name that Pulumi reads as a marker is left out", () => {
  const errors = [
    "web-1 exited with code 0",
    'Service "a" exited with code 1.',
    'Service "a" exited with code 137.',
    'Service "db" was killed: out of memory.',
    'Service "4dabf18193072939515e22adb298388d" exited with code 2.',
    'Service "__proto__" exited with code 3.',
  ];
  const codes = exitCodesOf(errors) ?? {};
  expect(Object.entries(codes)).toEqual([
    ["web", 0],
    ["a", 1],
    ["__proto__", 3],
  ]);
  expect(exitCodesOf(["no such image"])).toBeUndefined();
});

test("errors that report more than the failed services are listed separately", () => {
  const more = [
    'service "a" exited with code 3: no space left',
    'Service "a" exited with code 4.',
    "x".repeat(3000),
    "service b exited with code 0",
  ];
  expect(
    furtherErrors([
      'Service "a" exited with code 3.',
      ...more,
      "The service c exited with code 1.",
      "d-1 exited with code 2",
    ]),
  ).toEqual(more);
});
