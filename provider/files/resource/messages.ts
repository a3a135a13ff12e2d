import { printable } from "../../display/printable";
import { sizeText } from "../../display/sizes";

/** The largest number of names in a message. */
const MOST_NAMES = 5;

/** A number with a noun, such as `1 file` and `2 files`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The first names of a list as text, and the number of further names. */
export function namesOf(names: readonly string[], most = MOST_NAMES): string {
  const shown = names.slice(0, most).map(printable).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** The changes that an update would make in the bucket. */
export interface PlannedChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** The number of files that are sent again only because the prefix has changed. */
  readonly moved: number;
  /** The size of the files that are sent. */
  readonly bytes: number;
}

/** A line of text that names the files that would be sent and removed. */
export function plannedText({ added, changed, removed, moved, bytes }: PlannedChange): string {
  const sent = added.length + changed.length + moved;
  const parts = [
    sent === 0 ? "nothing to send" : `${countOf(sent, "file")} to send, ${sizeText(bytes)}`,
    ...(added.length === 0 ? [] : [`${added.length} added (${namesOf(added)})`]),
    ...(changed.length === 0 ? [] : [`${changed.length} changed (${namesOf(changed)})`]),
    ...(moved === 0 ? [] : [`${moved} to another prefix`]),
    ...(removed.length === 0 ? [] : [`${removed.length} to remove (${namesOf(removed)})`]),
  ];
  return parts.join("; ");
}

/** A warning that explains why files stay in the bucket. */
export function leftText(keys: readonly string[]): string {
  const are = keys.length === 1 ? "stays" : "stay";
  return `${countOf(keys.length, "file")} ${are} in the bucket, because somebody else has stored or changed ${keys.length === 1 ? "it" : "them"}: ${namesOf(keys)}.`;
}

/** A message about files that another writer has stored and this resource uses. */
export function sharedText(keys: readonly string[]): string {
  const [were, them] = keys.length === 1 ? ["was", "it"] : ["were", "them"];
  return `${countOf(keys.length, "file")} ${were} in the bucket already with the same content. This resource did not put ${them} there, so it never removes ${them}: ${namesOf(keys)}.`;
}

/** A message about files that another writer has changed or removed, and that are stored again. */
export function repairedText(keys: readonly string[]): string {
  const [were, are] = keys.length === 1 ? ["was", "is"] : ["were", "are"];
  return `${countOf(keys.length, "file")} in the bucket ${were} changed or removed by somebody else, and ${are} stored again: ${namesOf(keys)}.`;
}

/** A warning about files that a killed command or a renamed resource has left. */
export function unrecordedText(keys: readonly string[]): string {
  return `${countOf(keys.length, "file")} of an earlier resource of this name, which no state records, ${keys.length === 1 ? "stays" : "stay"} in the bucket: ${namesOf(keys)}.`;
}
