import { testCliScenario } from "./register";

const run = ["compose", "run", "--machine", "cpu"];

testCliScenario(
  "the vendor's CLI runs, watches and aborts",
  { folder: __dirname, variant: "runs" },
  async (scenario) => {
    await scenario.logIn();
    const attached = await scenario.call("attached", 0, ...run, "success.yaml");
    // The URL of the stream is secret, and works with POST and without the key.
    const stream = attached.requests.find(({ path }) => path.startsWith("/api/v1/stream/"));
    expect([stream?.method, stream?.headers.authorization]).toEqual(["POST", undefined]);
    const done = await scenario.newest("completed");
    await scenario.call("its record", 0, "jobs", "status", done);
    await scenario.call("its stored output", 0, "jobs", "logs", done);
    await scenario.call("its output once more, as it came", 0, "compose", "logs", done);
    await scenario.call("an ended run cannot be aborted", 1, "jobs", "abort", done);

    await scenario.call("a run that fails", 1, ...run, "failure.yaml", "--file-name", "a label");
    await scenario.call("the failed run's record", 0, "jobs", "status", await scenario.newest("failed"));

    await scenario.call("detached", 0, ...run, "long.yaml", "--detach", "--timeout", "600", "--graceful-timeout", "5");
    const long = await scenario.newest("running");
    await scenario.call("the list shows what runs", 0, "jobs", "list");
    const following = await scenario.begin("whoever follows sees the end", 1, "compose", "logs", long);
    await following.printed("working");
    await scenario.call("abort", 0, "jobs", "abort", long);
    await following.ended();
    await scenario.call("the aborted run's record", 0, "jobs", "status", await scenario.newest("aborted"));

    const interrupted = await scenario.begin("^C aborts what runs attached", 1, ...run, "long.yaml", "--label", "one");
    await interrupted.printed("working");
    interrupted.interrupt();
    await interrupted.ended();
    await scenario.newest("aborted");
    await scenario.call("the list is empty", 0, "jobs", "list");
    await scenario.call("the history", 0, "jobs", "history");
  },
);
