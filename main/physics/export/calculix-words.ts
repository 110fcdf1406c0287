/** How CalculiX decks spell numbers and names. */

/** CalculiX reads 20 characters a number. */
export const real = (value: number): string => (value === 0 ? '0.' : value.toExponential(13));

/** Names a set: letters, digits, underscores, at most 60 characters, unique by its number. */
export const setName = (prefix: string, index: number): string => `${prefix}${index + 1}`;

export const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 80) || 'Artificer';
