// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { MemoryRouter, useLocation } from 'react-router'
import { expect, test } from 'vitest'
import { pathWith, readScope, useScope, useUrlState, withParams } from './url'

const at = (path: string) => ({ children }: { children: React.ReactNode }) => <MemoryRouter initialEntries={[path]}>{children}</MemoryRouter>

test('setting one part leaves the others', () => {
  expect(withParams(new URLSearchParams('stage=ready&q=a'), { q: null, due: 'start_overdue' }).toString()).toBe('stage=ready&due=start_overdue')
})

test('state is the URL', () => {
  const { result } = renderHook(() => ({ state: useUrlState('tab'), where: useLocation() }), { wrapper: at('/admin?tab=orgs&x=1') })
  expect(result.current.state[0]).toBe('orgs')
  act(() => result.current.state[1]('packs'))
  expect(result.current.where.search).toBe('?tab=packs&x=1')
  act(() => result.current.state[1](null))
  expect(result.current.where.search).toBe('?x=1')
})

test('a scope survives only in sound form', () => {
  expect(readScope(new URLSearchParams('year=abc&as_of=yesterday&division='))).toEqual({ division: null, year: null, as_of: null, list: null })
  const scope = readScope(new URLSearchParams('year=2025&as_of=2025-06-30&list=city_key:2025'))
  expect(scope).toEqual({ division: null, year: 2025, as_of: '2025-06-30', list: 'city_key:2025' })
  expect(pathWith('/projects', { ...scope, year: null }, { stage: 'ready' })).toBe('/projects?as_of=2025-06-30&list=city_key%3A2025&stage=ready')
})

test('the scope is changed part by part', () => {
  const { result } = renderHook(() => ({ ...useScope(), where: useLocation() }), { wrapper: at('/?as_of=2026-03-31') })
  act(() => result.current.setScope({ division: '330499001' }))
  expect(result.current.where.search).toBe('?as_of=2026-03-31&division=330499001')
  act(() => result.current.setScope({ as_of: null }))
  expect(result.current.scope).toEqual({ division: '330499001', year: null, as_of: null, list: null })
})
