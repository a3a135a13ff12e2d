import { tellCli } from "./register";

const run = ["compose", "run", "--machine", "cpu"];

tellCli(
  "the vendor's CLI runs, watches and aborts",
  { folder: __dirname, variant: "runs", engines: ["simulated", "docker"] },
  async (story) => {
    await story.logIn();
    const attached = await story.call("attached", 0, ...run, "success.yaml");
    // The address of the stream is the secret: it is opened by POST, without the key.
    const stream = attached.requests.find(({ path }) => path.startsWith("/api/v1/stream/"));
    expect([stream?.method, stream?.headers.authorization]).toEqual(["POST", undefined]);
    const done = await story.newest("completed");
    await story.call("its record", 0, "jobs", "status", done);
    await story.call("its stored output", 0, "jobs", "logs", done);
    await story.call("its output once more, as it came", 0, "compose", "logs", done);
    await story.call("an ended run cannot be aborted", 1, "jobs", "abort", done);

    await story.call("a run that fails", 1, ...run, "failure.yaml", "--file-name", "a label");
    await story.call("the failed run's record", 0, "jobs", "status", await story.newest("failed"));

    await story.call("detached", 0, ...run, "long.yaml", "--detach", "--timeout", "600", "--graceful-timeout", "5");
    const long = await story.newest("running");
    await story.call("the list shows what runs", 0, "jobs", "list");
    const following = await story.begin("whoever follows sees the end", 1, "compose", "logs", long);
    await following.printed("working");
    await story.call("abort", 0, "jobs", "abort", long);
    await following.ended();
    await story.call("the aborted run's record", 0, "jobs", "status", await story.newest("aborted"));

    const interrupted = await story.begin("^C aborts what runs attached", 1, ...run, "long.yaml", "--label", "one");
    await interrupted.printed("working");
    interrupted.interrupt();
    await interrupted.ended();
    await story.newest("aborted");
    await story.call("the list is empty", 0, "jobs", "list");
    await story.call("the history", 0, "jobs", "history");
  },
);
