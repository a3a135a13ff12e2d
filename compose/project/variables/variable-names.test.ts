// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { bundleOf } from "../testing/bundle";

const found = (
  image: string,
  variables: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
) =>
  bundleOf(
    { "compose.yaml": `services: {a: {image: "${image}"${"a.env" in files ? ", env_file: a.env" : ""}}}\n`, ...files },
    { variables },
  ).diagnostics.filter(({ code }) => code === "LYC2317");

test("a misspelt variable is a warning, even if the file has a default", () => {
  expect(found("busybox:${TAG:-1.36}", { TGA: "1.37" })).toMatchObject([
    { message: "no file uses the variable TGA; did you mean TAG?", path: "variables.TGA", severity: "warning" },
  ]);
  expect(found("busybox:${MY_COMPOSE_TAG:-1.36}", { MY_COMPOSE_TGA: "1.37" })).toHaveLength(1);
});

test.each([
  ["a variable that the file uses", "busybox:${TAG:-1.36}", { TAG: "1.37" }],
  ["a variable next to one that has a value", "busybox:${TAG:-1.36}", { TAG: "1.37", TAGS: "x" }],
  ["a variable of another project", "busybox:${TAG:-1.36}", { DATABASE_URL: "x" }],
  ["a short name", "busybox:${A:-1}", { B: "x" }],
  ["a file without variables", "busybox:1", { TGA: "x" }],
  ["a variable that several files share", "busybox:${POSTGRES_PORT:-5432}", { POSTGRES_USER: "x" }],
  ["a name with another word of four letters", "busybox:${APP_PORT:-80}", { APP_HOST: "x" }],
  ["a name with another digit", "busybox:${TAG_1:-80}", { TAG_2: "x" }],
  ["a variable of Compose", "busybox:${COMPOSE_PROFILE:-x}", { COMPOSE_PROFILES: "x" }],
])("%s is not reported", (_name, image, variables) => expect(found(image, variables)).toEqual([]));

test.each([
  ["the .env", { ".env": "URL=x${DB_HOSTS}\n" }],
  ["the env_file of a service", { "a.env": "URL=x${DB_HOSTS}\n" }],
])("a variable that %s uses is not reported", (_name, files) => {
  const image = "busybox:${DB_HOST:-1}";
  expect(found(image, { DB_HOSTS: "x" })).toHaveLength(1);
  expect(found(image, { DB_HOSTS: "x" }, files)).toEqual([]);
});
