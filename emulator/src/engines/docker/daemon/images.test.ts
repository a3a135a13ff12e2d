import { dockerConfig, pullModel, registryKey, wantedImages } from "./images";

test.each([
  ["nginx", "https://index.docker.io/v1/"],
  ["user/image:tag", "https://index.docker.io/v1/"],
  ["docker.io/library/nginx", "https://index.docker.io/v1/"],
  ["index.docker.io/user/image", "https://index.docker.io/v1/"],
  ["ghcr.io/owner/image@sha256:0000", "ghcr.io"],
  ["localhost/image", "localhost"],
  ["127.0.0.1:5000/a/b:1", "127.0.0.1:5000"],
  ["123.dkr.ecr.us-east-1.amazonaws.com/x", "123.dkr.ecr.us-east-1.amazonaws.com"],
])("the registry of %s is %s", (image, expected) => {
  expect(registryKey(image)).toBe(expected);
});

test("each image is listed once for each policy", () => {
  const service = (image: string, pull_policy?: string) => ({ image, pull_policy });
  const services = {
    a: service("x"),
    b: service("x", "missing"),
    c: service("x", "always"),
    d: service("y", "never"),
    e: service("z", "daily"),
    f: { build: "." },
  };
  expect(wantedImages({ services })).toEqual([
    { image: "x", policy: "missing" },
    { image: "x", policy: "always" },
    { image: "y", policy: "never" },
    { image: "z", policy: "always" },
  ]);
});

test("a configuration contains only the credential for the named registries", () => {
  const text = dockerConfig(["ghcr.io"], { username: "me", password: "pä:ss" });
  const auth = (JSON.parse(text) as { auths: Record<string, { auth: string }> }).auths["ghcr.io"]?.auth ?? "";
  expect(Buffer.from(auth, "base64").toString("utf8")).toBe("me:pä:ss");
  expect(Object.keys(JSON.parse(text) as object)).toEqual(["auths"]);
});

test("only missing images are fetched, and only their part of the model is sent", () => {
  const services = {
    a: { image: "x", environment: { SECRET: "s" }, depends_on: { b: {} } },
    b: { image: "here:latest" },
    c: { image: "y", platform: "linux/arm64", pull_policy: "missing" },
  };
  const fetch = [
    { image: "x", policy: "missing" },
    { image: "y", policy: "missing" },
  ] as const;
  expect(pullModel({ services }, fetch)).toEqual({
    services: {
      a: { image: "x", pull_policy: "always" },
      c: { image: "y", pull_policy: "always", platform: "linux/arm64" },
    },
  });
});
