// A link that looks like a button and stays within the app.
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { Button } from 'antd'

export function LinkButton({ to, primary = false, children }: { to: string; primary?: boolean; children: ReactNode }) {
  const navigate = useNavigate()
  return (
    <Button
      href={to}
      type={primary ? 'primary' : 'default'}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        navigate(to)
      }}
    >
      {children}
    </Button>
  )
}
