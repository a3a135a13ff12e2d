import { mask, maskRecorded, withoutDigests } from "../../../compose/project";
import { bundleOf } from "../../../compose/project/testing/bundle";
import { secretRules } from "../../secrets";

const digest = (place: string, value: string) => `${place}=${value.length}`;

describe("a recorded model under today's rules", () => {
  const recorded = {
    services: {
      web: {
        command: ["run", "--password", "hunter2"],
        environment: { PGPASS: "hunter2", DB_PASSWORD: "(secret) 1f", LEVEL: "debug", EMPTY: "(null)" },
      },
    },
  };

  test("masks values that are secret only now, and leaves masked ones", () => {
    const { web } = maskRecorded(recorded, digest, { secretRules }).services as Record<string, unknown>;
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

  test("masks values that are secret in another model", () => {
    const plain = { configs: { a: { content: "port 1" }, b: { content: "open" } } };
    const other = { configs: { a: { content: "(secret) 1f" } } };
    expect(maskRecorded(plain, digest, { other, secretRules })).toEqual({
      configs: { a: { content: "(secret) configs.a.content=6" }, b: { content: "open" } },
    });
  });

  test("is the same when it is masked again, and has no digest without a key", () => {
    const once = maskRecorded(recorded, digest, { secretRules });
    expect(maskRecorded(once, digest, { secretRules })).toEqual(once);
    expect(withoutDigests(maskRecorded(recorded, () => undefined, { secretRules }))).toEqual(withoutDigests(once));
  });
});

test("content that looks secret is known as a whole, and content of a file by its lines", () => {
  const files = {
    "compose.yaml":
      "services: {a: {image: i, configs: [c, d]}}\nconfigs: {c: {content: 'password: canary'}, d: {file: d.conf}}\n",
    "d.conf": "level = information\nx\n",
  };
  const { bundle, secrets } = bundleOf(files);
  const masked = bundle && mask(bundle, digest, { secretRules });
  expect([masked?.secrets, secrets]).toEqual([["password: canary"], ["level = information"]]);
  expect(masked?.model.configs).toEqual({
    c: { content: "(secret) configs.c.content=16" },
    d: { content: "(secret) configs.d.content=22" },
  });
});
