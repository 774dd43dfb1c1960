/** What administration reads and writes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, keys, type Org, type PackLine, type RoleKey, send, type User, type Verified } from '../../shared/api'

export interface UserDraft {
  name: string
  display: string
  role: RoleKey
  /** `null`: no limit of this kind. */
  divisions: string[] | null
  orgs: string[] | null
  password?: string | null
  active: boolean
}

export interface OrgDraft {
  name: string
  aliases: string[]
  kind: string
  division: string | null
  active: boolean
}

export const useUsers = () => useQuery({ queryKey: keys.users, queryFn: () => get<User[]>('/users') })
export const useOrgs = () => useQuery({ queryKey: keys.orgs, queryFn: () => get<Org[]>('/orgs') })
export const usePacks = () => useQuery({ queryKey: keys.packs, queryFn: () => get<PackLine[]>('/packs') })

/** A write after which some queries are read again. */
function useAct<A>(act: (asked: A) => Promise<unknown>, stale: readonly (readonly string[])[]) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

/** With `of`, changes that user at the version seen; without, adds one. */
export const useSaveUser = () =>
  useAct(({ of, draft }: { of: User | null; draft: UserDraft }) => (of ? send('PATCH', `/users/${of.id}`, { seq: of.seq, ...draft }) : send('POST', '/users', draft)), [keys.users])

export const useSaveOrg = () =>
  useAct(({ of, draft }: { of: Org | null; draft: OrgDraft }) => (of ? send('PATCH', `/orgs/${of.id}`, { seq: of.seq, ...draft }) : send('POST', '/orgs', draft)), [keys.orgs, keys.projects])

export const useResetPassword = () => useAct(({ id, password }: { id: string; password: string }) => send('POST', `/users/${id}/password`, { password }), [])

export const usePutInForce = () => useAct((name: string) => send('POST', `/packs/${name}/in-force`), [keys.packs, keys.pack, keys.overview, keys.projects])

export const useVerify = () => useMutation({ mutationFn: () => get<Verified>('/verify') })
