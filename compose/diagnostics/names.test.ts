import { readCompose } from "..";
import { namesIn } from "./names";

const text = `
x-common: {password: canary}
services:
  web:
    image: registry.example/team/web:1
    depends_on: [db]
    environment: [MODE=canary, LEVEL]
    command: [canary]
    labels: {com.example.a: canary}
    volumes: ["data:/var/lib/data"]
  db: {image: db, hunter2: 1, networks: {back: {aliases: [canary]}}}
volumes: {data: }
configs: {c: {content: canary}}
password: canary
`;
const read = readCompose(text);
const model = read.kind === "document" ? read.model : {};

test("the names of a document are the keys of Compose and of its author, and the words of what names something", () => {
  const names = namesIn(model, "written");
  for (const name of [
    "services",
    "web",
    "db",
    "depends_on",
    "secrets",
    "healthcheck",
    "MODE",
    "com.example.a",
    "data",
    "back",
    "c",
  ])
    expect(names).toContain(name);
  for (const word of ["registry.example", "team"]) expect(names).toContain(word);
  for (const other of ["canary", "password", "x-common", "hunter2"]) expect(names).not.toContain(other);
});

test("of texts that variables went into, only the keys are names", () => {
  const names = namesIn(model, "resolved");
  expect(names).toContain("com.example.a");
  expect(names).toContain("MODE");
  expect(names).not.toContain("team");
});
