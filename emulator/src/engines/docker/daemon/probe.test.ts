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

test.each([
  ["/no/such/docker-compose", "there is no docker compose at /no/such/docker-compose"],
  ["/bin/false", "/bin/false version failed"],
])("with %s as compose, the error names what is missing", async (plugin, reason) => {
  process.env.LYCEUM_EMULATOR_COMPOSE_PLUGIN = plugin;
  expect(await dockerAvailable()).toMatchObject({ available: false, reason: expect.stringContaining(reason) });
});
