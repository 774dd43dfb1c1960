/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Fonts come as woff2 and as woff for browsers that no longer matter; only the first is shipped. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('@fontsource') || !id.endsWith('.css')) return null
    return { code: code.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ''), map: null }
  },
}

const vendor = (id: string): string | null => {
  if (!id.includes('node_modules')) return null
  if (/[\\/](react|react-dom|react-router|scheduler|@tanstack)[\\/]/.test(id)) return 'react'
  return null
}

export default defineConfig({
  plugins: [woff2Only, react()],
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: { output: { advancedChunks: { groups: [{ name: (id: string) => vendor(id) }] } } },
  },
  server: { proxy: { '/api': { target: process.env.LANTU_API ?? 'http://127.0.0.1:8600' } } },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
})
