import type { ObjectOf } from "../../schema";
import { isMap, mapIn } from "../../schema";
import { asNumber, compact, field, firstOf } from "../json";
import type { ExecutionMetrics, ExecutionTiming } from "../port";
import { asTime, asWord } from "./run-fields";

/** The largest number of series or phases that is read. Answers in the API's documentation contain far fewer. */
const MOST_NAMES = 100;
/** The largest number of samples that is read of each series. */
const MOST_SAMPLES = 20_000;

/** The times in `GET /execution/{id}/timing`. Undefined if the answer is not an object. */
export function parseTiming(body: unknown): ExecutionTiming | undefined {
  const inner = field(body, "timing");
  const timing = isMap(inner) ? inner : body;
  if (!isMap(timing)) return undefined;
  const seconds = (key: string): number | undefined => asNumber(field(timing, key));
  const phases = entriesOf(field(timing, "phases")).map(([name, phase]): [string, ObjectOf<"ExecutionPhase">] => [
    name,
    compact<ObjectOf<"ExecutionPhase">>({
      startTime: firstOf(phase, ["start_time", "startTime"], asTime),
      endTime: firstOf(phase, ["end_time", "endTime"], asTime),
      duration: asNumber(field(phase, "duration")),
    }),
  ]);
  return compact<ExecutionTiming>({
    queued: seconds("queued"),
    launchingContainer: seconds("launchingContainer"),
    executingJob: seconds("executingJob"),
    shuttingDown: seconds("shuttingDown"),
    total: seconds("total"),
    phases: Object.fromEntries(phases),
  });
}

/** Reads the series of a run (`GET /execution/{id}/metrics`). Each list of samples in the answer becomes one series. */
export function parseMetrics(body: unknown): ExecutionMetrics | undefined {
  if (!isMap(body)) return undefined;
  const range = field(body, "timeRange");
  const series = entriesOf(body).flatMap(([name, value]): [string, readonly ObjectOf<"MetricSample">[]][] =>
    Array.isArray(value) ? [[name, value.slice(0, MOST_SAMPLES).flatMap(sampleIn)]] : [],
  );
  return compact<ExecutionMetrics>({
    hostname: asWord(field(body, "hostname")),
    start: asTime(field(range, "start")),
    end: asTime(field(range, "end")),
    series: Object.fromEntries(series),
  });
}

function sampleIn(entry: unknown): ObjectOf<"MetricSample">[] {
  const timestamp = asTime(field(entry, "timestamp"));
  if (timestamp === undefined) return [];
  return [compact<ObjectOf<"MetricSample">>({ timestamp, value: asNumber(field(entry, "value")) })];
}

/** Returns the own properties whose names can be shown to users and can be keys of an output. */
function entriesOf(value: unknown): readonly [string, unknown][] {
  const entries = Object.entries(mapIn(value)).filter(
    ([name]) => /^[A-Za-z_][\w.-]{0,99}$/.test(name) && name !== "__proto__",
  );
  return entries.slice(0, MOST_NAMES);
}
