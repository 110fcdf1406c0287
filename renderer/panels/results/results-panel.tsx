export function ResultsPanel() {
  return <section className="panel" aria-label="results" />;
}
