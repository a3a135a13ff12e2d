import { document } from "../testing/read-marks";
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
const { model } = document(text);

test("the names of a document are its keys, and the words of texts that name something", () => {
  const names = namesIn(model, "written");
  const keys = ["services", "depends_on", "secrets", "healthcheck"];
  const chosen = ["web", "db", "MODE", "com.example.a", "data", "back", "c"];
  expect([...names]).toEqual(expect.arrayContaining([...keys, ...chosen, "registry.example", "team"]));
  for (const other of ["canary", "password", "x-common", "hunter2"]) expect(names).not.toContain(other);
});

test("if variables were replaced in the texts, only the keys are names", () => {
  const names = namesIn(model, "resolved");
  expect(names).toContain("com.example.a");
  expect(names).toContain("MODE");
  expect(names).not.toContain("team");
});
