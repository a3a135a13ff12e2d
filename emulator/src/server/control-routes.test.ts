import { startTestEmulator } from "../testing/emulator";

test("a moment that no date can say is refused, and the clock goes on", async () => {
  const emulator = await startTestEmulator();
  try {
    expect((await emulator.control("POST", "/clock/advance", { seconds: 1e300 })).status).toBe(400);
    await emulator.advance(1);
    expect((await emulator.call("GET", "/workloads/list")).status).toBe(200);
  } finally {
    await emulator.close();
  }
});
