test("loading the client does not load undici: most commands never talk to the service", () => {
  const load = jest.fn(() => ({ Agent: class {} }));
  jest.isolateModules(() => {
    jest.doMock("undici", load);
    require("../client");
    expect(load).not.toHaveBeenCalled();
    const { openDispatcher } = require("./connection") as typeof import("./connection");
    openDispatcher("https://api.example.test", {});
    expect(load).toHaveBeenCalledTimes(1);
  });
});
