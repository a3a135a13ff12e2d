import { testScenario } from "../../harness/register";

testScenario(
  "every function answers a program, and what a run has printed stays secret",
  { folder: __dirname },
  async (scenario) => {
    scenario.plant("a printed password", "printed-canary/7f+&=<q>");
    await scenario.preview("what waits for the run is not known yet");
    await scenario.up("the functions are asked when the run has ended");
    await scenario.up("and again, with the same answers", {}, "--expect-no-changes");
    await scenario.destroy();
  },
);
