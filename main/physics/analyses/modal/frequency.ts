/** Hz of an eigenvalue, (rad/s)^2; rigid motions come out of rounding as 0. */
export const frequencyOf = (eigenvalue: number): number => Math.sqrt(Math.max(0, eigenvalue)) / (2 * Math.PI);
