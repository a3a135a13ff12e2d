import { UNKNOWN_MARKER } from "../../../compose";
import { ARTIFACTS_OF_DYNAMIC_HOST } from "../../schema/wire-forms";
import { fromPulumi, inputsOf, recordedOf, toPulumi } from "./translation";

const PULUMI = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const translated = (marker: string) => ({
  whole: marker,
  inside: `image: busybox:${marker}`,
  list: [1, marker, { [`a ${marker}`]: null, known: true }],
});

test("Pulumi's marker is replaced at every position, and put back", () => {
  const ours = fromPulumi(translated(PULUMI));
  expect(ours).toEqual(translated(UNKNOWN_MARKER));
  expect(toPulumi(ours)).toEqual(translated(PULUMI));
});

test.each([
  ["under a name of their own", { artifacts: { model: "/out" } }, { [ARTIFACTS_OF_DYNAMIC_HOST]: { model: "/out" } }],
  ["only if there are any", { fileName: "a" }, { fileName: "a" }],
])("artifacts are recorded %s, because the output of this name belongs to the run", (_name, given, recorded) => {
  expect(recordedOf(inputsOf(given), {})).toEqual(recorded);
  expect(inputsOf(recorded).values).toEqual(given);
});
