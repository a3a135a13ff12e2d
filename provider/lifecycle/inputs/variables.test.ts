import { inheritedVariables } from "./variables";

test("every inherited variable counts as secret, with any name", () => {
  const variables = inheritedVariables({ DB_PW: "a", PGPASS: "b", DSN: "c", TAG: "d", ABSENT: undefined });
  expect([...variables]).toEqual(
    ["DB_PW a", "PGPASS b", "DSN c", "TAG d"].map((pair) => {
      const [name, text] = pair.split(" ");
      return [name, { text, secret: true }];
    }),
  );
});
