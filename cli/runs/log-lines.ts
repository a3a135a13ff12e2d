import { printable } from "../../provider/display/printable";
import type { LogLine } from "../../provider/lyceum/port";
import type { Surface } from "../command";

/** Colors of services, in their order: the bright ones are for the next six. */
const COLORS = [36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91] as const;

/** How lines are printed. */
export interface LineStyle {
  readonly timestamps: boolean;
  /** `NAME  | ` in front of a line whose service is known. */
  readonly prefix: boolean;
}

/**
 * Prints lines as `docker compose logs` does, the service in front, each in a color of its own. On a terminal nothing that it would act
 * on is left in a line; elsewhere a line is as the program wrote it.
 */
export function linePrinter(
  { columns, color }: Pick<Surface, "columns" | "color">,
  { timestamps, prefix }: LineStyle,
): (lines: readonly LogLine[]) => string {
  const colors = new Map<string, number>();
  let width = 0;
  const shown = (text: string): string => (columns === undefined ? text : printable(text));

  function label(service: string | undefined): string {
    if (service === undefined || !prefix) return "";
    if (!colors.has(service)) colors.set(service, COLORS[colors.size % COLORS.length] ?? COLORS[0]);
    const text = `${shown(service).padEnd(width)}  | `;
    return color ? `\u001b[${colors.get(service)}m${text}\u001b[0m` : text;
  }

  return (lines) => {
    width = Math.max(width, ...lines.map(({ service }) => service?.length ?? 0));
    return lines
      .map(({ service, timestamp, message }) => {
        const time = timestamps && timestamp !== undefined ? `${shown(timestamp)} ` : "";
        return `${label(service)}${time}${shown(message)}`;
      })
      .join("\n");
  };
}
