import { testScenario } from "../../harness/register";

testScenario(
  "every function answers a program, and the output of a run stays secret",
  { folder: __dirname },
  async (scenario) => {
    scenario.plant("a printed password", "printed-canary/7f+&=<q>");
    await scenario.preview("what waits for the run is not known yet");
    await scenario.up("the functions are asked when the run has ended");
    await scenario.up("the functions give the same answers, and the update changes nothing", {}, "--expect-no-changes");
    await scenario.destroy();
  },
);
