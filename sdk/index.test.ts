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
