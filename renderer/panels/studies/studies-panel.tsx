export function StudiesPanel() {
  return <section className="panel" aria-label="studies" />;
}
