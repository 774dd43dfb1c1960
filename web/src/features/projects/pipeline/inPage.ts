/** Popovers stand within the page, not beside it: a screen reader finds them in the main landmark. */
export const inPage = (node: HTMLElement): HTMLElement => node.closest<HTMLElement>('.pj-page') ?? document.body
