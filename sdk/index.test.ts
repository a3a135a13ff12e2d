import { packageSchema } from "../provider/hosts/plugin/schema";
import * as lyceum from ".";

test("a program that reads no run loads neither the reader of texts nor the client", () => {
  const loaded: string[] = [];
  jest.isolateModules(() => {
    for (const name of ["yaml", "undici"]) {
      jest.doMock(name, () => {
        loaded.push(name);
        return jest.requireActual(name);
      });
    }
    const { ComposeExecution } = require("./index") as typeof import("./index");
    expect(ComposeExecution).toBeDefined();
  });
  expect(loaded).toEqual([]);
});

test("the package exports each enum of the schema, because converted programs import it", () => {
  const types = Object.entries(
    packageSchema("0.1.0").types as Readonly<Record<string, { readonly enum?: readonly Word[] }>>,
  );
  const enums = types.flatMap(([token, { enum: words }]) =>
    words === undefined ? [] : [[token.split(":").at(-1) ?? "", Object.fromEntries(words.map(nameAndValue))] as const],
  );
  expect(enums.length).toBeGreaterThan(5);
  expect(enums.map(([name]) => [name, (lyceum as Readonly<Record<string, unknown>>)[name]])).toEqual(enums);
});

interface Word {
  readonly name?: string;
  readonly value: string;
}

/** Pulumi's generator for Node.js writes the first letter of a word in upper case, and keeps the rest. */
const nameAndValue = ({ name, value }: Word) =>
  [name ?? value.charAt(0).toUpperCase() + value.slice(1), value] as const;
