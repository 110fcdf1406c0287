/** What set-up found wanting, and how it says so: what is missing, what that costs, and what mends it. */

/** @typedef {{ missing: string, costs: string, mend?: string, fatal?: boolean }} Finding */

/** Wraps words to a width. */
function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

/** @param {Finding[]} findings */
export function report(findings) {
  if (findings.length === 0) return 'Artificer is set up. Nothing is missing.\n';
  const left = Math.max(...findings.map((finding) => finding.missing.length)) + 2;
  const rows = findings.flatMap(({ missing, costs }) =>
    wrap(costs, Math.max(40, 110 - left)).map((line, index) => `  ${(index === 0 ? missing : '').padEnd(left)}${line}`),
  );
  const mends = [...new Set(findings.flatMap(({ mend }) => mend ?? []))];
  const title = findings.some((finding) => finding.fatal)
    ? 'Artificer could not be set up:'
    : 'Artificer is set up. Missing on this machine, and what that costs:';
  return [title, ...rows, ...mends.map((mend) => `To mend it: ${mend}`), ''].join('\n');
}

/** Colours, and the frames that some tools draw around a line of source. */
const ORNAMENT = /\p{Cc}\[[0-9;]*m|[\u2500-\u257f]/gu;

/** What of a failed program's output says why, in one line: its first complaints, or else its last words. */
export function lastWords(output, lines = 3) {
  const said = output
    .replace(ORNAMENT, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '...' && !/^at .*\d\)?$/.test(line));
  // "Build failed with 3 errors" is no reason.
  const reasons = said.filter((line) => !/^(✗ )?(error during build|build failed)/i.test(line));
  const complaints = reasons.filter((line) => /\b(error|err!|failed|not found|cannot|could not|unable)\b/i.test(line));
  const chosen = complaints.length > 0 ? complaints.slice(0, lines) : reasons.slice(-lines);
  return chosen.join(' ').slice(0, 500);
}
