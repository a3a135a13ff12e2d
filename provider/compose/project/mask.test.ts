import { maskRecorded, withoutDigests } from "./mask";

const digest = (place: string, value: string) => `${place}=${value.length}`;

describe("a recorded model by the rules of today", () => {
  const recorded = {
    services: {
      web: {
        command: ["run", "--password", "hunter2"],
        environment: { PGPASS: "hunter2", DB_PASSWORD: "(secret) 1f", LEVEL: "debug", EMPTY: "(null)" },
      },
    },
  };

  test("conceals what was not known to be secret, and leaves what was", () => {
    const { web } = maskRecorded(recorded, digest).services as Record<string, unknown>;
    expect(web).toEqual({
      command: ["run", "--password", "(secret) services.web.command=7"],
      environment: {
        PGPASS: "(secret) services.web.environment.PGPASS=7",
        DB_PASSWORD: "(secret) 1f",
        LEVEL: "debug",
        EMPTY: "(null)",
      },
    });
  });

  test("is the same when it is concealed again, and holds no digest without a key", () => {
    const once = maskRecorded(recorded, digest);
    expect(maskRecorded(once, digest)).toEqual(once);
    expect(withoutDigests(maskRecorded(recorded, () => undefined))).toEqual(withoutDigests(once));
  });
});
