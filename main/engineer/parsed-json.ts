/** What a text holds as JSON; null of what cannot be read, for a schema to say what is missing. */
export function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
