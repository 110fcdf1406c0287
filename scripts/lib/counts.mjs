/** What each suite says about itself, brought to three numbers. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

export const NONE = { passed: 0, failed: 0, skipped: 0 };

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** A check that either holds or does not. */
export const countOf = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** A suite that failed without a failing test (a file that does not load, a crash) still has failed, once. */
const admit = (counts, ok) => (ok || counts.failed > 0 ? counts : { ...counts, failed: 1 });

/** @param {object | null} report vitest's JSON report, or null when it wrote none */
export function countVitest(report, ok) {
  if (!report) return countOf(ok);
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return admit(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles,
      skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    },
    ok,
  );
}

/** @param {object | null} report Playwright's JSON report, or null when it wrote none */
export function countPlaywright(report, ok) {
  if (!report) return countOf(ok);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return admit({ passed: expected + flaky, failed: unexpected, skipped }, ok);
}

/** @param {object | null} report what `artificer verify physics --json` prints: each figure is one */
export function countVerification(report, ok) {
  if (!report?.rows) return countOf(ok);
  const failed = report.rows.filter((row) => !row.passed).length;
  return admit({ passed: report.rows.length - failed, failed, skipped: 0 }, ok);
}

/** The last line of a test run. Its form is fixed: others read it. */
export const summary = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
