import { tellCli } from "./register";

const run = ["compose", "run", "--machine", "cpu"];

tellCli(
  "the vendor's CLI meets what goes wrong",
  { folder: __dirname, variant: "trouble", engines: ["simulated"] },
  async (story) => {
    await story.logIn();
    await story.call("a run that takes too long", 1, ...run, "long.yaml", "--timeout", "1");
    await story.call("its record", 0, "jobs", "status", await story.newest("timeout"));

    story.work.write("broken.yaml", "services:\n  app: [\n");
    await story.call("a text that is no YAML", 1, ...run, "broken.yaml");
    await story.call("a timeout beyond the limit", 1, ...run, "success.yaml", "--timeout", "9999");
    await story.call("a machine that there is not", 1, "compose", "run", "success.yaml", "--machine", "gpu.t4");
    await story.call("a name that no machine can have", 1, "compose", "run", "success.yaml", "--machine", "a-100");
    await story.call("a file that there is not", 2, ...run, "missing.yaml");

    const unknown = "00000000-0000-0000-0000-000000000000";
    await story.call("the record of an unknown run", 1, "jobs", "status", unknown);
    await story.call("the stored output of an unknown run", 1, "jobs", "logs", unknown);
    await story.call("the output of an unknown run", 1, "compose", "logs", unknown);
    await story.call("abort an unknown run", 1, "jobs", "abort", unknown);
    await story.call("the metrics of an unknown run", 1, "jobs", "metrics", unknown);
    await story.call("the metrics of a run: none were measured", 0, "jobs", "metrics", await story.newest("failed"));
    await story.call("what the emulator refuses: other products", 1, "vm", "list");
  },
);

tellCli(
  "the vendor's CLI loses the stream",
  { folder: __dirname, variant: "cut", engines: ["simulated"] },
  async (story) => {
    await story.logIn();
    const cut = { kind: "cut-stream", lines: 1 };
    await story.control.fault({ operation: "stream", fault: { ...cut, how: "end" } });
    const ended = await story.begin("the stream stops without an end: it asks for the status", 0, ...run, "long.yaml");
    const first = await story.newest("running");
    await story.asked(`/execution/streaming/${first}/status`);
    await story.control.end(first, { status: "completed", returnCode: 0 });
    await ended.ended();

    await story.control.fault({ operation: "stream", fault: { ...cut, how: "reset" } });
    const broken = await story.begin("the connection breaks, and the run fails later", 1, ...run, "long.yaml");
    const second = await story.newest("running");
    await story.asked(`/execution/streaming/${second}/status`);
    await story.control.end(second, { status: "failed", returnCode: 7 });
    await broken.ended();

    await story.control.fault({ operation: "stream", fault: { ...cut, how: "end" } });
    await story.control.fault({ operation: "getStreamingStatus", fault: { kind: "status", status: 503 }, times: 2 });
    const aborted = await story.begin("an abort is an end that its polling does not know", 1, ...run, "long.yaml");
    const third = await story.newest("running");
    await story.asked(`/execution/streaming/${third}/status`);
    await story.control.end(third, { status: "aborted", returnCode: 143 });
    await aborted.ended();
  },
);
