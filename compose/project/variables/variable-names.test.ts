// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { bundleOf } from "../testing/bundle";

const found = (image: string, variables: Readonly<Record<string, string>>) =>
  bundleOf({ "compose.yaml": `services: {a: {image: "${image}"}}\n` }, { variables }).diagnostics.filter(
    ({ code }) => code === "LYC2317",
  );

test("a misspelt variable is an error, even if the file has a default", () => {
  expect(found("busybox:${TAG:-1.36}", { TGA: "1.37" })).toMatchObject([
    { message: "no file uses the variable TGA; did you mean TAG?", path: "variables.TGA", severity: "error" },
  ]);
});

test.each([
  ["a variable that the file uses", "busybox:${TAG:-1.36}", { TAG: "1.37" }],
  ["a variable next to one that has a value", "busybox:${TAG:-1.36}", { TAG: "1.37", TAGS: "x" }],
  ["a variable of another project", "busybox:${TAG:-1.36}", { DATABASE_URL: "x" }],
  ["a short name", "busybox:${A:-1}", { B: "x" }],
  ["a file without variables", "busybox:1", { TGA: "x" }],
])("%s is no error", (_name, image, variables) => expect(found(image, variables)).toEqual([]));
