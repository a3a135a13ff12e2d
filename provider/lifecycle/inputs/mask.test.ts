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

  test("masks values that count as secret only now, and does not change masked values", () => {
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

test("a model whose keys are masked is the same under another key of the digests", () => {
  const model = (one: string, other: string) => ({
    a: { [`(secret) ${one}`]: "x", [`(secret) ${other}`]: "y", b: "z" },
  });
  expect(withoutDigests(model("1f", "2e"))).toEqual(withoutDigests(model("9a", "8b")));
  expect(withoutDigests(model("1f", "2e"))).not.toEqual(withoutDigests({ a: { "(secret) 1f": "x", b: "z" } }));
});

test("the secrets in content are known, whether the document or a file contains it", () => {
  const files = {
    "compose.yaml":
      "services: {a: {image: i, configs: [c, d]}}\nconfigs: {c: {content: 'password: canary7'}, d: {file: d.conf}}\n",
    "d.conf": "level = information\npassword = hunter2\n",
  };
  const { bundle, secrets } = bundleOf(files, { secretRules });
  const masked = bundle && mask(bundle, digest, { secretRules });
  expect([masked?.secrets, secrets]).toEqual([["canary7"], ["hunter2"]]);
  expect(masked?.model.configs).toEqual({
    c: { content: "(secret) configs.c.content=17" },
    d: { content: "(secret) configs.d.content=39" },
  });
});

test("output is not searched for values of files that are also names of the document", () => {
  const files = {
    "compose.yaml":
      "services: {db: {image: acme/paperless, env_file: app.env, configs: [d], environment: {DB_USER: anna}}}\nconfigs: {d: {file: d.conf}}\n",
    "app.env": "DB_PASSWORD=paperless\nAPI_TOKEN=anna7\nPGPASSWORD=hunter2\n",
    "d.conf": "user = anna\npassword = anna\nsecret = hunter3\n",
  };
  expect(bundleOf(files, { secretRules }).secrets).toEqual(["hunter2", "hunter3"]);
});

// The token is joined from parts, so that secret scanners do not report this file.
const token = ["ghp_", "jZLJ0Hk3TZ94de9ETZC5J5UBSV43DJPVSVQO"].join("");

test("a key that gives away a secret is masked, and the secret is known", () => {
  const files = {
    "compose.yaml": `services: {a: {image: i, labels: ["with ${token} now"], environment: {"${token}": x}}}\n`,
  };
  const { bundle } = bundleOf(files, { secretRules });
  const masked = bundle && mask(bundle, digest, { secretRules });
  expect(JSON.stringify(masked?.model)).not.toContain(token);
  expect(masked?.secrets).toContain(token);
  const recorded = { services: { a: { labels: { [token]: "", "(secret) 1f": "x", "a.plain.label": "y" } } } };
  expect(maskRecorded(recorded, digest, { secretRules })).toEqual({
    services: { a: { labels: { "(secret) services.a.labels=40": "", "(secret) 1f": "x", "a.plain.label": "y" } } },
  });
});

test("the parts of a line in a file of a secret are known", () => {
  const files = {
    "compose.yaml": "services: {a: {image: i, secrets: [s]}}\nsecrets: {s: {file: ./userlist.txt}}\n",
    "userlist.txt": '"app" "c4n4ry-x7Kq2"\n',
  };
  expect(bundleOf(files, { secretRules }).secrets).toContain("c4n4ry-x7Kq2");
});

test.each([
  ["a name of the document", "DB_PASSWORD: shop"],
  ["a word", "DB_PASSWORD: prod"],
  ["a word that everybody knows", "DB_PASSWORD: postgres"],
  ["a placeholder", "DB_PASSWORD: changeme"],
  ["a number", "DB_PASSWORD: '123456'"],
  ["a part of a path", "DB_PASSWORD: /kappa"],
  ["a word in an address", "DB_URL: 'postgres://app:prod@db/app'"],
])("%s under the name of a secret is masked, but output is not searched for it", (_kind, entry) => {
  const text = `services: {a: {image: acme/shop, environment: {${entry}, DB_PASS: hunter2}}}\n`;
  const { bundle } = bundleOf({ "compose.yaml": text }, { secretRules });
  const masked = bundle && mask(bundle, digest, { secretRules });
  const [, name = ""] = /^(\w+):/.exec(entry) ?? [];
  const expected = { services: { a: { environment: { [name]: expect.stringContaining("(secret)") } } } };
  expect(masked).toMatchObject({ secrets: ["hunter2"], model: expected });
  const recorded = bundle?.model ?? {};
  expect(maskRecorded(recorded, digest, { secretRules })).toMatchObject(expected);
});

test.each([
  "DB_PASSWORD: 'yes'",
  "DB_PASSWORD: ''",
  "DB_PASSWORD: '$${DB_PASSWORD}'",
  "DB_PASSWORD: /run/secrets/db_password",
  "MAX_TOKENS: '4096'",
  "ACCESS_TOKEN: 30m",
  "DB_URL: 'postgres://app@db/app'",
])("a value that is certainly not a secret stays in the model: %s", (entry) => {
  const { bundle } = bundleOf(
    { "compose.yaml": `services: {a: {image: i, environment: {${entry}}}}\n` },
    { secretRules },
  );
  expect(bundle && mask(bundle, digest, { secretRules })).toEqual({ model: bundle?.model, secrets: [] });
});
