import { startEmulator, urlHost } from "./emulator";
import { route, startTestEmulator } from "./testing/emulator";

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["0.0.0.0", "127.0.0.1"],
  ["::", "[::1]"],
  ["0:0:0:0:0:0:0:0", "[::1]"],
  ["::1", "[::1]"],
  ["fd00:0::1", "[fd00::1]"],
  ["localhost", "localhost"],
])("a program of this machine reaches a server at %s by %s", (address, host) => {
  expect(urlHost(address)).toBe(host);
});

test("an emulator that is closed answers no more, and one with the same port can start", async () => {
  const first = await startEmulator({ port: 0, apiKey: "lk_a b" });
  expect(first.page).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#key=lk_a%20b$/);
  expect(first.engine).toBe("simulated");
  await first.close();
  await expect(fetch(first.page)).rejects.toThrow("fetch failed");
  const second = await startEmulator({ port: Number(new URL(first.url).port) });
  expect((await fetch(second.page)).status).toBe(200);
  await second.close();
});

test("a person reads which requests are not emulated", async () => {
  const lines: string[] = [];
  const emulator = await startTestEmulator({ log: (line) => lines.push(line) });
  await emulator.call(...route("ping"));
  await emulator.call("PUT", "/vms/list?secret=x");
  await emulator.close();
  expect(lines).toEqual(["NOT EMULATED: PUT /api/v2/external/vms/list"]);
});
