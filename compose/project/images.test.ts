import { bundleText } from ".";

const text = `services:
  web: {build: ., image: "shop:dev", pull_policy: build}
  worker: {build: ., image: "shop:dev"}
  tool: {build: {context: tools}}
  db: {image: "db:16"}
`;

function made(images: Readonly<Record<string, string>>, of = text, secret = false) {
  const given = new Map(Object.entries(images).map(([name, text]) => [name, { text, secret }] as const));
  const { bundle, diagnostics } = bundleText(of, { images: given });
  return { text: bundle?.text, model: bundle?.model, secret: bundle?.secret, diagnostics };
}

test("an image takes the place of `image` and `build`, by the service or by the image that services share", () => {
  const { text, diagnostics } = made({ "shop:dev": "registry.example/shop@sha256:1", tool: "registry.example/tool:1" });
  expect(diagnostics).toMatchObject([{ code: "LYC2223" }, { code: "LYC2223" }]);
  expect(text).toBeUndefined();
  const digest = `registry.example/shop@sha256:${"a".repeat(64)}`;
  expect(made({ "shop:dev": digest, tool: "registry.example/tool:1" })).toMatchObject({
    diagnostics: [],
    text: `services:
  db:
    image: db:16
  tool:
    image: registry.example/tool:1
  web:
    image: ${digest}
  worker:
    image: ${digest}
`,
  });
});

test("the service wins over the image that it shares", () => {
  const { model } = made({ "shop:dev": "a:1", worker: "b:1", tool: "c:1" });
  expect(model?.services).toMatchObject({ web: { image: "a:1" }, worker: { image: "b:1" } });
});

test("the name of a service does not select another service whose image has that name, unless both write it", () => {
  const { model } = made({ redis: "a:1" }, "services: {redis: {build: .}, cache: {image: redis}}");
  expect(model?.services).toMatchObject({ redis: { image: "a:1" }, cache: { image: "redis" } });
  const { model: shared } = made(
    { app: "a:1" },
    "services: {app: {build: ., image: app}, worker: {build: ., image: app}}",
  );
  expect(shared?.services).toMatchObject({ app: { image: "a:1" }, worker: { image: "a:1" } });
});

test("a name that is not a service is an error that suggests the nearest service", () => {
  const found = (name: string) => made({ [name]: "a:1" }).diagnostics.filter(({ code }) => code === "LYC2513");
  const message = "an image is given for `wbe`, which is no service; did you mean `web`?";
  expect(found("wbe")).toMatchObject([{ message, path: "images.wbe" }]);
  expect(made({ none: "a:1", some: "a:1" }).diagnostics.filter(({ code }) => code === "LYC2513")).toHaveLength(2);
  expect(found("another")).toMatchObject([{ message: "an image is given for `another`, which is no service" }]);
});

test("an image may be secret, and a dollar sign in an image starts no variable", () => {
  const of = "services: {a: {build: .}}";
  expect(made({ a: "registry.example/a:1" }, of, true)).toMatchObject({ diagnostics: [], secret: true });
  expect(made({ a: "registry.example/a:1" }, of)).toMatchObject({ secret: false });
  expect(made({ a: "$A" }, of).diagnostics).toMatchObject([{ code: "LYC2223" }]);
});
