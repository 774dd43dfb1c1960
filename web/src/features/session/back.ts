/** Where one wanted to go before the door: only back into the app, an address from elsewhere is not followed. */
export const safeBack = (back: string | null): string => (back && /^\/(?![/\\])/.test(back) ? back : '/')
