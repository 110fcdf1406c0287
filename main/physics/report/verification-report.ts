/** The verification cases as a page: target, source, value, error, mesh, picture and time of each; made anew by every run. */
import type { VerificationReport, VerificationRow } from '../verification.ts';
import { figure, type Html, html, page, picture } from './html.ts';

const TYPE_HEADINGS: Record<string, string> = {
  static: 'Statics',
  modal: 'Vibration',
  harmonic: 'Harmonic response',
  buckling: 'Buckling',
  thermal: 'Steady heat',
  'transient-thermal': 'Transient heat',
  'thermal-stress': 'Thermal stress',
};

export function verificationHtml(report: VerificationReport): string {
  const failed = report.rows.filter((row) => !row.passed).length;
  const cases = new Set(report.rows.map((row) => row.case)).size;
  const verdict = report.passed
    ? `All ${report.rows.length} figures of ${cases} cases lie within their bands.`
    : `${failed} of ${report.rows.length} figures lie outside their bands.`;
  const types = Object.keys(TYPE_HEADINGS).filter((type) => report.rows.some((row) => row.type === type));
  return page(
    'Artificer verification',
    html`<h1>Verification of studies</h1>
<p class="lead ${report.passed ? 'good' : 'bad'}">${verdict}</p>
<p>${report.solver}; ${report.madeAt}; ${report.seconds.toFixed(0)} s in all. Second-order tetrahedra on the default accuracy
setting unless a case says otherwise; the error is signed and relative to the target. Patch tests are exact but for rounding.</p>
${types.map((type) => section(report, type))}`,
  );
}

function section(report: VerificationReport, type: string): Html {
  const rows = report.rows.filter((row) => row.type === type);
  return html`<h2>${TYPE_HEADINGS[type]}</h2>
<table>
<thead><tr><th>Case and source of its target</th><th>Quantity</th><th>Target</th><th>Got</th><th>Error</th><th>Band</th>
<th>Elements / DOF</th><th>Estimated error</th><th>Time</th><th>Verdict</th></tr></thead>
<tbody>${rows.map((row, index) => line(row, row.case !== rows[index - 1]?.case ? report : null))}</tbody>
</table>`;
}

/** @param report given for the first figure of a case, which has the case's picture and source */
function line(row: VerificationRow, report: VerificationReport | null): Html {
  const error = Math.abs(row.error_percent) < 1e-4 ? row.error_percent.toExponential(1) : row.error_percent.toFixed(3);
  const drawn = report?.pictures.get(row.case);
  return html`<tr>
<td>${row.name}${report && html`<small>${row.source}</small>`}${
    drawn && html`<figure>${picture(drawn.png, row.name)}<figcaption class="muted">${drawn.words}</figcaption></figure>`
  }</td>
<td>${row.quantity}</td>
<td>${figure(row.target, 5)} ${row.unit}</td>
<td>${row.failure ?? `${figure(row.got, 6)} ${row.unit}`}</td>
<td>${row.failure ? '—' : `${error} %`}</td>
<td>${row.band_percent} %</td>
<td>${row.elements} / ${row.dof}</td>
<td>${Number.isFinite(row.estimatedError_percent) ? `${figure(row.estimatedError_percent, 2)} %` : '—'}</td>
<td>${row.seconds.toFixed(1)} s</td>
<td class="${row.passed ? 'good' : 'bad'}">${row.passed ? 'holds' : 'FAILS'}</td>
</tr>`;
}
