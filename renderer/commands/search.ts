/** Finding commands by what a person types. Pure. */

export interface Findable {
  title: string;
  category: string;
  enabled: boolean;
}

/** How well one word of the query fits: at the title's beginning best, then at a word's, then anywhere, then the category. */
function closeness(word: string, title: string, category: string): number {
  if (title.startsWith(word)) return 4;
  if (title.includes(` ${word}`)) return 3;
  if (title.includes(word)) return 2;
  return category.startsWith(word) ? 1 : 0;
}

/** Those in which every word fits somewhere, the best first; what can't be done now comes after what can. */
export function findCommands<T extends Findable>(commands: T[], query: string): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands;
  const scored: { command: T; score: number; place: number }[] = [];
  commands.forEach((command, place) => {
    const title = command.title.toLowerCase();
    const fits = words.map((word) => closeness(word, title, command.category.toLowerCase()));
    if (fits.includes(0)) return;
    const score = fits.reduce((sum, one) => sum + one, 0) + (command.enabled ? 100 : 0) - title.length / 1000;
    scored.push({ command, score, place });
  });
  return scored.sort((a, b) => b.score - a.score || a.place - b.place).map(({ command }) => command);
}
