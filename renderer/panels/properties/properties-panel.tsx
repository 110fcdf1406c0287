export function PropertiesPanel() {
  return <section className="panel" aria-label="properties" />;
}
