/** A message as a sentence: it begins with a capital letter, unless with a name such as `services.web`, and ends. */
export function sentence(text: string): string {
  const start = text.replace(/^[a-z]+(?=\s)/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.?!]$/.test(start) ? start : `${start}.`;
}
