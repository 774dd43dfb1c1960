/** Days as the page writes them: month and day within the year, with the year beyond. */
export const dayIn = (day: string | null | undefined, today: string): string => (!day ? '—' : day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day.slice(2))
