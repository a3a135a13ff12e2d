import { UNKNOWN_MARKER } from "../../../compose";
import { fromPulumi, toPulumi } from "./translation";

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
