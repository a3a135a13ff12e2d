import { dockerAvailable, isRecent } from "./probe";

test.each([
  ["2.40.3", true],
  ["2.20.0", true],
  ["2.40.3-desktop.1", true],
  ["5.0.1", true],
  ["2.19.9", false],
  ["1.29.2", false],
  ["", false],
  ["nonsense", false],
])("compose %s is recent enough: %s", (version, expected) => {
  expect(isRecent(version)).toBe(expected);
});

test("what is missing is named", async () => {
  const nowhere = await dockerAvailable({ composePlugin: "/no/such/docker-compose" });
  expect(nowhere).toEqual({ available: false, reason: "there is no docker compose at /no/such/docker-compose" });
  const noCompose = await dockerAvailable({ composePlugin: "/bin/false" });
  expect(noCompose).toMatchObject({ available: false, reason: expect.stringContaining("/bin/false version failed") });
});
