/** The first letter large: what the engine says within a sentence, at the beginning of one. */
export const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
