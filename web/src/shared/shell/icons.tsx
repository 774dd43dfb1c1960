/** The rail's signs, drawn on 20 squares with a line of one and a half. */
const icon = (path: React.ReactNode) =>
  function Icon() {
    return (
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5">
        {path}
      </svg>
    )
  }

export const OverviewIcon = icon(<path d="M2.5 4.5h9M2.5 10h6M2.5 15.5h12M14.5 2v5M12 7.5v5M17.5 13v5" />)
export const ProjectsIcon = icon(<path d="M2.5 3.5h15v13h-15zM2.5 7.8h15M2.5 12.1h15M7.5 3.5v13" />)
export const WorkIcon = icon(<path d="M2.5 4.5l1.5 1.5 2.5-3M2.5 10l1.5 1.5 2.5-3M2.5 15.5l1.5 1.5 2.5-3M9.5 4.5h8M9.5 10h8M9.5 15.5h8" />)
export const ImportIcon = icon(<path d="M10 2.5v9.5M6 8.5l4 4 4-4M2.5 13v4h15v-4" />)
export const AdminIcon = icon(
  <>
    <path d="M2.5 6h8.5M15.5 6h2M2.5 14h2M9 14h8.5" />
    <circle cx="13.2" cy="6" r="2.2" />
    <circle cx="6.8" cy="14" r="2.2" />
  </>,
)
export const PersonIcon = icon(
  <>
    <circle cx="10" cy="6.5" r="3.5" />
    <path d="M3 17.5c.6-3.6 3.4-5 7-5s6.4 1.4 7 5" />
  </>,
)
export const SearchIcon = icon(
  <>
    <circle cx="8.5" cy="8.5" r="5.5" />
    <path d="m12.7 12.7 4.8 4.8" />
  </>,
)

/** The mark: a corner of a drawing and its point. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="4" fill="var(--blue)" />
      <path d="M8.5 6v17H17" fill="none" stroke="var(--sheet)" strokeWidth="3.4" />
      <path d="M21.4 16.6l6.4 6.4-6.4 6.4-6.4-6.4z" fill="var(--sheet)" />
    </svg>
  )
}
