import { printable } from "../../../provider/display/printable";
import type { LogLine } from "../../../provider/lyceum/port";
import type { Surface } from "../../command";

/**
 * Colors of Compose services, in the order in which services get them. The bright colors are for services seven to
 * twelve.
 */
const COLORS = [36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91] as const;

/** How lines are printed. */
export interface LineStyle {
  readonly timestamps: boolean;
  /** Whether lines begin with the names of their Compose services, as far as these are known. */
  readonly prefix: boolean;
  /** Whether lines are printed unchanged, although a terminal or a pipeline may interpret them. */
  readonly raw: boolean;
}

/**
 * Prints lines as `docker compose logs` does: each line begins with its service, and each service has a color. If `raw`
 * is false, replaces everything that a terminal or a pipeline would interpret.
 */
export function linePrinter(
  { color }: Pick<Surface, "color">,
  { timestamps, prefix, raw }: LineStyle,
): (lines: readonly LogLine[]) => string {
  const colors = new Map<string, number>();
  let width = 0;
  const shown = (text: string): string => (raw ? text : printable(text));

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
