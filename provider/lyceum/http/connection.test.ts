test("loading the client does not load undici: most commands never talk to the service", () => {
  const load = jest.fn(() => ({ Agent: class {} }));
  jest.isolateModules(() => {
    jest.doMock("undici", load);
    require("../client");
    expect(load).not.toHaveBeenCalled();
    const { createDispatcher } = require("./connection") as typeof import("./connection");
    createDispatcher({ kind: "direct" });
    expect(load).toHaveBeenCalledTimes(1);
  });
});
