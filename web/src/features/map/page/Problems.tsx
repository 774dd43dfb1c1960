/** What stands against it, all of it, each with its remedy. */
export function Problems({ title, lines, onClose, close }: { title: string; lines: readonly { title: string; remedy: string | null }[]; onClose?: () => void; close?: string }) {
  return (
    <div className="mp-problems" role="alert">
      <b>{title}</b>
      {onClose && (
        <button type="button" className="mp-link" onClick={onClose}>
          {close}
        </button>
      )}
      <ul>
        {lines.map((p) => (
          <li key={p.title}>
            {p.title}
            {p.remedy && <small>{p.remedy}</small>}
          </li>
        ))}
      </ul>
    </div>
  )
}
