/** Paper or blueprint: which is on, and the component library's theme made from the tokens. */
import { theme as antd, type ThemeConfig } from 'antd'
import { useEffect, useMemo, useSyncExternalStore } from 'react'

export type ThemeName = 'paper' | 'blueprint'
/** `system` follows the computer's setting. */
export type ThemeChoice = ThemeName | 'system'

const KEY = 'lantu.theme'
const listeners = new Set<() => void>()

function keptChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'paper' || kept === 'blueprint' ? kept : 'system'
  } catch {
    return 'system'
  }
}

let choice: ThemeChoice = keptChoice()

export function chooseTheme(next: ThemeChoice): void {
  choice = next
  try {
    if (next === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, next)
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
  listeners.forEach((l) => l())
}

const darkQuery = () => (typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null)

function subscribe(listener: () => void): () => void {
  const query = darkQuery()
  listeners.add(listener)
  query?.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    query?.removeEventListener('change', listener)
  }
}

const current = (): ThemeName => (choice === 'system' ? (darkQuery()?.matches ? 'blueprint' : 'paper') : choice)

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, () => choice)
export const useThemeName = (): ThemeName => useSyncExternalStore(subscribe, current)

/** Reads the tokens as the style sheet has them for a theme, so that no colour is written twice. */
function tokensOf(name: ThemeName): (token: string) => string {
  const probe = document.createElement('div')
  probe.dataset.theme = name
  document.body.append(probe)
  const style = getComputedStyle(probe)
  const read = new Map<string, string>()
  for (const token of READ) read.set(token, style.getPropertyValue(`--${token}`).trim())
  probe.remove()
  return (token) => read.get(token) ?? ''
}

const READ = ['ground', 'sheet', 'sunk', 'ink', 'ink-2', 'ink-3', 'line', 'line-2', 'blue', 'blue-2', 'blue-wash', 'red', 'red-wash', 'amber', 'amber-wash', 'green', 'green-wash', 'focus', 'shadow', 'font']

/** Whoever asked the computer for less motion gets none. */
const stillWanted = () => typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches

/** The one theme object of the component library. */
export function themeOf(name: ThemeName): ThemeConfig {
  const t = tokensOf(name)
  if (!t('blue')) return {}
  return {
    algorithm: name === 'blueprint' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      fontFamily: t('font'),
      fontSize: 13,
      fontWeightStrong: 600,
      borderRadius: 4,
      borderRadiusLG: 4,
      borderRadiusSM: 3,
      controlHeight: 32,
      controlHeightSM: 26,
      controlHeightLG: 40,
      colorPrimary: t('blue'),
      colorInfo: t('blue'),
      colorLink: t('blue'),
      colorLinkHover: t('blue-2'),
      colorPrimaryBg: t('blue-wash'),
      colorSuccess: t('green'),
      colorSuccessBg: t('green-wash'),
      colorWarning: t('amber'),
      colorWarningBg: t('amber-wash'),
      colorError: t('red'),
      colorErrorBg: t('red-wash'),
      colorText: t('ink'),
      colorTextSecondary: t('ink-2'),
      colorTextTertiary: t('ink-3'),
      colorTextDescription: t('ink-3'),
      colorTextPlaceholder: t('ink-3'),
      colorBgLayout: t('ground'),
      colorBgContainer: t('sheet'),
      colorBgElevated: t('sheet'),
      colorFillAlter: t('sunk'),
      colorBorder: t('line'),
      colorBorderSecondary: t('line-2'),
      colorSplit: t('line-2'),
      colorTextLightSolid: name === 'blueprint' ? t('ground') : t('sheet'),
      controlItemBgActive: t('blue-wash'),
      controlItemBgHover: t('sunk'),
      boxShadowSecondary: t('shadow'),
      motion: !stillWanted(),
      motionDurationFast: '0.08s',
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.12s',
    },
    components: {
      Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 8, headerBg: t('sheet'), headerColor: t('ink-3'), headerSplitColor: 'transparent', rowHoverBg: t('sunk'), rowSelectedBg: t('blue-wash') },
      Tabs: { horizontalItemPadding: '10px 0', horizontalItemGutter: 24 },
      Button: { fontWeight: 400, primaryShadow: 'none', defaultShadow: 'none' },
    },
  }
}

/** Keeps the document's theme in step with the choice, and gives the component library's theme. */
export function useTheme(): ThemeConfig {
  const name = useThemeName()
  useEffect(() => {
    document.documentElement.dataset.theme = name
  }, [name])
  return useMemo(() => themeOf(name), [name])
}
