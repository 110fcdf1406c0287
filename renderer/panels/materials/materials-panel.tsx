export function MaterialsPanel() {
  return <section className="panel" aria-label="materials" />;
}
