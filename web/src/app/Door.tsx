/** Lets those who are signed in through, and sends the others to the right page. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Navigate, useLocation } from 'react-router'
import { FeedProvider, keys, onSignedOut, Refused, useSession, useSetup } from '../shared/api'
import { Failed, Loading } from '../shared/ui'

export function Door({ children }: { children: React.ReactNode }) {
  const client = useQueryClient()
  const session = useSession()
  const setup = useSetup()
  const location = useLocation()
  useEffect(() => onSignedOut(() => void client.resetQueries({ queryKey: keys.session })), [client])
  if (session.isPending) return <Loading />
  if (session.data?.can.includes('read_projects')) return <FeedProvider>{children}</FeedProvider>
  // Administrators who see no projects have one room only.
  if (session.data) return location.pathname === '/admin' ? children : <Navigate to="/admin" replace />
  const status = session.error instanceof Refused ? session.error.status : 0
  if (status !== 401 && status !== 409) return <Failed error={session.error} onAgain={() => void session.refetch()} />
  if (setup.isPending) return <Loading />
  if (setup.data?.needed) return <Navigate to="/setup" replace />
  const back = location.pathname + location.search
  return <Navigate to={back === '/' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(back)}`} replace />
}
