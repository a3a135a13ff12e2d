import { UNKNOWN_MARKER } from "../../yaml/text";
import { memoryFiles } from "../testing/memory-files";
import { envFilesOf, givenVariables, isProjectName, locateProject, projectFolder } from "./project-location";

const TEXT = "services: {}\n";
const locate = (files: Readonly<Record<string, string>>, ...paths: string[]) =>
  locateProject({ paths, from: "/p" }, memoryFiles({ "/p/": "", ...files }));

test.each([
  ["a file", { "/p/a.yaml": TEXT }, ["a.yaml"], ["/p/a.yaml"], "/p"],
  ["a file in a folder", { "/p/d/a.yaml": TEXT }, ["d/a.yaml", "b.yaml"], ["/p/d/a.yaml", "/p/b.yaml"], "/p/d"],
  ["a folder", { "/p/compose.yaml": TEXT, "/p/docker-compose.yml": TEXT }, ["."], ["/p/compose.yaml"], "/p"],
  [
    "a folder with an override",
    { "/p/compose.yaml": TEXT, "/p/compose.override.yaml": TEXT },
    ["."],
    ["/p/compose.yaml", "/p/compose.override.yaml"],
    "/p",
  ],
  [
    "a folder with an override, and a file in its place",
    { "/p/compose.yaml": TEXT, "/p/compose.override.yaml": TEXT },
    [".", "b.yaml"],
    ["/p/compose.yaml", "/p/b.yaml"],
    "/p",
  ],
  ["COMPOSE_FILE", { "/p/.env": "COMPOSE_FILE=d/a.yaml:b.yaml\n" }, ["."], ["/p/d/a.yaml", "/p/b.yaml"], "/p/d"],
  [
    "COMPOSE_FILE, and a file in its place",
    { "/p/.env": "COMPOSE_FILE=d/a.yaml\n", "/p/compose.yaml": TEXT },
    [".", "b.yaml"],
    ["/p/compose.yaml", "/p/b.yaml"],
    "/p",
  ],
  [
    "COMPOSE_FILE with another separator",
    { "/p/.env": "S=;\nCOMPOSE_PATH_SEPARATOR=$S\nCOMPOSE_FILE=a.yaml;b.yaml\n" },
    ["."],
    ["/p/a.yaml", "/p/b.yaml"],
    "/p",
  ],
])("the files of %s", (_, files, paths, expected, folder) => {
  expect(locate(files, ...paths)).toMatchObject({ files: expected, folder });
});

test("COMPOSE_FILE may contain a variable of an earlier env file", () => {
  const files = memoryFiles({ "/p/a.env": "F=x\n", "/p/b.env": "COMPOSE_FILE=$F.yaml\n" });
  const found = locateProject({ paths: ["."], from: "/p", envFiles: ["a.env", "b.env"] }, files);
  expect(found?.files).toEqual(["/p/x.yaml"]);
});

test("without COMPOSE_FILE, a separator that is not known yet changes nothing", () => {
  const files = { "/p/.env": `COMPOSE_PATH_SEPARATOR=${UNKNOWN_MARKER}\n`, "/p/compose.yaml": TEXT };
  expect(locate(files, ".")?.files).toEqual(["/p/compose.yaml"]);
});

test("a folder without a Compose file has no project, and counts as the project folder", () => {
  expect(locate({}, ".")).toBeUndefined();
  const files = memoryFiles({ "/p/d/": "", "/p/e/compose.yaml": TEXT });
  expect(projectFolder({ paths: ["d"], from: "/p" }, files)).toBe("/p/d");
  expect(projectFolder({ paths: [], from: "/p" }, files)).toBe("/p");
  expect(projectFolder({ paths: ["e/compose.yaml"], from: "/p" }, files)).toBe("/p/e");
});

test("the env files are those that the caller names, or else `.env` if it is a file", () => {
  const files = memoryFiles({ "/p/.env": "", "/q/.env/x": "" });
  expect(envFilesOf({ envFiles: ["a"], from: "/p" }, "/p", files)).toEqual(["/p/a"]);
  expect(envFilesOf({ from: "/p" }, "/p", files)).toEqual(["/p/.env"]);
  expect(envFilesOf({ from: "/p" }, "/q", files)).toEqual([]);
});

test("PWD is the folder, unless the caller gives another value or it is the root", () => {
  const variables = new Map([["PWD", { text: "/given", secret: false }]]);
  const text = (named: object, folder: string) =>
    givenVariables({ paths: [], from: "/p", ...named }, folder)("PWD")?.text;
  expect(givenVariables({ paths: [], from: "/p" }, "/p")("PWD")).toEqual({
    text: "/p",
    secret: false,
    ofMachine: true,
  });
  expect([text({}, "/p"), text({}, "/"), text({ variables }, "/p")]).toEqual(["/p", undefined, "/given"]);
  expect(givenVariables({ paths: [], from: "/p" }, "/p")("OTHER")).toBeUndefined();
});

test.each([
  ["my-app_1", true],
  ["My", false],
  ["_a", false],
])("whether %s is a valid name of a project: %s", (name, expected) => expect(isProjectName(name)).toBe(expected));
