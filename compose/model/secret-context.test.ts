import { secretContextOf, secretNamesOf } from "./secret-context";

test("the names of a document are those of its services, secrets, images, users, hosts and databases", () => {
  const { services, names } = secretContextOf({
    services: {
      web: {
        image: "ghcr.io/acme/shop:1.2",
        environment: { DB_USER: "anna", DB_PASSWORD: "hunter2", URL: "postgres://bert:x9@store/sales" },
        labels: ["DB_HOST=depot", "other=thing"],
      },
    },
    secrets: { db_key: { file: "key.txt" } },
    "x-more": { user: ["carl"] },
  });
  expect([...(services ?? [])]).toEqual(["web"]);
  expect([...(names ?? [])].sort()).toEqual(
    ["acme", "anna", "bert", "carl", "db_key", "depot", "ghcr.io", "sales", "shop", "store", "web"].sort(),
  );
});

test("a document may be no mapping", () => {
  expect(["x", undefined].flatMap((document) => [...(secretContextOf(document).names ?? [])])).toEqual([]);
});

test.each([
  ["the longest name", "n".repeat(200), ["n".repeat(200)]],
  ["no longer name", "n".repeat(201), []],
  ["no text with a zero character", "n\u0000", []],
  ["no text with a space", "n m", []],
  ["a text with a slash", "n/m", ["n/m"]],
])("a user gives %s", (_, text, names) => {
  expect([...secretNamesOf([{ text, key: "user" }])]).toEqual(names);
});
